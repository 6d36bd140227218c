import { mkdir, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recorderInto } from '../../../src/commands/record/recorder.ts';
import { exchangeIn } from '../../../src/model/exchange/record.ts';
import { isRead, isWrite, type Operation } from '../../../src/model/operations.ts';
import { keysOf } from '../../../src/simulator/organization/ids.ts';
import type { State } from '../../../src/simulator/organization/state.ts';
import { here } from '../../here.ts';
import { answered, bench } from '../bench.ts';
import { runner } from '../in-process.ts';
import { two } from '../people.ts';
import { planning } from '../planned.ts';
import { planted, secretsOf } from './canaries.ts';

const lines = async (file: string) => (await readFile(file, 'utf8')).split('\n').slice(0, -1).map(exchangeIn);

/** A run of the whole runbook in an organization full of canaries, recorded. */
async function recorded() {
  let state: State | undefined;
  const at = await runner('fresh', {
    arrange: (begun) => {
      state = planted(begun);
      return state;
    },
  });
  const folder = join(at.home, 'recorded');
  const recorder = recorderInto(folder, 'run');
  const ended = await at.run({}, {}, { answered: recorder.answered });
  if (!state) throw new Error('no organization was arranged');
  return { at, folder, ended, state, said: recorder.end().join('\n'), file: recorder.file };
}

test('a whole run: every exchange, and nothing that tells whose it is', async () => {
  const { at, folder, ended, state, said, file } = await recorded();
  expect(ended.code, ended.said).toBe(0);
  const exchanges = await lines(file);
  // Without those of this test itself.
  const asked = (await at.ledger()).requests.filter(({ userAgent }) => userAgent.includes('cw-runbook'));
  // Every request that the simulator answered, in whatever order the answers came.
  const sorted = (all: readonly { readonly operation: string }[]) => all.map((one) => one.operation).sort();
  expect(sorted(exchanges)).toEqual(sorted(asked));
  expect(exchanges.filter(({ operation }) => isWrite(operation as Operation)).length).toBeGreaterThan(3);

  const text = (await readFile(file, 'utf8')) + said.replaceAll(folder, '');
  expect(secretsOf(state).length).toBeGreaterThan(100);
  expect(secretsOf(state).filter((secret) => text.includes(secret))).toEqual([]);
  for (const { id } of state.accounts) {
    const { accessKeyId, secretAccessKey } = keysOf(state.seed, id);
    expect(text.includes(accessKeyId) || text.includes(secretAccessKey)).toBe(false);
  }

  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(said).toContain(`Recorded ${exchanges.length} exchanges in ${file}`);
  expect(said).toMatch(/^ +1 {2}sso:CreateAccountAssignment$/m);
});

test('a recording changes nothing of what the run says and does', async () => {
  const { ended, at } = await recorded();
  const plain = await runner('fresh', { arrange: planted });
  const other = await plain.run();
  const steady = (text: string) =>
    text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z|[0-9a-f-]{36}|\b[0-9A-Z]{26}\b|:\d{4,5}\b/g, '…');
  expect(steady(ended.said).split('\n').length).toBe(steady(other.said).split('\n').length);
  const sent = async (one: typeof at) => (await one.ledger()).effects.map(({ operation }) => operation);
  expect(await sent(at)).toEqual(await sent(plain));
});

test('sessions are no part of it: a role is assumed, and AssumeRole is not recorded', async () => {
  const at = await runner('fresh');
  const folder = join(at.home, '..', 'recorded');
  const answers = join(at.home, '..', 'role.json');
  const role = `arn:aws:iam::${at.accounts.management}:role/Administrator`;
  const asked = { profiles: { management: 'management' }, roles: { management: role }, answers: at.answers };
  await writeFile(answers, JSON.stringify(asked));
  const env = { ...process.env, CW_RUNBOOK_HOME: at.home };
  await here(['run', '--answers', answers, '--yes', '--record', folder], env);
  const operations = (await at.ledger()).requests.map(({ operation }) => operation);
  expect(operations).toContain('sts:AssumeRole');
  const text = await readFile(join(folder, 'exchanges.jsonl'), 'utf8');
  const kept = (await lines(join(folder, 'exchanges.jsonl'))).map(({ operation }) => operation);
  expect(kept.length).toBeGreaterThan(5);
  expect(kept.filter((one) => !isRead(one) && !isWrite(one as Operation))).toEqual([]);
  expect(text).not.toMatch(/AssumeRole\b|Credentials|SecretAccessKey|SessionToken|ASIA|AKIA/);
});

