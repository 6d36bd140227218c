import { ListGroupsCommand, ListUsersCommand } from '@aws-sdk/client-identitystore';
import { expect, test } from 'vitest';
import { clients } from '../simulator/simulated.ts';
import { type Runner, runner } from './in-process.ts';

const always = { times: 'always' } as const;
const sent = async (at: Runner): Promise<readonly string[]> =>
  (await at.ledger()).requests.map(({ operation }) => operation);

/** Somebody, by all their names, and a group. */
async function people({ simulator }: Runner) {
  const [management] = simulator.accounts;
  if (!management) throw new Error('no account');
  const { sso: _, identity } = clients(simulator.url, management, simulator.region);
  const { ListInstancesCommand } = await import('@aws-sdk/client-sso-admin');
  const { Instances = [] } = await _.send(new ListInstancesCommand({}));
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

test.each([
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
])('%s: nobody is said to be missing, and what is the matter is', async (_, fault, says) => {
  for (const [operation, user] of [
    ['identitystore:GetUserId', undefined],
    ['identitystore:DescribeUser', undefined],
    ['identitystore:GetGroupId', 'group'],
    ['identitystore:DescribeGroup', 'group'],
  ] as const) {
    const at = await runner('delegated');
    const { group } = await people(at);
    await at.order('_faults', { ...fault, operation, ...always });
    const ended = await at.run(user ? { 'administrator-user.user': group } : {});
    expect(ended.said, operation).toMatch(says);
    expect(ended.code, operation).toBe(5);
    expect(ended.said).not.toMatch(/nobody has|no group is called/);
    expect(await sent(at)).not.toContain('sso:CreatePermissionSet');
  }
});

test.each(['name', 'email', 'group'] as const)(
  'AWS falsely says that there is none of that %s: a listing finds them',
  async (by) => {
    const at = await runner('delegated');
    const found = await people(at);
    for (const operation of ['identitystore:GetUserId', 'identitystore:GetGroupId'])
      await at.order('_faults', { fault: 'said-to-be-missing', operation, ...always });
    const ended = await at.run({ 'administrator-user.user': found[by] });
    expect(ended, ended.said).toMatchObject({ code: 0 });
  },
);

test.each([
  ['nobody.at.all', 'nobody has the user name'],
  ['nobody@example.com', 'nobody has the user name'],
  ['group:No such group', 'no group is called No such group'],
])('%s: that there is none is said only after a listing', async (user, says) => {
  const at = await runner('delegated');
  const ended = await at.run({ 'administrator-user.user': user });
  expect(ended.code).toBe(5);
  expect(ended.said).toContain(says);
  expect(await sent(at)).toContain(
    user.startsWith('group:') ? 'identitystore:ListGroups' : 'identitystore:ListUsers',
  );
});

test('a listing that is refused proves nothing: nobody is said to be missing', async () => {
  const at = await runner('delegated');
  await at.order('_faults', { fault: 'denied-by-scp', operation: 'identitystore:ListUsers', ...always });
  const ended = await at.run({ 'administrator-user.user': 'nobody.at.all' });
  expect(ended.code).toBe(5);
  expect(ended.said).toMatch(/identitystore:ListUsers/);
  expect(ended.said).not.toContain('nobody has');
});

test.each(['sso:DescribePermissionSet', 'sso:GetPermissionsBoundaryForPermissionSet'])(
  '%s refused for want of the key: no set is taken for absent, and none is made',
  async (operation) => {
    const at = await runner('existing-set');
    await at.order('_faults', { fault: 'key-trouble', operation, ...always });
    const ended = await at.run();
    expect(ended.code).toBe(5);
    expect(ended.said).toMatch(/KMS_NotFoundException.*customer managed key/s);
    expect(await sent(at)).not.toContain('sso:CreatePermissionSet');
  },
);

test('the undo takes nothing for gone for want of the key', async () => {
  const at = await runner('delegated');
  expect((await at.run()).code).toBe(0);
  for (const operation of ['sso:ListAccountAssignments', 'sso:DescribePermissionSet'])
    await at.order('_faults', { fault: 'key-trouble', operation, ...always });
  const back = await at.undo();
  expect(back.code, back.said).not.toBe(0);
  expect(back.said).toMatch(/KMS_NotFoundException/);
  expect((await at.events()).filter(({ type }) => type === 'taken-back')).toEqual([]);
});
