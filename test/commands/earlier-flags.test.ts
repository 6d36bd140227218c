import { expect, test } from 'vitest';
import { command } from '../../src/cli.ts';
import { withFlagsOfToday } from '../../src/commands/process/earlier-flags.ts';

test('earlier names of flags count, with a value beside them or behind “=”, and never behind --', () => {
  expect(withFlagsOfToday(['run', '--poll', '5', '--patience=7', '--pace', '1', '--take-back', 'x'])).toEqual(
    ['run', '--poll-interval', '5', '--change-timeout=7', '--rate-limit', '1', '--reclaim', 'x'],
  );
  expect(withFlagsOfToday(['--poll-interval', '--polling', '--constructor', '--', '--poll'])).toEqual([
    '--poll-interval',
    '--polling',
    '--constructor',
    '--',
    '--poll',
  ]);
});

test('they are checked as those of today are, and help does not list them', async () => {
  const written: string[] = [];
  const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }));
  for (const { stream } of streams) stream.write = ((text: string) => written.push(text) > 0) as never;
  try {
    expect(await command(['run', '--answers', 'f.json', '--poll', 'soon'], process.env)).toBe(64);
    expect(await command(['run', '--help'], process.env)).toBe(0);
  } finally {
    for (const { stream, write } of streams) stream.write = write;
  }
  const said = written.join('');
  expect(said).toContain('--poll-interval cannot be “soon”.');
  expect(said).toContain('--change-timeout <ms>');
  expect(said).not.toMatch(/--(poll|patience|pace|take-back)\b(?!-)/);
});
