import { describe, expect } from 'vitest';
import type { Scenario } from '../../src/simulator/scenarios/scenarios.ts';
import { more, test } from '../more.ts';
import { all, answered, bench, user } from './bench.ts';
import { newPerson } from './new-person.ts';

describe('every scenario, unattended', () => {
  more('delegated: nobody is registered again', async () => {
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
  more('opt-in-region: stops, with the reason', async () => {
    const at = await bench('opt-in-region');
    expect(await at.run()).toMatchObject({ code: 5, err: expect.stringContaining('is an opt-in Region') });
  });
  more('no-instance: says where to enable it', async () => {
    const at = await bench('no-instance');
    expect(await at.run()).toMatchObject({
      code: 5,
      err: expect.stringMatching(/https:\/\/\d{12}\.us-east-1\.console\.aws\.amazon\.com\/singlesignon\//),
    });
  });
  more('other-region: the instance is found where it is', async () => {
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
  more('external-idp: an existing user is promoted; none is created', async () => {
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
  more('done, and kept as it is: everything is found, nothing is asked and nothing is changed', async () => {
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
  more('a new user, where the organization manages its people in the directory', async () => {
    const at = await bench('fresh');
    const { answers, flags } = await answered(at);
    const created = {
      ...answers,
      ...newPerson,
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
  more(
    'gets the document’s policy when that is decided, and every account that has it gets the new version',
    async () => {
      const { ended, at } = await decided('existing-set-with-admin', 'replace');
      expect(ended, ended.err).toMatchObject({ code: 0 });
      expect(await at.effects()).toEqual([
        'sso:PutInlinePolicyToPermissionSet',
        'sso:ProvisionPermissionSet',
        'sso:CreateAccountAssignment',
      ]);
      const { out } = await at.cli(['audit', 'export']);
      expect(out).toMatch(/^Before:\n\n```\n\{/m);
    },
  );
  test('a decision is not confirmed by itself', async () => {
    const at = await bench('existing-set');
    const name = await user(at, {}, []);
    const { err } = await at.run({ 'administrator-user.user': name });
    const [choice = ''] = /use@\S+/.exec(err) ?? [];
    const ended = await at.run({ 'administrator-user.user': name, 'permission-set.existing': choice });
    expect(ended).toMatchObject({ code: 4, err: expect.stringContaining('--confirm') });
    expect(await at.effects()).toEqual([]);
  });
  more('provisioned in the management account: refused before any call, another name does', async () => {
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
