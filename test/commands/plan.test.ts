import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RegisterDelegatedAdministratorCommand } from '@aws-sdk/client-organizations';
import { expect } from 'vitest';
import { planLines } from '../../src/report/plan-lines.ts';
import { more, test } from '../more.ts';
import { view } from '../simulator/simulated.ts';
import { all, answered, bench } from './bench.ts';
import { finished } from './finished.ts';
import { planned, planning } from './planned.ts';

test('a fresh organization: four changes, with what is known only after others, and nothing is written', async () => {
  const at = await bench('fresh');
  const { answers } = await answered(at);
  const seen = await planned(at, answers);
  expect(seen, seen.err).toMatchObject({ code: 2, err: '' });
  expect(seen.out).toContain('4 to make, 0 to replace');
  expect(seen.out).toContain('(known after permission-set)');
  expect(seen.out.split('\n').filter((row) => row.length > 80 && row.includes(' '))).toEqual([]);
  expect(await at.effects()).toEqual([]);
  expect(await stat(join(at.home, 'state')).catch(() => 'none')).toBe('none');
});

test('where everything is done, nothing is to do', async () => {
  const { at, answers } = await finished();
  const seen = await planned(at, answers);
  expect(seen, seen.err).toMatchObject({ code: 0, err: '' });
  expect(seen.out).toContain('0 to make, 0 to replace');
});

test('an answer that is missing is named, and what can be planned is', async () => {
  const at = await bench('fresh');
  const seen = await planned(at, { 'delegated-account.account': at.account('Shared Services').id });
  expect(seen.code, seen.err).toBe(4);
  expect(seen.out).toContain('administrator-user.user');
  expect(seen.out).toContain('1 question not answered');
  expect(seen.out).toContain('Register Shared Services');
});

test('what is in the way is said', async () => {
  const at = await bench('billing-only');
  const seen = await planned(at, {});
  expect(seen.code, seen.out).toBe(5);
  expect(seen.out).toContain('What to do:');
});

/** A plan in a file. */
async function inFile() {
  const at = await bench('fresh');
  const { answers, flags } = await answered(at);
  const file = join(at.home, 'setup.plan');
  const made = await planned(at, answers, ['--yes', '--out', file]);
  expect(made.code, made.err).toBe(2);
  return { at, file, flags, answers };
}
const effects = all;

test('a plan is private, holds a hash, and is carried out as it was made', async () => {
  const { at, file, flags } = await inFile();
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const { run, hash, summary } = JSON.parse(await readFile(file, 'utf8'));
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(summary).toMatchObject({ make: 4, replace: 0, remove: 0 });
  const ended = await at.cli(['apply', file, '--yes', '--poll', '100', ...flags]);
  expect(ended.code, ended.err).toBe(0);
  expect(ended.out).toContain(`run          ${run}`);
  expect(await at.effects()).toEqual(effects);
  const again = await at.cli(['apply', file, '--yes', ...flags]);
  expect(again.code, again.out).toBe(2);
  expect(again.err).toContain('Register Shared Services');
  expect(await at.effects()).toEqual(effects);
});

test('what a colleague changed since is named, and nothing is done', async () => {
  const { at, file, flags } = await inFile();
  const { organizations } = view(at.simulator).as();
  await organizations.send(
    new RegisterDelegatedAdministratorCommand({
      ...{ AccountId: at.account('Workloads Prod').id, ServicePrincipal: 'sso.amazonaws.com' },
    }),
  );
  const before = await at.effects();
  const ended = await at.cli(['apply', file, '--yes', ...flags]);
  expect(ended.code, ended.out).toBe(2);
  expect(ended.err).toContain(`account ${at.account('Workloads Prod').id} is registered already`);
  expect(await at.effects()).toEqual(before);
});

test('a dangerous change wants its word, whatever the plan says', async () => {
  const { at, file } = await inFile();
  const ended = await at.cli(['apply', file, '--yes']);
  expect(ended.code).toBe(4);
  expect(ended.err).toContain("--confirm 'Shared Services'");
  expect(await at.effects()).toEqual([]);
});