test('--record: refused where the folder holds something, and where the command asks AWS nothing', async () => {
  const home = await mkdtemp(join(tmpdir(), 'cw-record-'));
  const env = { ...process.env, CW_RUNBOOK_HOME: join(home, 'state') };
  const full = join(home, 'full');
  await mkdir(full);
  await writeFile(join(full, 'notes.txt'), 'mine');
  for (const [args, says] of [
    [['doctor', '--offline', '--record', full], 'the folder is not empty'],
    [['doctor', '--offline', '--record', join(full, 'notes.txt')], 'it is no folder'],
    [['status', '--record', join(home, 'new')], 'status asks AWS nothing'],
  ] as const) {
    const { code, err } = await here(args, env);
    expect([code, err]).toEqual([64, expect.stringContaining(says)]);
  }
  expect(await readFile(join(full, 'notes.txt'), 'utf8')).toBe('mine');
});

test('--record: what was kept is said at the end', async () => {
  const at = await runner('fresh');
  const folder = join(at.home, 'recorded');
  const { code, out } = await here(['doctor', '--profile', 'management', '--record', folder], process.env);
  expect(code).toBe(0);
  expect(out).toContain(`Recorded 2 exchanges in ${join(folder, 'exchanges.jsonl')}`);
  expect(out).toMatch(/1 {2}organizations:DescribeOrganization/);
});

test('--record with undo: what takes the run back is recorded, too', async () => {
  const at = await runner('fresh');
  expect((await at.run()).code).toBe(0);
  const folder = join(at.home, '..', 'recorded');
  const confirm = [...Object.values(at.accounts), at.account('Workloads Dev')].flatMap((id) => [
    '--confirm',
    id,
  ]);
  const args = [
    'undo',
    '--answers',
    join(at.home, '..', 'answers.json'),
    '--yes',
    '--poll',
    '10',
    ...confirm,
  ];
  const env = { ...process.env, CW_RUNBOOK_HOME: at.home };
  const { code, out } = await here([...args, '--record', folder], env);
  expect([code, out]).toEqual([0, expect.stringContaining('1  sso:DeletePermissionSet')]);
  const kept = (await lines(join(folder, 'exchanges.jsonl'))).map(({ operation }) => operation);
  expect(kept).toContain('organizations:DeregisterDelegatedAdministrator');
});

test('--record with plan, apply and verify: each in a folder of its own, and what is printed as JSON stays so', async () => {
  const at = await bench('fresh');
  const { answers, flags } = await answered(at);
  const plan = join(at.home, 'setup.plan');
  const asked = await planning(at, answers);
  const commands = {
    plan: ['plan', ...asked, '--yes', '--json', '--out', plan],
    apply: ['apply', plan, '--yes', '--json', '--poll', '100', ...flags],
    verify: ['verify', '--yes', '--json'],
  };
  const codes = { plan: 2, apply: 0, verify: 0 };
  const writes = { plan: 0, apply: 4, verify: 0 };
  for (const name of ['plan', 'apply', 'verify'] as const) {
    const folder = join(at.home, `recorded-${name}`);
    const { code, out, err } = await at.cli([...commands[name], '--record', folder]);
    expect(code, err).toBe(codes[name]);
    expect(
      () =>
        out
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      out.slice(-400),
    ).not.toThrow();
    const kept = await lines(join(folder, 'exchanges.jsonl'));
    expect(err).toContain(`Recorded ${kept.length} exchanges in ${join(folder, 'exchanges.jsonl')}`);
    expect(kept.filter(({ operation }) => isWrite(operation as Operation))).toHaveLength(writes[name]);
    expect(kept.length).toBeGreaterThan(5);
  }
});

test('a process that is killed leaves whole lines', async () => {
  const at = await bench('fresh');
  const { answers, flags } = await answered(at);
  const folder = join(at.home, 'recorded');
  await at.run(answers, [...flags, '--record', folder], (out) => out.includes('permission-set'));
  const text = await readFile(join(folder, 'exchanges.jsonl'), 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  expect((await lines(join(folder, 'exchanges.jsonl'))).length).toBeGreaterThan(3);
});

test('what is done by whoever takes a run over is recorded, too', async () => {
  const { ann, ben, file } = await two();
  await ann.run();
  await ann.handoff('--to', file('a.cwhandoff'));
  const folder = join(ben.home, 'recorded');
  const ended = await ben.resume(file('a.cwhandoff'), '--record', folder);
  expect(ended, ended.err).toMatchObject({ code: 0 });
  const operations = (await lines(join(folder, 'exchanges.jsonl'))).map(({ operation }) => operation);
  expect(operations).toContain('sso:CreateAccountAssignment');
  expect(ended.out + ended.err).toContain(`Recorded ${operations.length} exchanges`);
});
