import { describe, expect, test } from 'vitest';
import type { Actor } from '../../src/model/call.ts';
import { permissionsOf } from '../../src/model/permissions.ts';
import { steps } from '../../steps/index.ts';
import { all, answered, type Bench, bench } from './bench.ts';

const actionsOf = (actor: Actor): readonly string[] => {
  const { reads, writes } = permissionsOf(steps, actor);
  return [...reads, ...writes];
};
/** From now on both identities may do what the printed policies allow, and one of them lacks an action. */
async function restrict(at: Bench, missing?: { readonly actor: Actor; readonly action: string }) {
  const accounts = [
    ['management', at.simulator.accounts[0]?.id],
    ['delegated-administrator', at.account('Shared Services').id],
  ] as const;
  for (const [actor, account] of accounts) {
    const actions = actionsOf(actor).filter((one) => missing?.actor !== actor || missing.action !== one);
    const body = JSON.stringify({ account, actions });
    expect(await fetch(`${at.simulator.url}/_permissions`, { method: 'POST', body })).toMatchObject({
      status: 200,
    });
  }
}

test('with exactly the printed policies the run comes to its end', async () => {
  const at = await bench('fresh', { settle: 0 });
  await restrict(at);
  const { answers, flags } = await answered(at);
  expect(await at.run(answers, flags)).toMatchObject({ code: 0, err: '' });
  expect(await at.effects()).toEqual(all);
});

/** Not asked for in this organization, by this actor. */
const spare: Readonly<Record<Actor, readonly string[]>> = {
  management: ['account:ListRegions'], // where the instance is not in the configured Region
  'delegated-administrator': [
    // seen with the management account’s eyes
    ...['account:GetRegionOptStatus', 'account:ListRegions', 'organizations:DescribeOrganization'],
    ...['organizations:ListAWSServiceAccessForOrganization', 'organizations:ListDelegatedAdministrators'],
    ...['identitystore:DescribeGroup', 'identitystore:GetGroupId'], // no group is chosen
    ...['identitystore:ListGroupMemberships', 'identitystore:ListGroups'],
    ...['identitystore:ListUsers', 'identitystore:CreateUser'], // the user is named, and is there
    ...['sso:ListAccountAssignmentCreationStatus', 'sso:ListPermissionSetProvisioningStatus'], // no reply is lost
    ...['sso:ProvisionPermissionSet', 'sso:DescribePermissionSetProvisioningStatus'], // nobody has the set yet
    'sso:DescribeAccountAssignmentCreationStatus', // what AWS lists has to do then
    ...['sso:TagResource', 'sso:ListTagsForResource'], // offered without tags; looked at when it is taken back
  ],
};
const needed = (actor: Actor) => actionsOf(actor).filter((action) => !spare[actor].includes(action));
const refusal = (action: string) =>
  new RegExp(
    `not authorized to perform: ${action}[\\s\\S]*The policies of these credentials do not allow it`,
  );

describe('with one action missing it stops, and names it', () => {
  test.each(needed('management'))('the management account lacks %s', async (action) => {
    const at = await bench('fresh', { settle: 0 });
    await restrict(at, { actor: 'management', action });
    const delegate = at.account('Shared Services');
    const ended = await at.run({ 'delegated-account.account': delegate.id }, ['--confirm', delegate.name]);
    expect(ended.code).not.toBe(0);
    expect(ended.err).toMatch(refusal(action));
    expect(await at.effects()).toEqual([]);
  });

  test.each(needed('delegated-administrator'))('the delegated administrator lacks %s', async (action) => {
    const at = await bench('fresh', { settle: 0 });
    const { answers, flags } = await answered(at);
    await restrict(at, { actor: 'delegated-administrator', action });
    const ended = await at.run(answers, [...flags, '--patience', '300']);
    expect(ended.code).not.toBe(0);
    expect(ended.err).toMatch(refusal(action));
    const effects = await at.effects();
    expect(effects).toEqual(all.slice(0, effects.length));
  });
});

test('where AWS does not let us ask how a request ended, what it lists has to do', async () => {
  const at = await bench('fresh', { settle: 0 });
  const { answers, flags } = await answered(at);
  await restrict(at, {
    actor: 'delegated-administrator',
    action: 'sso:DescribeAccountAssignmentCreationStatus',
  });
  const ended = await at.run(answers, flags);
  expect(ended, ended.err).toMatchObject({ code: 0 });
  expect(ended.out).toMatch(
    /verified +assign-administrator\/USER:\S+#\d: AWS accepted it, and it was read back/,
  );
});
