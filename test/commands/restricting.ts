import { expect } from 'vitest';
import type { Scenario } from '../../src/simulator/scenarios/scenarios.ts';
import { type Actor, actionsOf, actors, type Runner, runner } from './in-process.ts';

/** From now on both identities may do what the printed policies allow, and one of them lacks an action. */
export async function restrict(
  at: Runner,
  more: { readonly undo?: boolean } = {},
  missing?: {
    readonly actor: Actor;
    readonly action: string;
    readonly layer?: 'scp' | 'boundary' | 'session';
  },
): Promise<void> {
  for (const actor of actors) {
    const all = actionsOf(actor, more);
    const lacks = missing?.actor === actor ? missing : undefined;
    const rest = all.filter((action) => action !== lacks?.action);
    await at.order('_permissions', {
      account: at.accounts[actor],
      actions: lacks?.layer ? all : rest,
      ...(lacks?.layer === 'scp' ? { scp: [lacks.action] } : {}),
      ...(lacks?.layer === 'boundary' ? { boundary: rest } : {}),
      ...(lacks?.layer === 'session' ? { session: rest } : {}),
    });
  }
}
export const done = [
  'organizations:RegisterDelegatedAdministrator',
  'sso:CreatePermissionSet',
  'sso:PutInlinePolicyToPermissionSet',
  'sso:CreateAccountAssignment',
];
export const effectsOf = async (at: Runner): Promise<readonly string[]> =>
  (await at.ledger()).effects.map(({ operation }) => operation);
/** Each change that reached AWS has an intent of its own in the journal. */
export async function nothingUnrecorded(at: Runner): Promise<void> {
  const intents = (await at.events()).flatMap((event) =>
    event.type === 'intended' ? [event.call.operation] : [],
  );
  const sent = (await at.ledger()).requests
    .map(({ operation }) => operation)
    .filter((operation) => /:(Create|Put|Delete|Register|Deregister|Provision)/.test(operation));
  expect(sent.toSorted()).toEqual(intents.toSorted());
}

/** Not asked for in this organization, by this actor. */
export const unasked: Readonly<Record<Actor, readonly string[]>> = {
  management: ['account:ListRegions', 'iam:GetRole'], // the instance is in the configured Region; the caller is no role
  'delegated-administrator': [
    // seen with the management account’s eyes
    ...['account:GetAccountInformation', 'account:GetRegionOptStatus', 'account:ListRegions'],
    'sso:ListInstances',
    'organizations:DescribeOrganization',
    ...['organizations:ListAWSServiceAccessForOrganization', 'organizations:ListDelegatedAdministrators'],
    ...['identitystore:DescribeGroup', 'identitystore:GetGroupId'], // no group is chosen
    ...['identitystore:ListGroupMemberships', 'identitystore:ListGroups'],
    ...['identitystore:ListUsers', 'identitystore:CreateUser'], // the user is named, and is there
    ...['sso:ListAccountAssignmentCreationStatus', 'sso:ListPermissionSetProvisioningStatus'], // no reply is lost
    ...['sso:ProvisionPermissionSet', 'sso:DescribePermissionSetProvisioningStatus'], // nobody has the set yet
    ...['sso:DescribeInstance', 'iam:GetRole'], // AWS owns the key; the caller is no role
    ...['sso:ListTagsForResource', 'sso:ListAccountAssignmentDeletionStatus'], // when it is taken back
    'sso:DescribeAccountAssignmentDeletionStatus',
  ],
};
/** Without it the run comes to its end all the same, and says what was not done, or was not known. */
export const spare: Readonly<Record<Actor, readonly string[]>> = {
  management: ['account:GetAccountInformation', 'sso:DescribeInstance', 'sso:ListApplications'],
  'delegated-administrator': [
    ...['sso:TagResource', 'sso:DescribeAccountAssignmentCreationStatus', 'sso:ListApplications'],
  ],
};
/** The step in which an actor’s permissions are looked at, and the one it then changes something in. */
export const beforeChanges = {
  management: ['register-delegated-administrator', 'register-delegated-administrator'],
  'delegated-administrator': ['delegated-identity', 'permission-set'],
} as const;
export const simulation = 'iam:SimulatePrincipalPolicy';
/** Each action that this organization asks an actor for, and that nothing can do without. */
export const each = actors.flatMap((actor) =>
  actionsOf(actor)
    .filter(
      (action) => !unasked[actor].includes(action) && !spare[actor].includes(action) && action !== simulation,
    )
    .map((action) => ({ actor, action })),
);
export const lacks: Readonly<Record<'identity' | 'scp' | 'boundary' | 'session', RegExp>> = {
  identity: /The policies of these credentials do not allow it/,
  scp: /A service control policy of the organization denies it/,
  boundary: /The permissions boundary of these credentials denies it/,
  session: /The policy of this session denies it/,
};

/** A run whose actor may do everything but this: it stops, and says what is missing and whose policy it is. */
export async function stopsForWantOf({ actor, action }: (typeof each)[number]): Promise<void> {
  const at = await runner();
  await restrict(at, {}, { actor, action });
  const ended = await at.run();
  expect(ended.said).toContain(action);
  expect(ended.said).toMatch(lacks.identity);
  // Nothing is gone on with by guessing: a prerequisite, or a reason to go on is asked for.
  expect([4, 5], ended.said).toContain(ended.code);
  const effects = await effectsOf(at);
  expect(effects).toEqual(actor === 'management' ? [] : effects.slice(0, 1));
  expect(effects.every((effect) => done.slice(0, 1).includes(effect))).toBe(true);
  await nothingUnrecorded(at);
}

/** With exactly the printed policies a run comes to its end, and is taken back. */
export async function thereAndBack(scenario: Scenario): Promise<void> {
  const at = await runner(scenario);
  await restrict(at);
  const ended = await at.run();
  expect(ended, ended.said).toMatchObject({ code: 0 });
  await restrict(at, { undo: true });
  const back = await at.undo();
  expect(back, back.said).toMatchObject({ code: 0 });
  await nothingUnrecorded(at);
}
/** The same, where a set is there that differs. */
export async function replacedAndPutBack(scenario: Scenario): Promise<void> {
  const at = await runner(scenario);
  await restrict(at);
  const [, choice = ''] = /^ +(replace@\S+) /m.exec((await at.run()).said) ?? [];
  const ended = await at.run({ 'permission-set.existing': choice });
  expect(ended, ended.said).toMatchObject({ code: 0 });
  await restrict(at, { undo: true });
  expect(await at.undo()).toMatchObject({ code: 0 });
  await nothingUnrecorded(at);
}
/** A run whose actor lacks what is spare: it comes to its end, and says what is missing and whose policy it is. */
export async function doesWithout({ actor, action }: (typeof each)[number]): Promise<void> {
  const at = await runner();
  await restrict(at, {}, { actor, action });
  const ended = await at.run();
  expect(ended, ended.said).toMatchObject({ code: 0 });
  const [looks, changes] = beforeChanges[actor];
  const beforehand = ended.said.slice(0, ended.said.indexOf(`confirmed    ${changes}`));
  expect(beforehand).toMatch(new RegExp(`^warning      ${looks}: .*not allowed: ${action} `, 'm'));
  expect(beforehand).toMatch(lacks.identity);
  expect(beforehand).toContain(`cw-runbook permissions --actor ${actor}`);
  expect(await effectsOf(at)).toEqual(done);
}
