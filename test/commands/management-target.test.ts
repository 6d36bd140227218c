import {
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  ListAccountAssignmentsCommand,
  PutInlinePolicyToPermissionSetCommand,
} from '@aws-sdk/client-sso-admin';
import { describe, expect, test } from 'vitest';
import { documentedPolicy } from '../../steps/policies/index.ts';
import { clients } from '../simulator/simulated.ts';
import { actionsOf, type Runner, runner } from './in-process.ts';

const named = 'CodeWhisperer_administrator_mgmt';
const ownSet = { 'assign-administrator.management': 'own-set' };
const both = (at: Runner) => ({
  'assign-administrator.target': [at.account('Workloads Dev'), at.accounts.management],
});
/** What came of it at AWS, in order: the operation, and whose credentials did it. */
async function effects(at: Runner): Promise<readonly string[]> {
  const { effects, requests } = await at.ledger();
  const who = (n: number): string =>
    requests.find((request) => request.n === n)?.account === at.accounts.management
      ? 'management'
      : 'delegate';
  return effects.map(({ operation, n }) => `${who(n)} ${operation.split(':')[1]}`);
}
const usual = [
  'management RegisterDelegatedAdministrator',
  'delegate CreatePermissionSet',
  'delegate PutInlinePolicyToPermissionSet',
];
const there = [
  'management CreatePermissionSet',
  'management PutInlinePolicyToPermissionSet',
  'management CreateAccountAssignment',
];
const steps = ['management-set', 'assign-in-management'];

test('it is left out by default, with the reason; by decision and a typed name it gets a set of its own; and back', async () => {
  const at = await runner();
  const refused = await at.run(both(at));
  expect(refused).toMatchObject({ code: 4 });
  expect(refused.said).toMatch(/The delegated administrator can neither assign anything in the management/);
  expect(refused.said).toContain('"answers": {"assign-administrator.management":');
  expect(await effects(at)).toEqual(usual);

  const untyped = await at.run({ ...both(at), ...ownSet }, {}, { confirm: [] });
  expect(untyped).toMatchObject({ code: 4, said: expect.stringContaining('Dangerous. Confirm it with') });
  expect(await effects(at)).toEqual(usual);

  const ended = await at.run({ ...both(at), ...ownSet });
  expect(ended, ended.said).toMatchObject({ code: 0 });
  const all = [...usual, 'delegate CreateAccountAssignment', ...there];
  expect(await effects(at)).toEqual(all);
  const made = (await at.ledger()).effects.filter(({ operation }) => operation === 'sso:CreatePermissionSet');
  expect(made[1]?.key).toContain(`|${named}|`);

  const again = await at.run({ ...both(at), ...ownSet }, {}, { fresh: true });
  expect(again, again.said).toMatchObject({ code: 0 });
  expect(await effects(at)).toEqual(all);

  // The newest run made nothing: the one before it is taken back, the last first.
  const back = await at.undo();
  expect(back, back.said).toMatchObject({ code: 0 });
  expect((await effects(at)).slice(all.length)).toEqual([
    ...['management DeleteAccountAssignment', 'management DeletePermissionSet'],
    ...['delegate DeleteAccountAssignment', 'delegate DeletePermissionSet'],
    'management DeregisterDelegatedAdministrator',
  ]);
});

test('left out by decision, it is no part of the run; alone it cannot be left out', async () => {
  const at = await runner('delegated');
  const out = { 'assign-administrator.management': 'leave-out' };
  const alone = await at.run({ 'assign-administrator.target': [at.accounts.management], ...out });
  expect(alone).toMatchObject({ code: 4, said: expect.stringContaining('Not answered by “leave-out”') });
  const ended = await at.run({ ...both(at), ...out });
  expect(ended, ended.said).toMatchObject({ code: 0 });
  expect(await effects(at)).toEqual([...usual.slice(1), 'delegate CreateAccountAssignment']);
  for (const step of steps) expect(ended.said).not.toContain(step);
});

