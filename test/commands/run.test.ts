import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../src/simulator/scenarios/scenarios.ts';
import { all, answered, bench, user } from './bench.ts';
import { finished } from './finished.ts';
import { killedAfter } from './killed.ts';

test('fresh: everything is done once, and doing it again changes nothing', async () => {
  const at = await bench('fresh');
  const { answers, flags } = await answered(at);
  const first = await at.shippedRun(answers, flags);
  expect(first, first.err).toMatchObject({ code: 0, err: '' });
  expect(first.out).toContain('every step is done, and checked once more');
  expect(await at.effects()).toEqual(all);
  expect(await at.run(answers, flags)).toMatchObject({ code: 0 });
  expect(await at.run(answers, [...flags, '--new'])).toMatchObject({ code: 0 });
  expect(await at.effects()).toEqual(all);
});

test('what the file attests is printed before anything is changed: what AWS says of the product, and of when', async () => {
  const at = await bench('fresh');
  const delegate = at.account('Shared Services');
  const { out } = await at.run({ 'delegated-account.account': delegate.id }, ['--confirm', delegate.name]);
  const read = out.search(/^read +before-you-start: .*looked up on .*15 May 2026.*30 April 2027/m);
  expect(read, out).toBeGreaterThan(-1);
  expect(out.search(/^intended/m), out).toBeGreaterThan(read);
});

