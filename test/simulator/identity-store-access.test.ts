import {
  CreateUserCommand,
  DescribeGroupCommand,
  DescribeUserCommand,
  GetUserIdCommand,
  ListGroupMembershipsCommand,
  ListGroupsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-identitystore';
import { expect, test } from 'vitest';
import { refusal, simulated } from './simulated.ts';

async function world() {
  const at = await simulated('delegated');
  const delegate = at.withRole('delegated-administrator');
  const { store: IdentityStoreId } = await at.instance();
  const { identity } = at.as(delegate);
  const { Users: [user] = [] } = await identity.send(new ListUsersCommand({ IdentityStoreId }));
  const { Groups: [group] = [] } = await identity.send(new ListGroupsCommand({ IdentityStoreId }));
  const restrict = (policies: object) =>
    fetch(`${at.url}/_permissions`, {
      method: 'POST',
      body: JSON.stringify({ account: delegate.id, ...policies }),
    });
  const { UserName = '', UserId } = user ?? {};
  const AlternateIdentifier = { UniqueAttribute: { AttributePath: 'userName', AttributeValue: UserName } };
  const ask = {
    DescribeUser: () => identity.send(new DescribeUserCommand({ IdentityStoreId, UserId })),
    GetUserId: () => identity.send(new GetUserIdCommand({ IdentityStoreId, AlternateIdentifier })),
    ListUsers: () => identity.send(new ListUsersCommand({ IdentityStoreId })),
    ListGroups: () => identity.send(new ListGroupsCommand({ IdentityStoreId })),
    DescribeGroup: () =>
      identity.send(new DescribeGroupCommand({ IdentityStoreId, GroupId: group?.GroupId })),
    ListGroupMemberships: () =>
      identity.send(new ListGroupMembershipsCommand({ IdentityStoreId, GroupId: group?.GroupId })),
    CreateUser: () =>
      identity.send(
        new CreateUserCommand({
          IdentityStoreId,
          UserName: 'new.person',
          DisplayName: 'New',
          Name: { GivenName: 'New', FamilyName: 'Person' },
        }),
      ),
  };
  const store = `arn:aws:identitystore::${at.management.id}:identitystore/${IdentityStoreId}`;
  const sentence = (operation: string, resource: string): string =>
    `User: arn:aws:iam::${delegate.id}:user/runbook-operator is not authorized to perform: identitystore:${operation} on resource: ${resource} because no identity-based policy allows the identitystore:${operation} action`;
  const on = (kind: 'user' | 'group' | 'membership', id = '*') => `arn:aws:identitystore:::${kind}/${id}`;
  return { ask, restrict, store, sentence, on, UserId, GroupId: group?.GroupId };
}

test('refused on the user and on the store: a sentence each, as others have met it', async () => {
  const { ask, restrict, sentence, store, on, UserId } = await world();
  await restrict({ actions: ['sts:*'] });
  expect(await refusal(ask.DescribeUser())).toMatchObject({
    name: 'AccessDeniedException',
    message: `${sentence('DescribeUser', on('user', UserId))}, ${sentence('DescribeUser', store)}`,
  });
});

test('a policy that names the store alone does not allow what is about users or groups', async () => {
  const { ask, restrict, sentence, store, on, UserId, GroupId } = await world();
  await restrict({ resources: [store] });
  const refused = {
    DescribeUser: on('user', UserId),
    GetUserId: on('user'),
    ListUsers: on('user'),
    ListGroups: on('group'),
    DescribeGroup: on('group', GroupId),
  } as const;
  for (const [operation, resource] of Object.entries(refused))
    expect((await refusal(ask[operation as keyof typeof refused]())).message).toBe(
      sentence(operation, resource),
    );
  expect((await refusal(ask.ListGroupMemberships())).message).toBe(
    `${sentence('ListGroupMemberships', on('membership'))}, ${sentence('ListGroupMemberships', on('group', GroupId))}`,
  );
  await ask.CreateUser();
  await restrict({ resources: [store, on('user'), on('group'), on('membership')] });
  for (const one of ['DescribeUser', 'GetUserId', 'ListUsers', 'ListGroups', 'DescribeGroup'] as const)
    await ask[one]();
  await ask.ListGroupMemberships();
});