test('a plan that was edited, of another form, runbook, endpoint or account is refused by name', async () => {
  const { at, file, flags } = await inFile();
  const plan = JSON.parse(await readFile(file, 'utf8'));
  const apply = async (edited: object, env: NodeJS.ProcessEnv = {}) => {
    await writeFile(file, JSON.stringify(edited));
    return at.cli(['apply', file, '--yes', ...flags], env);
  };
  expect(await apply({ ...plan, organization: 'o-other00000' })).toMatchObject({
    code: 64,
    err: expect.stringContaining('its hash does not fit'),
  });
  expect(await apply({ ...plan, format: 'cw-runbook/plan/9' })).toMatchObject({
    code: 64,
    err: expect.stringContaining('cw-runbook/plan/9'),
  });
  expect(await apply([])).toMatchObject({ code: 64, err: expect.stringContaining('is no plan') });
  const other = await bench('fresh');
  const elsewhere = await other.cli(['apply', file.replace('setup', 'none'), '--yes']);
  expect(elsewhere).toMatchObject({ code: 64, err: expect.stringContaining('cannot be read') });
  await writeFile(file, JSON.stringify(plan));
  const there = await other.cli(['apply', file, '--yes', ...flags]);
  expect(there.code, there.err).toBe(5);
  expect(there.err).toContain(at.simulator.url);
  expect(await other.effects()).toEqual([]);
});

test('credentials of another account than the plan’s are not accepted', async () => {
  const { at, file, flags } = await inFile();
  const profiles = { management: 'delegated', 'delegated-administrator': 'delegated' };
  const ended = await at.cli(['apply', file, ...(await planning(at, {}, profiles)), '--yes', ...flags]);
  expect(ended.code, ended.err).toBe(6);
  expect(await at.effects()).toEqual([]);
});

test('without --yes nobody is taken for the operator', async () => {
  const at = await bench('fresh');
  const { answers } = await answered(at);
  const seen = await planned(at, answers, []);
  expect(seen.code).toBe(4);
  expect(seen.err).toContain('--yes');
});

test('a name that could steer a terminal is escaped in every form that is printed', async () => {
  const hostile = 'Dev\u009b31m\u202e';
  const at = await bench('fresh', {
    arrange: (state) => ({
      ...state,
      accounts: state.accounts.map((one) =>
        one.name === 'Shared Services' ? { ...one, name: hostile } : one,
      ),
    }),
  });
  const answers = { 'delegated-account.account': at.account(hostile).id };
  const seen = [
    await planned(at, answers, ['--yes']),
    await planned(at, answers, ['--yes', '--json']),
    await at.run(answers, ['--json', '--confirm', at.account(hostile).id]),
    await at.cli(['verify', '--yes', '--json']),
    await at.cli(['answers']),
  ];
  expect(seen[0]?.out).toContain('Dev');
  for (const { out, err } of seen) expect(out + err).not.toMatch(/[\u0080-\u009f\u202a-\u202e]/);
});

test('where the program is started otherwise, its commands are as typed, and no line grows beyond 80 columns', () => {
  const own = (text: string): string =>
    text.replaceAll('cw-runbook ', 'node /opt/tools/dist/cw-runbook.cjs ');
  const change = {
    id: 'a',
    says: 'Make it',
    kind: 'make',
    operation: 'sso:CreatePermissionSet',
    input: {},
    risk: 'dangerous',
    identity: { actor: 'management' },
    consequences: [],
    command: '',
    undo: 'cw-runbook undo: it is deleted, if nobody has changed it since then',
  } as const;
  const goal = {
    is: 'change',
    id: 'a',
    says: 'Make it',
    risk: 'dangerous',
    typed: ['A  b'],
    call: { operation: 'sso:CreatePermissionSet', input: { InstanceArn: 'arn', Name: 'A' } },
  } as const;
  const of = { title: 'A step', actor: 'management', stands: 'to-do' } as const;
  const rows = planLines(
    [{ ...of, step: 's', plan: { goals: [goal] } }],
    {
      ...{ run: 'R', endpoint: 'aws', identities: {}, confirm: { 's.a': ['A  b'] } },
      steps: [{ ...of, id: 's', goals: [goal], changes: [change] }],
    },
    own,
  );
  expect(rows.filter((row) => row.length > 80)).toEqual([]);
  expect(rows.join('\n')).toContain('node /opt/tools/dist/cw-runbook.cjs undo');
  // A name is typed as it is: two blanks stay two, and a flag is never broken.
  expect(rows).toContain("  --confirm 'A  b'");
});