test('one request per intended change, each naming its run and attempt in the user agent', async () => {
  const { at } = await finished();
  const { requests } = await at.ledger();
  const writes = requests.filter(({ operation }) => all.includes(operation));
  expect(writes.map(({ operation }) => operation)).toEqual(all);
  for (const { userAgent } of writes)
    expect(userAgent).toMatch(/cw-runbook\/\S+.* md\/run#\w+ md\/act#[\w.-]+/);
});

// Each event is killed at in test/engine/kills.test.ts, and others are with the shipped program in killed.test.ts.
test('killed after “accepted” of the assignment, the next start ends the same', () =>
  killedAfter('accepted'));

test('interrupted while AWS is at work, it ends with the signal’s code, and the next start goes on', async () => {
  const at = await bench('fresh', { settle: 1500 });
  const { answers, flags } = await answered(at);
  const ended = await at.run(
    answers,
    flags,
    (out) => /^accepted +assign-administrator/m.test(out),
    'SIGTERM',
  );
  expect(ended).toMatchObject({ code: 143 });
  expect(await at.run(answers, flags)).toMatchObject({ code: 0 });
  expect(await at.effects()).toEqual(all);
});

describe('what is missing is named, with the flag or the key that gives it', () => {
  test('nothing is accepted or confirmed without being told', async () => {
    const at = await bench('fresh');
    const file = join(at.home, 'a.json');
    await writeFile(
      file,
      JSON.stringify({
        profiles: { management: 'management' },
        answers: { 'before-you-start.understood': 'attested' },
      }),
    );
    expect(await at.cli(['run', '--answers', file])).toMatchObject({
      code: 4,
      err: expect.stringContaining('--yes'),
    });
    const operations = (await at.ledger()).requests.map(({ operation }) => operation);
    expect(new Set(operations)).toEqual(
      new Set(['sts:GetCallerIdentity', 'organizations:DescribeOrganization']),
    );
  });
  test('a dangerous change takes the account’s name', async () => {
    const at = await bench('fresh');
    const ended = await at.run({ 'delegated-account.account': at.account('Shared Services').id });
    expect(ended).toMatchObject({ code: 4, err: expect.stringContaining("--confirm 'Shared Services'") });
    expect(await at.effects()).toEqual([]);
  });
  test('an unanswered question', async () => {
    const at = await bench('fresh');
    expect(await at.run()).toMatchObject({
      code: 4,
      err: expect.stringContaining('delegated-account.account'),
    });
  });
  test.each([
    ['{"answers": {"delegated-account.acount": "1"}}', 'Did you mean “delegated-account.account”'],
    ['{"answer": {}}', 'has the member “answer”'],
    ['[1', 'is not JSON'],
    ['{"answers": {"delegated-account.account": 1}}', 'not a text'],
  ])('a bad answers file: %s', async (text, says) => {
    const at = await bench('fresh');
    const file = join(at.home, 'bad.json');
    await writeFile(file, text);
    expect(await at.cli(['run', '--answers', file])).toMatchObject({
      code: 64,
      err: expect.stringContaining(says),
    });
  });
});

describe('every scenario, unattended', () => {
  test('delegated: nobody is registered again', async () => {
    const at = await bench('delegated');
    const { answers, flags } = await answered(at, {});
    const own = at.simulator.accounts.find(({ role }) => role === 'delegated-administrator');
    expect(await at.run({ ...answers, 'delegated-account.account': own?.id ?? '' }, flags)).toMatchObject({
      code: 0,
    });
    expect(await at.effects()).toEqual(all.slice(1));
  });
  test('single-account: says to create accounts, by hand, with the command', async () => {
    const at = await bench('single-account');
    const ended = await at.run();
    expect(ended).toMatchObject({
      code: 5,
      err: expect.stringContaining('aws organizations create-account'),
    });
  });
  test('opt-in-region: stops, with the reason', async () => {
    const at = await bench('opt-in-region');
    expect(await at.run()).toMatchObject({ code: 5, err: expect.stringContaining('is an opt-in Region') });
  });
  test('no-instance: says where to enable it', async () => {
    const at = await bench('no-instance');
    expect(await at.run()).toMatchObject({
      code: 5,
      err: expect.stringMatching(/https:\/\/\d{12}\.us-east-1\.console\.aws\.amazon\.com\/singlesignon\//),
    });
  });
  test('other-region: the instance is found where it is', async () => {
    const at = await bench('other-region');
    const { answers, flags } = await answered(at);
    const ended = await at.run(answers, flags);
    expect(ended, ended.err).toMatchObject({ code: 0 });
    expect((await at.cli(['audit', 'export'])).out).toMatch(/ssoins-\w+ in eu-central-1/);
    expect(await at.effects()).toEqual(all);
  });
  test('other-delegated: names the account that holds it', async () => {
    const at = await bench('other-delegated');
    const holder = at.simulator.accounts.find(({ role }) => role === 'delegated-administrator');
    const ended = await at.run({ 'delegated-account.account': at.account('Shared Services').id });
    expect(ended).toMatchObject({ code: 5, err: expect.stringContaining(holder?.id ?? 'nobody') });
    expect(await at.effects()).toEqual([]);
  });
  test('external-idp: an existing user is promoted; none is created', async () => {
    const at = await bench('external-idp');
    const { answers, flags } = await answered(at);
    expect(await at.run(answers, flags)).toMatchObject({ code: 0 });
    const fresh = await bench('external-idp');
    const other = await answered(fresh);
    const created = {
      ...other.answers,
      'administrator-user.user': 'new:',
      'administrator-user.directory': 'here',
      'administrator-user.userName': 'new.person',
    };
    expect(await fresh.run(created, other.flags)).toMatchObject({
      code: 5,
      err: expect.stringContaining('identity provider'),
    });
    expect(await fresh.effects()).not.toContain('identitystore:CreateUser');
  });
  test('done: nothing is changed', async () => {
    const at = await bench('done');
    const delegate = at.simulator.accounts.find(({ role }) => role === 'delegated-administrator');
    const ended = await at.run({ 'administrator-user.user': await user(at, {}, []) }, []);
    expect(ended.code).toBe(4); // the account is for the operator to name
    expect(await at.effects()).toEqual([]);
    expect(delegate).toBeDefined();
  });
  test('done, and kept as it is: everything is found, nothing is asked and nothing is changed', async () => {
    const at = await bench('done');
    const ended = await at.run({ 'administrator-user.already': 'keep' }, []);
    expect(ended, ended.err).toMatchObject({ code: 0 });
    expect(await at.effects()).toEqual([]);
    const asked = await at.run({}, ['--new']);
    expect(asked).toMatchObject({
      code: 4,
      err: expect.stringMatching(/^ {2}keep {2}.* in Workloads Dev /m),
    });
  });
  test('more than five at once take their number, before anything is looked at', async () => {
    const at = await bench('delegated');
    const answers = {
      'administrator-user.user': ['a', 'b', 'c', 'd', 'e', 'f'],
      'assign-administrator.target': at.account('Workloads Dev').id,
    };
    const six = await at.run(answers, []);
    expect(six).toMatchObject({
      code: 4,
      err: expect.stringContaining('Run the same command again with --confirm 6.'),
    });
    const agreed = await at.run(answers, ['--confirm', '6']);
    expect(agreed.err).not.toContain('--confirm 6'); // it goes on, and finds nobody of these names
    expect(agreed.code).toBe(5);
  });
  test('a new user, where the organization manages its people in the directory', async () => {
    const at = await bench('fresh');
    const { answers, flags } = await answered(at);
    const created = {
      ...answers,
      'administrator-user.user': 'new:',
      'administrator-user.directory': 'here',
      'administrator-user.userName': 'new.person',
      'administrator-user.givenName': 'New',
      'administrator-user.familyName': 'Person',
      'administrator-user.email': 'new.person@example.com',
    };
    const ended = await at.run(created, flags);
    expect(ended, ended.err).toMatchObject({ code: 0 });
    expect(await at.effects()).toEqual([all[0], 'identitystore:CreateUser', ...all.slice(1)]);
  });
});

describe('a permission set of that name that differs', () => {
  const decided = async (scenario: Scenario, verb: string, flags: readonly string[] = []) => {
    const at = await bench(scenario);
    const delegate = at.simulator.accounts.find(({ role }) => role === 'delegated-administrator');
    const name = await user(at, {}, []);
    const answers = {
      'administrator-user.user': name,
      'assign-administrator.target': at.account('Workloads Prod').id,
    };
    const undecided = await at.run(answers);
    expect(undecided).toMatchObject({ code: 4, err: expect.stringContaining('permission-set.existing') });
    const [choice = ''] = new RegExp(`${verb}@\\S+`).exec(undecided.err) ?? [];
    const ended = await at.run({ ...answers, 'permission-set.existing': choice }, [
      '--confirm',
      delegate?.id ?? '',
      ...flags,
    ]);
    return {
      at,
      ended,
      answers,
      choice,
      unconfirmed: () => at.run({ ...answers, 'permission-set.existing': choice }),
    };
  };
  test('is used as it is when that is decided', async () => {
    const { ended, at } = await decided('existing-set', 'use');
    expect(ended, ended.err).toMatchObject({ code: 0 });
    expect(await at.effects()).toEqual(['sso:CreateAccountAssignment']);
  });
  test('gets the document’s policy when that is decided, and every account that has it gets the new version', async () => {
    const { ended, at } = await decided('existing-set-with-admin', 'replace');
    expect(ended, ended.err).toMatchObject({ code: 0 });
    expect(await at.effects()).toEqual([
      'sso:PutInlinePolicyToPermissionSet',
      'sso:ProvisionPermissionSet',
      'sso:CreateAccountAssignment',
    ]);
    const { out } = await at.cli(['audit', 'export']);
    expect(out).toMatch(/^Before:\n\n```\n\{/m);
  });
  test('a decision is not confirmed by itself', async () => {
    const at = await bench('existing-set');
    const name = await user(at, {}, []);
    const { err } = await at.run({ 'administrator-user.user': name });
    const [choice = ''] = /use@\S+/.exec(err) ?? [];
    const ended = await at.run({ 'administrator-user.user': name, 'permission-set.existing': choice });
    expect(ended).toMatchObject({ code: 4, err: expect.stringContaining('--confirm') });
    expect(await at.effects()).toEqual([]);
  });
  test('provisioned in the management account: refused before any call, another name does', async () => {
    const at = await bench('set-in-management');
    const name = await user(at, {}, []);
    const answers = {
      'administrator-user.user': name,
      'assign-administrator.target': at.account('Workloads Prod').id,
    };
    expect(await at.run(answers)).toMatchObject({
      code: 5,
      err: expect.stringContaining('provisioned in the management account'),
    });
    expect(await at.effects()).toEqual([]);
    expect(
      await at.run({ ...answers, 'permission-set.name': 'CodeWhisperer_admin_2' }, ['--new']),
    ).toMatchObject({ code: 0 });
  });
  test('the management account as target stops the run before any call, with the reason', async () => {
    const at = await bench('delegated');
    const name = await user(at, {}, []);
    const management = at.simulator.accounts[0]?.id ?? '';
    const ended = await at.run({
      'administrator-user.user': name,
      'assign-administrator.target': management,
    });
    const why = 'The delegated administrator can neither assign anything in the management account';
    expect(ended).toMatchObject({ code: 4, err: expect.stringContaining(why) });
    expect(await at.effects()).not.toContain('sso:CreateAccountAssignment');
  });
});

describe('the other commands', () => {
  test('status and the audit log tell who did what, when, where, and how it is known', async () => {
    const { at } = await finished();
    expect((await at.cli(['status'])).out).toMatch(/^Finished /m);
    const { out, code } = await at.cli(['audit', 'export', '--format', 'markdown']);
    expect(code).toBe(0);
    const { requests } = await at.ledger();
    expect(requests.length).toBeGreaterThan(0);
    for (const operation of all) expect(out).toContain(operation);
    expect(out).toMatch(/verified: AWS accepted it, and it was read back/);
    expect(out).toMatch(/\| AWS request \| [0-9a-f]{8}-[0-9a-f]{4}-/); // AWS's request ids
    expect(out).toContain(at.simulator.organizationId);
    const lines = (await at.cli(['audit', 'export', '--format', 'jsonl'])).out.trim().split('\n');
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ at: expect.stringMatching(/Z$/), type: expect.any(String) });
    expect(out).not.toContain(at.simulator.accounts[0]?.secretAccessKey);
    expect(lines.join('')).not.toContain(at.simulator.accounts[0]?.secretAccessKey);
  });
  test('a guided run without a terminal says so', async () => {
    const at = await bench('fresh');
    for (const args of [[], ['demo']])
      expect(await at.shipped(args)).toMatchObject({
        code: 4,
        err: expect.stringContaining('standard input is not a terminal'),
      });
  });
  test('a run that was begun elsewhere is not gone on with here', async () => {
    const at = await bench('fresh');
    await at.run();
    const other = await bench('fresh');
    const file = join(at.home, 'answers.json');
    const ended = await at.cli(['run', '--answers', file, '--yes'], {
      AWS_ENDPOINT_URL: other.simulator.url,
    });
    expect(ended).toMatchObject({
      code: 5,
      err: expect.stringContaining('A run continues only where it began'),
    });
  });
  test('a damaged journal is refused, with the line, and nothing is touched', async () => {
    const at = await bench('fresh');
    await at.run();
    const runs = join(at.home, 'state', 'runs');
    const [id = ''] = await readdir(runs);
    const file = join(runs, id, 'journal.jsonl');
    const text = (await readFile(file, 'utf8')).replace('attested', 'attestad');
    await writeFile(file, text);
    const ended = await at.run();
    expect(ended).toMatchObject({ code: 7, err: expect.stringMatching(/damaged at line \d+/) });
    expect(await readFile(file, 'utf8')).toBe(text);
  });
  test.each([
    [['simulator', '--port', 'x'], 64],
    [['demo', '--scenario', 'nope'], 64],
    [['run'], 64],
    [['status', '--run', '01NOSUCH'], 64],
    [['--help'], 0],
  ])('%j exits with %i, in sentences', async (args, code) => {
    const at = await bench('fresh');
    const ended = await at.cli(args);
    expect(ended.code, ended.err).toBe(code);
    expect(ended.err + ended.out).not.toMatch(/\n\s+at /);
  });
  test('what is no command exits with 64, in sentences, as it is shipped', async () => {
    const ended = await (await bench('fresh')).shipped(['frobnicate']);
    expect(ended.code, ended.err).toBe(64);
    expect(ended.err + ended.out).not.toMatch(/\n\s+at /);
  });
  test('a profile that does not exist: the nearest is named', async () => {
    const at = await bench('fresh');
    const file = join(at.home, 'typo.json');
    await writeFile(
      file,
      JSON.stringify({
        profiles: { management: 'managment' },
        answers: { 'before-you-start.understood': 'attested' },
      }),
    );
    expect(
      await at.cli(['run', '--answers', file, '--yes'], { AWS_ENDPOINT_URL: at.simulator.url }),
    ).toMatchObject({ code: 6, err: expect.stringContaining('Did you mean “management”') });
  });
  test('wrong credentials: says which account is needed', async () => {
    const at = await bench('delegated');
    const file = join(at.home, 'wrong.json');
    await writeFile(
      file,
      JSON.stringify({
        profiles: { management: 'management', 'delegated-administrator': 'management' },
        answers: { 'before-you-start.understood': 'attested', 'session-duration.seen': 'skipped' },
      }),
    );
    const delegate = at.simulator.accounts.find(({ role }) => role === 'delegated-administrator');
    expect(await at.cli(['run', '--answers', file, '--yes'])).toMatchObject({
      code: 6,
      err: expect.stringContaining(delegate?.id ?? '?'),
    });
  });
  test('with the delegated administrator’s credentials alone, what is done already opens as done', async () => {
    const at = await bench('delegated');
    const file = join(at.home, 'alone.json');
    await writeFile(
      file,
      JSON.stringify({
        profiles: { 'delegated-administrator': 'delegated' },
        answers: { 'before-you-start.understood': 'attested', 'session-duration.seen': 'skipped' },
      }),
    );
    const ended = await at.cli(['run', '--answers', file, '--yes']);
    expect(ended, ended.err).toMatchObject({
      code: 4,
      err: expect.stringContaining('administrator-user.user'),
    });
    expect(ended.out).toMatch(/looked +register-delegated-administrator: done/);
  });
});

test.each<[Scenario, RegExp]>([
  ['customer-key', /^warning +home-region: .*customer managed key arn:aws:kms:\S+ .*permissions --actor/m],
  ['multi-region', /^note +home-region: The instance was extended to .*primary Region/m],
  ['active-directory', /^note +delegated-account: .*Active Directory[\s\S]*who is in its groups/m],
])(
  '%s: what a screen says beside its question is said before anything dangerous is confirmed',
  async (scenario, says) => {
    const at = await bench(scenario);
    const ended = await at.run({ 'delegated-account.account': at.account('Shared Services').id });
    expect(`${ended.out}${ended.err}`).toMatch(says);
    expect(await at.effects()).toEqual([]);
  },
);
