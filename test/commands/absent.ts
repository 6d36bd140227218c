import { ListGroupsCommand, ListUsersCommand } from '@aws-sdk/client-identitystore';
import { ListInstancesCommand } from '@aws-sdk/client-sso-admin';
import { expect } from 'vitest';
import { clients } from '../simulator/simulated.ts';
import { type Runner, runner } from './in-process.ts';

export const always = { times: 'always' } as const;
export const sent = async (at: Runner): Promise<readonly string[]> =>
  (await at.ledger()).requests.map(({ operation }) => operation);

/** Somebody, by all their names, and a group. */
export async function people({ simulator }: Runner) {
  const [management] = simulator.accounts;
  if (!management) throw new Error('no account');
  const { sso, identity } = clients(simulator.url, management, simulator.region);
  const { Instances = [] } = await sso.send(new ListInstancesCommand({}));
  const IdentityStoreId = Instances[0]?.IdentityStoreId;
  const { Users = [] } = await identity.send(new ListUsersCommand({ IdentityStoreId }));
  const { Groups = [] } = await identity.send(new ListGroupsCommand({ IdentityStoreId }));
  const user = Users.find(({ UserStatus, Emails }) => UserStatus === 'ENABLED' && Emails?.[0]?.Value);
  return {
    store: IdentityStoreId ?? '',
    name: user?.UserName ?? '',
    email: user?.Emails?.[0]?.Value ?? '',
    group: `group:${Groups[0]?.DisplayName}`,
  };
}

/** What stands in the way of an answer about somebody, and what is to be said of it. */
export const ways: readonly (readonly [what: string, fault: object, says: RegExp])[] = [
  [
    'the key is gone',
    { fault: 'key-trouble', reason: 'not-found' },
    /KMS_KEY_NOT_FOUND.*customer managed key/s,
  ],
  ['the key is disabled', { fault: 'key-trouble', reason: 'disabled' }, /KMS_DISABLED.*is disabled/s],
  [
    'the key is in no state',
    { fault: 'key-trouble', reason: 'invalid-state' },
    /KMS_INVALID_STATE.*not usable in its current state/s,
  ],
  [
    'the key is of another kind',
    { fault: 'key-trouble', reason: 'invalid-key-usage' },
    /KMS_INVALID_KEY_USAGE.*not usable in its current state/s,
  ],
  [
    'the key’s ARN is none',
    { fault: 'key-trouble', reason: 'invalid-arn' },
    /KMS_INVALID_ARN.*customer managed key/s,
  ],
  [
    'the key may not be used',
    { fault: 'key-trouble', reason: 'access-denied' },
    /KMS_ACCESS_DENIED.*cannot use it/s,
  ],
  ['the store is not found', { fault: 'store-not-found' }, /identity store d-\w+/],
];
/** How the program asks for somebody. */
export const askingFor: readonly (readonly [operation: string, kind: 'user' | 'group'])[] = [
  ['identitystore:GetUserId', 'user'],
  ['identitystore:DescribeUser', 'user'],
  ['identitystore:GetGroupId', 'group'],
  ['identitystore:DescribeGroup', 'group'],
];

/** A run that asks so and is answered so: nobody is said to be missing, and what is the matter is. */
export async function isNoAbsence(
  [operation, kind]: (typeof askingFor)[number],
  [, fault, says]: (typeof ways)[number],
): Promise<void> {
  const at = await runner('delegated');
  const { group } = await people(at);
  await at.order('_faults', { ...fault, operation, ...always });
  const ended = await at.run(kind === 'group' ? { 'administrator-user.user': group } : {});
  expect(ended.said, operation).toMatch(says);
  expect(ended.code, operation).toBe(5);
  expect(ended.said).not.toMatch(/nobody has|no group is called/);
  expect(await sent(at)).not.toContain('sso:CreatePermissionSet');
}
