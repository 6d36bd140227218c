import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { folderOf } from '../../src/commands/runs/runs.ts';
import { createJournal, type Header } from '../../src/journal/journal.ts';
import { moveToRemoved } from '../../src/journal/remove.ts';
import type { News } from '../../src/model/event.ts';
import { here } from '../here.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cw-population-'));
});
const cli = (...args: readonly string[]) => here(args, { ...process.env, CW_RUNBOOK_HOME: home });

/** A run of a day in November, with what happened in it at noon. */
async function begun(run: string, day: number, events: readonly News[] = [], more: Partial<Header> = {}) {
  const noon = Date.UTC(2026, 10, day, 12);
  const header: Header = {
    ...{ journal: 4, run, program: 'cw-runbook/test', simulated: false, endpoint: 'aws' },
    started: new Date(noon).toISOString(),
    ...more,
  };
  const folder = folderOf(home, run);
  const journal = await createJournal(folder, header, () => noon);
  await journal.append({ type: 'started', run, simulated: header.simulated, endpoint: header.endpoint });
  await journal.append({ type: 'opened', by: 'ann@laptop', program: 'cw-runbook/test' });
  for (const news of events) await journal.append(news);
  await journal.close();
  return { folder, file: journal.file };
}
interface Row {
  readonly id: string;
  readonly [member: string]: unknown;
}
async function listed(...flags: readonly string[]): Promise<readonly Row[]> {
  const { out, err, code } = await cli('audit', 'list', '--json', ...flags);
  expect(code, err).toBe(0);
  return JSON.parse(out).runs;
}
const idsOf = (rows: readonly Row[]): readonly string[] => rows.map(({ id }) => id);

test('every run is in it: one that ended early, a demo, one that is damaged, one that was removed, one that is gone', async () => {
  await begun('01AAAA', 3);
  await begun('01BBBB', 4, [], { simulated: true, scenario: 'fresh', endpoint: 'demo:1' });
  const damaged = await begun('01CCCC', 5);
  await writeFile(damaged.file, (await readFile(damaged.file, 'utf8')).replace('ann@laptop', 'eve@laptop'));
  const headless = await begun('01DDDD', 6);
  await writeFile(headless.file, '# nothing\n');
  await moveToRemoved(home, (await begun('01EEEE', 7)).folder, Date.UTC(2026, 10, 20));
  const place = { endpoint: 'aws', simulated: false, opened: '2026-11-08T00:00:00.000Z' };
  const runs = ['01AAAA', '01FFFF'].map((id) => ({ id, ...place }));
  await writeFile(join(home, 'settings.json'), JSON.stringify({ runs }));

  const rows = await listed();
  expect(rows.map(({ id, kept, state }) => [id, kept, state])).toEqual([
    ['01FFFF', 'gone', 'gone'],
    ['01EEEE', 'removed', 'unfinished'],
    ['01CCCC', 'here', 'unreadable'],
    ['01BBBB', 'here', 'unfinished'],
    ['01AAAA', 'here', 'unfinished'],
    ['01DDDD', 'here', 'unreadable'],
  ]);
  expect(rows.find(({ id }) => id === '01AAAA')).toMatchObject({
    ...{ records: 2, closed: false, sent: 0, changes: 0, operators: ['ann@laptop'] },
    head: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  const { out } = await cli('audit', 'list');
  for (const { short } of rows) expect(out).toContain(String(short));
  expect(out).toContain('cannot be read');
  expect(out).toContain('6 runs.');
});

test('a period takes what was begun or went on in it, and what nobody can date', async () => {
  await begun('01AAAA', 3);
  await begun('01BBBB', 5);
  const headless = await begun('01CCCC', 9);
  await writeFile(headless.file, '# nothing\n');
  expect(idsOf(await listed('--from', '2026-11-04'))).toEqual(['01BBBB', '01CCCC']);
  expect(idsOf(await listed('--to', '2026-11-03'))).toEqual(['01AAAA', '01CCCC']);
  expect(idsOf(await listed('--from', '2026-11-03', '--to', '2026-11-05'))).toHaveLength(3);
  expect(idsOf(await listed('--from', '2026-11-03T12:00:01Z', '--to', '2026-11-05T12:00:00Z'))).toEqual([
    '01BBBB',
    '01CCCC',
  ]);
});

test.each([['2026-02-30'], ['yesterday'], ['2026-11-30T08:00'], ['20261130']])(
  '%s is no day',
  async (text) => {
    expect(await cli('audit', 'list', '--from', text)).toMatchObject({ code: 64, out: '' });
  },
);
test('a period that ends before it begins is refused', async () => {
  expect(await cli('audit', 'list', '--from', '2026-11-02', '--to', '2026-11-01')).toMatchObject({
    code: 64,
  });
});

test('under what it was done, and whether somebody approved it themselves', async () => {
  const by = 'ann@laptop';
  await begun('01AAAA', 3, [{ type: 'authorized', by, ticket: 'CHG1', approvedBy: 'ben' }]);
  await begun('01BBBB', 4, [{ type: 'authorized', by, ticket: 'CHG2', approvedBy: 'ann' }]);
  const [second, first] = await listed();
  expect(first).toMatchObject({ ticket: 'CHG1', approvedBy: 'ben', selfApproved: false });
  expect(second).toMatchObject({ ticket: 'CHG2', approvedBy: 'ann', selfApproved: true });
  expect((await cli('audit', 'list')).out).toMatch(/CHG2 +ann \(self\)/);
});

test('that somebody else’s credentials were accepted in the middle of it', async () => {
  const arn = (name: string) => `arn:aws:iam::111111111111:user/${name}`;
  const source = { kind: 'profile', name: 'p' } as const;
  const [type, account, actor] = ['identified', '111111111111', 'management'] as const;
  await begun('01AAAA', 3, [{ type, actor, account, arn: arn('ann'), source }]);
  await begun('01BBBB', 4, [
    { type, actor, account, arn: arn('ann'), source },
    { type, actor, account, arn: arn('ben'), source, replaces: { account, arn: arn('ann') } },
  ]);
  const [second, first] = await listed();
  expect([second?.switched, first?.switched]).toEqual([1, undefined]);
  expect((await cli('audit', 'list')).out.match(/ann@laptop \(identity switched\)/g)).toHaveLength(1);
});

test('where there is none, that is said', async () => {
  await rm(home, { recursive: true });
  expect(await listed()).toEqual([]);
  expect((await cli('audit', 'list')).out).toContain('No runs');
});
