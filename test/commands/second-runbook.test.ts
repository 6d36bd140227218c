import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ListUsersCommand } from '@aws-sdk/client-identitystore';
import { ListPermissionSetsCommand } from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import { allRuns } from '../../src/commands/runs/runs.ts';
import { readJournal } from '../../src/journal/journal.ts';
import { met } from '../../src/model/plan.ts';
import { type RunbookHead, runbook } from '../../src/model/runbook.ts';
import { step } from '../../src/model/step.ts';
import { codewhisperer } from '../../steps/index.ts';
import { fixture, fixtureBook } from '../fixture-runbook/index.ts';
import { type Ended, here } from '../here.ts';
import { view } from '../simulator/simulated.ts';
import { bench } from './bench.ts';

/** Nothing that is said is of the runbook that the program was made for. */
const others = /whisperer|hand over to|before you start|delegated-account|administrator-user/i;
const ends = (ended: Ended, code: number): string => {
  expect(ended, ended.err).toMatchObject({ code });
  expect(ended.out).not.toMatch(others);
  return ended.out;
};

async function setUp() {
  const at = await bench('fresh', { settle: 0 });
  const world = view(at.simulator);
  const { store: IdentityStoreId, arn: InstanceArn } = await world.instance();
  const { Users = [] } = await world.as().identity.send(new ListUsersCommand({ IdentityStoreId }));
  const [one, two] = Users.map(({ UserId = '' }) => UserId);
  const account = at.account('Shared Services').id;
  const file = join(at.home, 'answers.json');
  const tell = (more: object = {}, leftOut: readonly string[] = []): Promise<void> => {
    const answers: Record<string, unknown> = {
      ...{ 'first.understood': 'attested', 'delegate.seen': 'skipped', 'delegate.account': account },
      ...{ 'set.called': 'old', 'assign.people': [one, two], 'last.locked': 'attested', ...more },
    };
    for (const key of leftOut) delete answers[key];
    return writeFile(
      file,
      JSON.stringify({
        profiles: { management: 'management', 'delegated-administrator': 'delegated' },
        answers,
      }),
    );
  };
  await tell();
  const cliIn = (home: string, ...args: readonly string[]): Promise<Ended> =>
    here(args, { ...at.env, CW_RUNBOOK_HOME: join(at.home, home) }, fixtureBook);
  const cli = (...args: readonly string[]): Promise<Ended> => cliIn('state', ...args);
  const flags = ['--answers', file, '--yes', '--poll', '10', '--confirm', account, '--confirm', 'keys'];
  const sets = async () =>
    (await world.as().sso.send(new ListPermissionSetsCommand({ InstanceArn }))).PermissionSets ?? [];
  return { at, account, tell, cli, cliIn, flags, sets, home: join(at.home, 'state') };
}