test('plan --undo shows what undoing would remove, the last first, as the undo itself will find it, and writes nothing', async () => {
  const { at, answers } = await finished();
  const before = (await at.effects()).length;
  const journal = (await at.cli(['status', '--json'])).out;
  const seen = await planned(at, answers, ['--yes', '--undo']);
  expect(seen, seen.err).toMatchObject({ code: 2, err: '' });
  expect(seen.out).toMatch(/^Undo plan \(newest first\) for organization o-/);
  expect(seen.out).toContain('0 to make, 0 to replace, 3 to remove');
  expect([...seen.out.matchAll(/^ {8}(\w+:\w+)$/gm)].map(([, operation]) => operation)).toEqual([
    'sso:DeleteAccountAssignment',
    'sso:DeletePermissionSet',
    'organizations:DeregisterDelegatedAdministrator',
  ]);
  expect(seen.out).toContain("--confirm 'Workloads Dev'");
  expect(seen.out.split('\n').filter((row) => row.length > 80 && row.trim().includes(' '))).toEqual([]);
  expect(await at.effects()).toHaveLength(before);
  expect((await at.cli(['status', '--json'])).out).toBe(journal);
  const refused = await planned(at, answers, ['--yes', '--undo', '--out', join(at.home, 'x.plan')]);
  expect(refused).toMatchObject({ code: 64, err: expect.stringContaining('not applied from a file') });
  const json = await planned(at, answers, ['--yes', '--undo', '--json']);
  expect(JSON.parse(json.out)).toMatchObject({ undo: true, summary: { remove: 3 } });
  await writeFile(join(at.home, 'undo.plan'), json.out);
  expect(await at.cli(['apply', join(at.home, 'undo.plan'), '--yes'])).toMatchObject({
    code: 64,
    err: expect.stringContaining('the plan of an undo'),
  });
});

more(
  'of a run that is half undone, a plan says that it sets it up again; what is left of the undo is planned, too',
  async () => {
    const { at, answers } = await finished();
    const undo = ['undo', '--answers', join(at.home, 'answers.json'), '--yes', '--poll', '100'];
    expect((await at.cli([...undo, '--confirm', 'Workloads Dev'])).code).toBe(4);
    const seen = await planned(at, answers);
    expect(seen.err).toContain('half undone, and this plan sets it up again');
    const rest = await planned(at, answers, ['--yes', '--undo']);
    expect(rest.out).toContain('2 to remove');
    expect(rest.out).not.toContain('DeleteAccountAssignment');
    expect((await at.cli([...undo, '--confirm', 'Shared Services'])).code).toBe(0);
    const none = await planned(at, answers, ['--yes', '--undo']);
    expect(none).toMatchObject({ code: 0, out: expect.stringContaining('There is nothing to undo') });
  },
);

more(
  '--run names a run by any part of its id, there where it was begun; one that there is not is refused',
  async () => {
    const { at, answers } = await finished();
    const id: string = JSON.parse((await at.cli(['status', '--json'])).out).id;
    for (const undo of [[], ['--undo']]) {
      const seen = await planned(at, answers, ['--yes', '--json', '--run', id.slice(-8), ...undo]);
      expect(JSON.parse(seen.out), seen.err).toMatchObject({ run: id });
      const none = await planned(at, answers, ['--yes', '--run', 'NOTHING8', ...undo]);
      expect([none.code, none.err]).toEqual([64, expect.stringContaining('NOTHING8')]);
      const other = await bench('fresh');
      const there = await other.cli(
        ['plan', ...(await planning(other, answers)), '--yes', '--run', id, ...undo],
        {
          CW_RUNBOOK_HOME: join(at.home, 'state'),
        },
      );
      expect([there.code, there.err]).toEqual([5, expect.stringContaining(at.simulator.url)]);
      expect((await other.ledger()).requests).toEqual([]);
    }
  },
);
