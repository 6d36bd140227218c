import { appendFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf, takeUpRun } from '../../src/commands/runs/runs.ts';
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