test('another runbook is gone through, told of, handed on, exported and taken back by the same commands', async () => {
  const { at, account, cli, cliIn, flags, sets, tell } = await setUp();
  expect(ends(await cli('--help'), 0)).toContain('Leads through what the tests look at.');
  const questions = JSON.parse(ends(await cli('run', '--questions'), 0));
  expect(Object.keys(questions.answers)).toContain('assign.people');
  const policies = JSON.parse(ends(await cli('permissions'), 0));
  expect(Object.keys(policies)).toEqual(['management account', 'delegated administrator account']);
  expect(JSON.stringify(policies)).toContain('sso:CreatePermissionSet');
  const before = await sets();

  // As far as somebody is asked what is not in the file.
  await tell({}, ['assign.people']);
  expect((await cli('run', ...flags)).code).toBe(4);
  expect(ends(await cli('status'), 0)).toMatch(/The keys[\s\S]*done +Make the set/);
  expect(ends(await cli('status', '--commands'), 0)).toContain('Give the set away');

  const handed = join(at.home, 'run.cwhandoff');
  expect(ends(await cli('handoff', '--to', handed), 3)).toContain('Handed off.');
  await tell();
  const over = (...args: readonly string[]) => cliIn('other', ...args); // on another machine
  expect(ends(await over('resume', handed, ...flags), 0)).toContain('finished');
  expect(await sets()).toHaveLength(before.length + 1);

  const [run] = await allRuns(join(at.home, 'other'), fixture);
  const started = (await readJournal(run?.folder ?? '')).events.find(({ type }) => type === 'started');
  expect(started).toMatchObject({ runbook: 'fixture' });
  expect(run?.finished).toBe(true);
  const log = ends(await over('audit', 'export'), 0);
  expect(log).toContain('# Change record: handing keys on\n');
  expect(log).toContain('## What it is called\n\n- keys\n');
  expect(log).toContain(`Give ${account} the keys`);
  expect(ends(await over('audit', 'export', '--format', 'jsonl'), 0)).toContain('"runbook":"fixture"');

  const configuration = ends(await over('export', 'terraform'), 0);
  expect(configuration).toContain('# Terraform configuration for handing keys on, from run ');
  expect(configuration.match(/^import \{$/gm)).toHaveLength(4);
  for (const one of ['cloudformation', 'ssm', 'cli']) ends(await over('export', one), 0);

  expect(ends(await over('undo', ...flags), 0)).toContain('undone');
  expect(await sets()).toEqual(before);
});

test('a run of another runbook is refused by name, and left as it is', async () => {
  const { at, cli, flags, home, tell } = await setUp();
  await tell({}, ['assign.people']);
  await cli('run', ...flags);
  const handed = join(at.home, 'run.cwhandoff');
  await cli('handoff', '--to', handed);
  const [run] = await allRuns(home, codewhisperer);
  const { folder = '', header } = run ?? {};
  const bytes = await readFile(join(folder, 'journal.jsonl'));
  const answers = join(at.home, 'none.json');
  const attested = { 'before-you-start.understood': 'attested' };
  await writeFile(answers, JSON.stringify({ profiles: { management: 'management' }, answers: attested }));
  const id = header?.run ?? '';
  const named = [
    ['--run', id, 'run', '--answers', answers],
    ['--run', id, 'undo', '--answers', answers],
    ['--run', id, 'status'],
    ['--run', id, 'status', '--commands'],
    ['--run', id, 'handoff'],
    ['--run', id, 'audit', 'export'],
    ['status'],
    ['handoff'],
    ['audit', 'export'],
    ['audit', 'export', '--file', handed],
    ['resume', handed, '--answers', answers, '--yes'],
  ];
  for (const args of named) {
    const { code, err } = await at.cli(args);
    expect({ args, code, err }).toEqual({
      args,
      code: 5,
      err: expect.stringMatching(/“fixture”[\s\S]*“codewhisperer”/),
    });
  }
  expect(await readFile(join(folder, 'journal.jsonl'))).toEqual(bytes);
  // Nothing is to be taken back, and a new run is begun beside it.
  expect((await at.cli(['undo', '--answers', answers])).out).toContain('There is nothing to undo');
  expect((await at.cli(['run', '--answers', answers, '--yes'])).code).toBe(4);
  const all = await allRuns(home, codewhisperer);
  expect(all.map(({ foreign }) => foreign === undefined)).toEqual([false, true]);
  // And the other way round.
  const back = await cli('--run', all[1]?.header.run ?? '', 'status');
  expect(back).toMatchObject({ code: 5, err: expect.stringMatching(/“codewhisperer”[\s\S]*“fixture”/) });
});

const caretaker = 'security-tooling';
const place = step({
  ...{ id: 'place', title: 'Find the place', short: 'Place', actor: 'management', observedBy: 'either' },
  document: { section: 'One', says: ['There is an organization.'] },
  ...{ calls: ['organizations:DescribeOrganization'], dependsOn: {}, questions: {} },
  observe: (aws) => aws.read('organizations:DescribeOrganization', {}),
  plan: ({ Organization }) => ({
    goals: [met('there', 'There is an organization', Organization?.Id ?? 'none')],
    gives: {},
  }),
});
const rooms = step({
  ...{ id: 'rooms', title: 'Look into the rooms', short: 'Rooms', actor: caretaker, observedBy: 'actor' },
  document: { section: 'Two', says: ['There are rooms.'] },
  ...{ calls: ['sso:ListInstances'], dependsOn: { place }, questions: {} },
  observe: (aws) => aws.read('sso:ListInstances', {}),
  plan: ({ Instances = [] }) => ({
    goals: [met('seen', 'The rooms are seen', `${Instances.length} instance`)],
    gives: {},
  }),
});
const watching: RunbookHead = {
  ...{ id: 'watching', title: 'watching', description: 'Leads through looking.' },
  actors: ['management', caretaker],
};
const parts = {
  phases: [{ title: 'All', steps: [place, rooms] }],
  final: rooms,
  renamedAnswers: {},
  notes: () => [],
};

test('who acts is the runbook’s to name: credentials, journal, status and exports go by it', async () => {
  const at = await bench('delegated', { settle: 0 });
  const book = { head: watching, load: async () => runbook({ ...watching, ...parts }) };
  const env = { ...at.env, CW_RUNBOOK_HOME: join(at.home, 'watching') };
  const cli = (...args: readonly string[]) => here(args, env, book);
  const file = join(at.home, 'answers.json');
  await writeFile(
    file,
    JSON.stringify({ profiles: { management: 'management', [caretaker]: 'delegated' }, answers: {} }),
  );
  const ended = await cli('run', '--answers', file, '--yes');
  expect(ended.code, ended.out + ended.err).toBe(0);
  expect(ended.out).toContain('used as security tooling account');
  const [known] = await allRuns(env.CW_RUNBOOK_HOME, await book.load());
  const { events } = await readJournal(known?.folder ?? '');
  expect(events.flatMap((event) => (event.type === 'identified' ? [event.actor] : []))).toEqual([
    'management',
    caretaker,
  ]);
  expect(ends(await cli('audit', 'export'), 0)).toContain('| Security tooling |');
  expect(JSON.parse(ends(await cli('permissions'), 0))).toHaveProperty('security tooling account');
  expect(JSON.parse(ends(await cli('answers'), 0)).profiles).toEqual({
    management: 'management',
    [caretaker]: 'delegated',
  });
  expect(await cli('permissions', '--actor', 'delegated-administrator')).toMatchObject({ code: 64 });
  // The management account’s credentials do not do for it.
  await writeFile(file, JSON.stringify({ profiles: { [caretaker]: 'management' }, answers: {} }));
  expect(await cli('run', '--new', '--answers', file, '--yes')).toMatchObject({
    code: 6,
    err: expect.stringContaining('The security tooling account'),
  });
});

test('a runbook in which somebody acts whom it does not name, or three do, is none', () => {
  expect(() => runbook({ ...watching, ...parts, actors: ['management'] })).toThrow(
    /security-tooling acts in watching/,
  );
  const third = { ...place, id: 'third', actor: 'log-archive' };
  const three = { ...parts, phases: [{ title: 'All', steps: [place, third, rooms] }] };
  expect(() => runbook({ ...watching, ...three, actors: ['management', caretaker, 'log-archive'] })).toThrow(
    /one other/,
  );
});
