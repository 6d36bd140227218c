import { appendFile, chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseRun } from '../../src/commands/runs/choose-run.ts';
import { folderOf } from '../../src/commands/runs/runs.ts';
import { createJournal, type Header } from '../../src/journal/journal.ts';
import type { ReadyCall } from '../../src/model/call.ts';
import type { News } from '../../src/model/event.ts';
import { codewhisperer } from '../../steps/index.ts';
import { here } from '../here.ts';
import { freshHome } from '../journal/sample.ts';

const call: ReadyCall = {
  operation: 'sso:CreateAccountAssignment',
  input: {
    InstanceArn: 'arn:aws:sso:::instance/ssoins-1',
    PermissionSetArn: 'arn:aws:sso:::permissionSet/1/ps-1',
    TargetId: '111122223333',
    TargetType: 'AWS_ACCOUNT',
    PrincipalId: 'u-1',
    PrincipalType: 'USER',
  },
};
const attempt = 'assign-administrator/assignment#1';
/** A run that has made one assignment. */
const made: readonly News[] = [
  {
    type: 'intended',
    ...{ attempt, step: 'assign-administrator', change: 'assignment', says: 'An assignment', key: 'k' },
    ...{ account: '111122223333', arn: 'arn:ann', region: 'us-east-1' },
    actor: 'delegated-administrator',
    call,
    situation: { answers: {}, given: {}, hints: {}, run: 'r' },
  },
  { type: 'accepted', attempt, requestId: 'r' },
  { type: 'ended', attempt, outcome: { ended: 'verified', by: 'look' } },
];

async function begun(home: string, run: string, events: readonly News[], more: Partial<Header> = {}) {
  const header: Header = {
    ...{ journal: 1, run, program: 'cw-runbook/test', simulated: false, endpoint: 'aws' },
    started: '2026-11-23T00:00:00.000Z',
    ...more,
  };
  const journal = await createJournal(folderOf(home, run), header);
  await journal.append({ type: 'started', run, simulated: header.simulated, endpoint: header.endpoint });
  for (const news of events) await journal.append(news);
  await journal.close();
  return { file: journal.file, folder: folderOf(home, run) };
}
const [older, newer, newest] = ['01AAAA', '01BBBB', '01CCCC'] as const;
/** From the third line on. */
const damage = async (file: string): Promise<void> => {
  const lines = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, lines.map((line, n) => (n < 2 || line === '' ? line : '# removed')).join('\n'));
};
const started = (home: string, ...args: readonly string[]) =>
  here(args, { ...process.env, CW_RUNBOOK_HOME: home });

test.each([['status'], ['audit', 'export'], ['undo'], ['handoff']])(
  '%s %s names the run that cannot be read, where it is the one that may be meant',
  async (...args) => {
    const home = await freshHome();
    await begun(home, older, made);
    const { file } = await begun(home, newer, made);
    await damage(file);
    const ended = await started(home, ...args.filter(Boolean));
    expect(ended).toMatchObject({ code: 7, out: '' });
    expect(ended.err).toContain(newer);
    expect(ended.err).toContain('is damaged at line 3: it is not a JSON record');
  },
);

test('undo of the only run, damaged, is not “nothing to take back”', async () => {
  const home = await freshHome();
  const { file } = await begun(home, newer, made);
  await damage(file);
  expect(await started(home, 'undo')).toMatchObject({
    code: 7,
    err: expect.stringContaining(`--run`),
    out: '',
  });
});

test('a newer run that made nothing does not hide a damaged one from undo', async () => {
  const home = await freshHome();
  const { file } = await begun(home, older, made);
  await damage(file);
  await begun(home, newer, []);
  const ended = await started(home, 'undo');
  expect(ended).toMatchObject({ code: 7, out: '' });
  expect(ended.err).toContain(older);
});

test('a damaged demo does not stop the undo of a real run', async () => {
  const home = await freshHome();
  await begun(home, older, made);
  const { file } = await begun(home, newer, made, { simulated: true, endpoint: 'demo:o-1' });
  await damage(file);
  const ended = await started(home, 'undo', '--answers', join(home, 'none.json'));
  expect(ended.code).not.toBe(7);
});

test.each([['status'], ['audit', 'export']])(
  '%s %s of a run tells of another one that cannot be read',
  async (...args) => {
    const home = await freshHome();
    const { file } = await begun(home, older, made);
    await damage(file);
    await begun(home, newer, made);
    const ended = await started(home, ...args.filter(Boolean));
    expect(ended.code).toBe(0);
    expect(ended.out).toContain(args[0] === 'status' ? `Run ${newer}` : newer);
    expect(ended.err).toContain(`Run ${older} cannot be read`);
    expect((await started(home, ...args.filter(Boolean), '--run', newer)).err).toBe('');
  },
);

test('a run that is named is chosen, whatever else is damaged', async () => {
  const home = await freshHome();
  await begun(home, older, made);
  const { file } = await begun(home, newest, made);
  await damage(file);
  expect((await chooseRun({ runbook: codewhisperer, home, run: older })).header.run).toBe(older);
});

test('an unfinished last line and its repair are told by status and by the audit log', async () => {
  const home = await freshHome();
  const { file, folder } = await begun(home, newer, made);
  await appendFile(file, '{"seq":5,');
  const torn = await started(home, 'status');
  expect(torn).toMatchObject({ code: 0, err: '' });
  expect(torn.out).toContain('The journal’s last line is unfinished (9 bytes)');
  const log = await started(home, 'audit', 'export');
  expect(log).toMatchObject({ code: 0, err: expect.stringContaining('is unfinished (9 bytes)') });
  expect((await readdir(folder)).some((name) => name.includes('torn'))).toBe(false);

  const { openJournal } = await import('../../src/journal/journal.ts');
  await (await openJournal(folder)).close();
  expect((await started(home, 'status')).out).toMatch(
    /Repaired \d{4}-.+Z: the journal’s unfinished last line \(9 bytes\) was set aside in journal\.torn-/,
  );
});

test('what others can read is told by status, and left as it is', async () => {
  const home = await freshHome();
  const { folder } = await begun(home, newer, made);
  await chmod(folder, 0o755);
  expect((await started(home, 'status')).out).toContain(
    `Other users of this machine can read ${folder} (mode 755)`,
  );
});
