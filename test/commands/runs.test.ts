import { readFileSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allRuns, folderOf, takeUpRun } from '../../src/commands/runs/runs.ts';
import { newJournal, parse } from '../../src/journal/format.ts';
import { createJournal, type Header } from '../../src/journal/journal.ts';
import { applyEvent, emptyRun } from '../../src/model/run.ts';
import { codewhisperer } from '../../steps/index.ts';

const place = { endpoint: 'aws', simulated: false };
const header: Header = {
  journal: 1,
  run: '01KBEGUN000000000000000000',
  program: 'cw-runbook/test',
  ...place,
  started: '2026-11-23T00:00:00.000Z',
};

test.each([
  ['right after its first line', ''],
  ['half way through the second one', '{"seq":1,"prev":"'],
])('a run that was killed %s still has its name', async (_, torn) => {
  const home = await mkdtemp(join(tmpdir(), 'cw-runs-'));
  const begun = await createJournal(folderOf(home, header.run), header);
  await begun.close();
  await appendFile(begun.file, torn);
  for (const times of [1, 2]) {
    const journal = await takeUpRun({ runbook: codewhisperer, home, place });
    const events = journal.events();
    await journal.close();
    expect(journal.header.run).toBe(header.run);
    expect(events.reduce(applyEvent, emptyRun)).toMatchObject({ id: header.run, ...place });
    expect(events.filter(({ type }) => type === 'opened')).toHaveLength(times);
    expect(events.filter(({ type }) => type === 'started')).toHaveLength(1);
  }
});

test('a run is finished, however much was looked at since: a long journal is read in pieces', async () => {
  const from = join(import.meta.dirname, '../compat/0.1.0/runs/finished/journal.jsonl');
  const { header, events } = parse(readFileSync(from), from);
  const later = Array.from({ length: 6_000 }, (_, n) => ({
    ...{ type: 'opened', at: (events.at(-1)?.at ?? 0) + n, by: 'ann', program: 'cw-runbook/test' },
  })) as typeof events;
  const { bytes } = newJournal(header, [...events, ...later]);
  expect(bytes.length).toBeGreaterThan(1024 * 1024);
  const home = await mkdtemp(join(tmpdir(), 'cw-runs-'));
  await mkdir(folderOf(home, header.run), { recursive: true, mode: 0o700 });
  await writeFile(join(folderOf(home, header.run), 'journal.jsonl'), bytes, { mode: 0o600 });
  expect(await allRuns(home, codewhisperer)).toMatchObject([{ finished: true }]);
});
