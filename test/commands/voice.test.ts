import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { voiceOf } from '../../src/commands/unattended/voice.ts';
import { more, test } from '../more.ts';
import { answered, bench } from './bench.ts';

/** What of a line differs from run to run: ids, times, and what is made of them. */
const stable = (out: string): readonly string[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { type, step, question, change = '' } = JSON.parse(line) as Record<string, unknown>;
      return JSON.stringify({ type, step, question, change: String(change).split(':')[0] });
    });

test('with --json the events are JSON lines on standard output, and the lines go to standard error', async () => {
  const at = await bench('fresh');
  const { answers, flags } = await answered(at);
  const { out, err, code } = await at.run(answers, [...flags, '--json']);
  expect(code, err).toBe(0);
  const lines = out.trimEnd().split('\n');
  const events = lines.map((line) => JSON.parse(line) as { type: string; seq?: number });
  expect(events.slice(0, -1).map(({ seq }) => seq)).toEqual(lines.slice(0, -1).map((_, n) => n + 1));
  expect(events.at(-1)).toMatchObject({ type: 'result', code: 0, says: expect.arrayContaining([]) });
  expect(err).toContain('every step is done, and checked once more');
  const log = await at.cli(['audit', 'export', '--format', 'jsonl']);
  // The journal's own lines, which are chained besides.
  const unchained = log.out
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { prev: _, hash: __, ...event } = JSON.parse(line);
      return event;
    });
  expect(unchained.map(({ at: _, ...event }) => event)).toEqual(
    lines.slice(0, -1).map((line) => {
      const { at: _, ...event } = JSON.parse(line);
      return event;
    }),
  );
});

// That two runs in one organization are alike to the byte is tried below.
more('with --json two runs in two organizations are the same lines, but for ids and times', async () => {
  const told = async (): Promise<readonly string[]> => {
    const at = await bench('fresh');
    const { answers, flags } = await answered(at);
    return stable((await at.run(answers, [...flags, '--json'])).out);
  };
  expect(await told()).toEqual(await told());
});

/** Without ids and times, and without the fingerprints of texts that hold them. */
const withoutIdsAndTimes = (text: string): string =>
  text
    .replace(/\b[0-9A-HJKMNP-TV-Z]{26}\b/g, 'ULID')
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'UUID')
    .replace(/\b[0-9a-f]{64}\b/g, 'SHA-256')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/"(at|seen|since)":\d{13}/g, '"$1":0')
    .replace(/"clock":-?\d+/g, '"clock":0')
    .replace(/\d\d? \w{3} \d{4} \d\d:\d\d UTC/g, 'TIME')
    .replace(/--run [0-9A-Z]{8}\b/g, '--run ID');

test('without a terminal, in the same organization, two runs are the same JSON to the byte, but for ids and times', async () => {
  const rehearsed = async (): Promise<string> => {
    const at = await bench('fresh');
    const { answers } = await answered(at);
    const [, , file = ''] = await at.arguments({ ...answers, ...accounts }, []);
    const ended = await at.cli(
      ['run', '--answers', file, '--yes', '--confirm', 'Shared Services', '--simulate', '--json'],
      { CW_RUNBOOK_DEMO_SEED: 'stable', TERM: undefined },
    );
    expect(ended.code, ended.err).toBe(0);
    return withoutIdsAndTimes(ended.out);
  };
  const accounts = {
    'delegated-account.account': 'Shared Services',
    'assign-administrator.target': 'Workloads Dev',
    'administrator-user.user': 'li.juan',
  };
  const first = await rehearsed();
  expect(await rehearsed()).toBe(first);
  expect(first.length).toBeGreaterThan(20_000);
});

test('a stop is the last line of JSON, with its exit code and what would let it go on', async () => {
  const at = await bench('fresh');
  const { out, err, code } = await at.run({}, ['--json']);
  expect(code).toBe(4);
  const last = JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as {
    code: number;
    says: readonly string[];
  };
  expect(last).toMatchObject({ type: 'result', code: 4 });
  expect(last.says.join(' ')).toContain('delegated-account.account');
  expect(err).toContain('delegated-account.account');
});

test('in GitHub Actions stops and warnings are annotations, and the card is in the step summary', async () => {
  const at = await bench('fresh');
  const { answers, flags } = await answered(at);
  const summary = join(at.home, 'summary.md');
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
  const args = await at.arguments(answers, flags);
  const stopped = await at.cli(
    args.filter((word) => word !== '--confirm' && !flags.includes(word)),
    env,
  );
  expect(stopped.code).toBe(4);
  expect(stopped.err).toMatch(/^::error title=cw-runbook::.*--confirm/m);
  expect(await readFile(summary, 'utf8').catch(() => 'none')).toBe('none');
  const ended = await at.cli(args, env);
  expect(ended.code, ended.err).toBe(0);
  const text = await readFile(summary, 'utf8');
  expect(text).toMatch(/^\*\*.*4 changes/);
  expect(text).toContain('administers IAM Identity Center');
});

test('outside of it there are none', async () => {
  const at = await bench('fresh');
  const { err } = await at.run({});
  expect(err).not.toContain('::error');
});

test('a name at AWS is no command to the runner of GitHub Actions', () => {
  const written: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  try {
    const voice = voiceOf({ json: false, env: { GITHUB_ACTIONS: 'true' }, spelled: (text) => text });
    voice.say('  ::add-mask::Ann');
    voice.say('Ann ##[add-mask]Ann');
  } finally {
    write.mockRestore();
  }
  for (const line of written) expect(line).not.toMatch(/^\s*::|##\[/);
  expect(written.join('')).toContain('add-mask');
});