test('the set has another name than the delegated administrator’s', async () => {
  const at = await runner('delegated');
  const same = { 'management-set.name': 'CodeWhisperer_administrator' };
  const ended = await at.run({ ...both(at), ...ownSet, ...same });
  expect(ended).toMatchObject({ code: 5, said: expect.stringContaining('Choose another name') });
  expect(await effects(at)).not.toContain(there[0]);
});

describe('permissions', () => {
  const restrict = async (at: Runner, actions: readonly string[]): Promise<void> =>
    at.order('_permissions', { account: at.accounts.management, actions });
  const printed = (more: { readonly undo?: boolean }) => actionsOf('management', { ...more, optional: true });

  test('the printed policy is enough, to the end and back', async () => {
    const at = await runner('delegated');
    await restrict(at, printed({}));
    const ended = await at.run({ ...both(at), ...ownSet });
    expect(ended, ended.said).toMatchObject({ code: 0 });
    await restrict(at, printed({ undo: true }));
    const back = await at.undo();
    expect(back, back.said).toMatchObject({ code: 0 });
  });

  test('without the right to make the role AWS fails the assignment, and says which one is missing', async () => {
    const at = await runner('delegated');
    await restrict(
      at,
      printed({}).filter((action) => action !== 'iam:CreateRole'),
    );
    const ended = await at.run({ ...both(at), ...ownSet });
    expect(ended).toMatchObject({ code: 1, said: expect.stringMatching(/403.*iam:CreateRole/) });
    expect(await effects(at)).not.toContain(there[2]);
    const seen = (await at.events()).flatMap((event) =>
      event.type === 'looked' && event.step === 'management-set' ? event.plan.goals : [],
    );
    // Said before the first change there; policies that name roles leave it open.
    expect(seen).toContainEqual(
      expect.objectContaining({
        id: 'permissions',
        is: 'warning',
        found: expect.stringContaining('iam:CreateRole'),
      }),
    );
    await restrict(at, printed({}));
    expect(await at.run({ ...both(at), ...ownSet })).toMatchObject({ code: 0 });
    expect(await effects(at)).toContain(there[2]);
  });

  test('what only these steps need is not in the policy of a run without them', () => {
    expect(
      actionsOf('management').filter((action) => action.includes('Role') || action.includes('Assignment')),
    ).toEqual(
      ['iam:GetRole'], // with it an assumed role finds out its own path
    );
  });
});

test('with the delegated administrator’s credentials alone: what the management account does by hand is seen', async () => {
  const at = await runner('delegated');
  const alone = { profiles: { 'delegated-administrator': 'delegated' } };
  const go = () => at.run({ ...both(at), ...ownSet }, {}, alone);
  const first = await go();
  expect(first).toMatchObject({ code: 4, said: expect.stringContaining('management account') });
  const [management] = at.simulator.accounts;
  const { sso } = clients(at.simulator.url, management ?? expect.fail(), at.simulator.region);
  const events = await at.events();
  const set =
    events.flatMap((event) =>
      event.type === 'intended' && event.call.operation === 'sso:CreateAccountAssignment'
        ? [event.call.input]
        : [],
    )[0] ?? expect.fail();
  const { InstanceArn } = set;
  const created = await sso.send(new CreatePermissionSetCommand({ InstanceArn, Name: named }));
  const PermissionSetArn = created.PermissionSet?.PermissionSetArn;
  const policy = { InstanceArn, PermissionSetArn, InlinePolicy: documentedPolicy.text };
  await sso.send(new PutInlinePolicyToPermissionSetCommand(policy));
  expect(await go()).toMatchObject({ code: 4 });
  await sso.send(
    new CreateAccountAssignmentCommand({ ...set, PermissionSetArn, TargetId: at.accounts.management }),
  );
  const ended = await go();
  expect(ended, ended.said).toMatchObject({ code: 0 });
  const listed = { InstanceArn, PermissionSetArn, AccountId: at.accounts.management };
  expect((await sso.send(new ListAccountAssignmentsCommand(listed))).AccountAssignments).toHaveLength(1);
});
