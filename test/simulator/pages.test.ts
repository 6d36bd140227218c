import {
  ListGroupMembershipsCommand,
  ListGroupsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-identitystore';
import {
  CreateAccountAssignmentCommand,
  ListAccountAssignmentCreationStatusCommand,
  ListPermissionSetsCommand,
} from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import { refusal, simulated } from './simulated.ts';

test('a token leads on in its own list, with pages of any size', async () => {
  const { as, instance } = await simulated('fresh');
  const { store: IdentityStoreId } = await instance();
  const { identity } = as();
  const { Groups: [first, second] = [] } = await identity.send(new ListGroupsCommand({ IdentityStoreId }));
  const members = async (GroupId: string | undefined, more: object = {}) =>
    identity.send(new ListGroupMembershipsCommand({ IdentityStoreId, GroupId, ...more }));
  const { GroupMemberships: all = [] } = await members(first?.GroupId);
  const { NextToken, GroupMemberships = [] } = await members(first?.GroupId, { MaxResults: 3 });
  const rest = await members(first?.GroupId, { MaxResults: 50, NextToken });
  expect([...GroupMemberships, ...(rest.GroupMemberships ?? [])]).toEqual(all);

  expect(await refusal(members(second?.GroupId, { MaxResults: 3, NextToken }))).toMatchObject({
    name: 'ValidationException',
    message: 'The provided NextToken is not valid.',
  });
});

test('a token of a list with one filter does not fit the list with another', async () => {
  const { as, instance, named } = await simulated('delegated', { settle: 0 });
  const { arn: InstanceArn, store: IdentityStoreId } = await instance();
  const { sso, identity } = as();
  const { PermissionSets: [PermissionSetArn] = [] } = await sso.send(
    new ListPermissionSetsCommand({ InstanceArn }),
  );
  const { Users = [] } = await identity.send(new ListUsersCommand({ IdentityStoreId, MaxResults: 3 }));
  for (const { UserId } of Users)
    await sso.send(
      new CreateAccountAssignmentCommand({
        ...{ InstanceArn, PermissionSetArn, PrincipalId: UserId, PrincipalType: 'USER' },
        ...{ TargetId: named('Workloads Dev').id, TargetType: 'AWS_ACCOUNT' },
      }),
    );
  const list = (more: object) =>
    sso.send(new ListAccountAssignmentCreationStatusCommand({ InstanceArn, MaxResults: 1, ...more }));
  const Filter = { Status: 'SUCCEEDED' };
  const { NextToken } = await list({ Filter });
  expect(NextToken).toBeDefined();
  await list({ Filter, NextToken });
  for (const other of [{}, { Filter: { Status: 'FAILED' } }])
    expect((await refusal(list({ ...other, NextToken }))).name).toBe('ValidationException');
});
