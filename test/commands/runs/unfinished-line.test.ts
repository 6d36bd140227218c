import { appendFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readRun, unfinishedIn } from '../../../src/commands/runs/unfinished-line.ts';
import { openJournal } from '../../../src/journal/journal.ts';
import { filled } from '../../journal/sample.ts';

test('an unfinished last line is told of only where nobody is writing it', async () => {
  const { folder, file } = await filled(3);
  const journal = await openJournal(folder);
  await appendFile(file, '{"seq":4,');
  // Whoever has the run may be in the middle of it.
  const held = await readRun(folder);
  expect(held.torn).toBe(9);
  expect(held.unfinished).toBeUndefined();
  await journal.close();
  expect((await readRun(folder)).unfinished).toMatch(/last line is unfinished \(9 bytes\)/);
  expect(await unfinishedIn(folder, 0), 'there is none').toBeUndefined();
});
