import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createJournal } from '../../src/journal/journal.ts';
import { listRuns } from '../../src/journal/runs.ts';
import { freshHome, header } from './sample.ts';

async function withRuns(...ids: readonly string[]): Promise<string> {
  const home = await freshHome();
  for (const run of ids) await (await createJournal(join(home, 'runs', run), { ...header, run })).close();
  return home;
}
const idsIn = async (home: string): Promise<readonly string[]> =>
  (await listRuns(home)).map((one) => one.header.run);

test('runs are found by what is on disk, the oldest first', async () => {
  expect(await idsIn(await withRuns())).toEqual([]);
  const home = await withRuns('01C', '01A', '01B');
  expect(await idsIn(home)).toEqual(['01A', '01B', '01C']);
  await rm(join(home, 'runs', '01B'), { recursive: true });
  expect(await idsIn(home)).toEqual(['01A', '01C']);
});

test('what a kill left before the first line was written, and what else lies there, is no run', async () => {
  const home = await withRuns('01A');
  await mkdir(join(home, 'runs', '01B'));
  await writeFile(join(home, 'runs', '01B', 'journal.jsonl.new'), '{"jour');
  await writeFile(join(home, 'runs', '.DS_Store'), 'x');
  expect(await idsIn(home)).toEqual(['01A']);
});

test('a run that is being begun after such a kill has nothing of it', async () => {
  const home = await withRuns();
  await mkdir(join(home, 'runs', '01B'), { recursive: true });
  await writeFile(join(home, 'runs', '01B', 'journal.jsonl.new'), 'x'.repeat(5_000));
  await (await createJournal(join(home, 'runs', '01B'), { ...header, run: '01B' })).close();
  expect(await idsIn(home)).toEqual(['01B']);
});

test.each([
  ['emptied', (file: string) => truncate(file, 0)],
  ['cut in its first line', (file: string) => truncate(file, 40)],
  ['overwritten', (file: string) => writeFile(file, 'hello\n')],
  ['overwritten without an end', (file: string) => writeFile(file, 'x'.repeat(100_000))],
  [
    'scratched in its first line',
    async (file: string) => writeFile(file, (await readFile(file, 'utf8')).replace('{', '[')),
  ],
])('a journal that was %s is not passed over: it could be the run to go on with', async (_, harm) => {
  const home = await withRuns('01A', '01B');
  const file = join(home, 'runs', '01B', 'journal.jsonl');
  await harm(file);
  await expect(listRuns(home)).rejects.toMatchObject({
    kind: 'damaged',
    message: expect.stringMatching(`${file} is damaged at line 1`),
  });
});
