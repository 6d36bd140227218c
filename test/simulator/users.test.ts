import {
  CreateUserCommand,
  type CreateUserCommandInput,
  DeleteUserCommand,
  DescribeUserCommand,
  GetUserIdCommand,
  ListGroupMembershipsCommand,
  ListGroupsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-identitystore';
import {
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  ListAccountAssignmentsCommand,
} from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import { refusal, simulated } from './simulated.ts';

const given: Omit<CreateUserCommandInput, 'IdentityStoreId'> = {
  UserName: 'n.full',
  DisplayName: 'N O',
  Name: {
    GivenName: 'N',
    FamilyName: 'O',
    MiddleName: 'M',
    Formatted: 'Dr N M O',
    HonorificPrefix: 'Dr',
    HonorificSuffix: 'III',
  },
  NickName: 'nick',
  Title: 'T',
  UserType: 'U',
  Locale: 'en',
  PreferredLanguage: 'en-gb',
  Timezone: 'Z',
  ProfileUrl: 'https://example.com/n',
  Website: 'https://example.com',
  Birthdate: '1970-01-01',
  Addresses: [{ Country: 'DE', Locality: 'Ulm', Type: 'home', Primary: true }],
  PhoneNumbers: [{ Value: '1', Type: 'work' }],
  Emails: [{ Value: 'n.full@example.com', Type: 'home', Primary: false }],
  Photos: [{ Value: 'https://example.com/n.png', Display: 'N' }],
  Roles: [{ Value: 'R', Primary: true }],
};
const enterprise = 'aws:identitystore:enterprise';

test('a created user has everything that was given, and nothing else', async () => {
  const { as, instance } = await simulated('fresh');
  const { store: IdentityStoreId } = await instance();
  const { identity } = as();
  const { UserId } = await identity.send(new CreateUserCommand({ IdentityStoreId, ...given }));

  const described = await identity.send(new DescribeUserCommand({ IdentityStoreId, UserId }));
  expect(described).toMatchObject({ ...given, UserId, UserStatus: 'ENABLED' });

  const { Users = [] } = await identity.send(new ListUsersCommand({ IdentityStoreId }));
  const { $metadata: _, ...user } = described;
  expect(Users.find((one) => one.UserId === UserId)).toEqual(user);
  const found = await identity.send(
    new GetUserIdCommand({
      IdentityStoreId,
      AlternateIdentifier: {
        UniqueAttribute: { AttributePath: 'emails.value', AttributeValue: 'n.full@example.com' },
      },
    }),
  );
  expect(found.UserId).toBe(UserId);
});

test('what was not given, a created user is without', async () => {
  const { as, instance } = await simulated('fresh');
  const { store: IdentityStoreId } = await instance();
  const { identity } = as();
  const { UserName, DisplayName, Name } = given;
  const user = { UserName, DisplayName, Name };
  const { UserId } = await identity.send(new CreateUserCommand({ IdentityStoreId, ...user }));
  const described = await identity.send(new DescribeUserCommand({ IdentityStoreId, UserId }));
  for (const [name, value] of Object.entries(given))
    expect(Reflect.get(described, name)).toEqual(name in user ? value : undefined);
});

test('extensions of a user are shown to who asks for them', async () => {
  const { as, instance } = await simulated('fresh');
  const { store: IdentityStoreId } = await instance();
  const { identity } = as();
  const Extensions = { [enterprise]: { employeeNumber: '7', department: 'D' } };
  const { UserId } = await identity.send(new CreateUserCommand({ IdentityStoreId, ...given, Extensions }));
  const describe = async (names?: string[]) =>
    (
      await identity.send(
        new DescribeUserCommand({
          IdentityStoreId,
          UserId,
          ...(names === undefined ? {} : { Extensions: names }),
        }),
      )
    ).Extensions;
  expect(await describe()).toBeUndefined();
  expect(await describe(['aws:identitystore:other'])).toBeUndefined();
  expect(await describe([enterprise])).toEqual(Extensions);
});

// Of those from elsewhere: hashicorp/terraform-provider-aws#19341, which could not be repeated with one deleted by hand.
test.each([
  ['by hand', 'delegated', 'SUCCEEDED'],
  ['by an identity provider', 'external-idp', 'FAILED'],
] as const)('who is deleted %s is in no group, and has the assignments still', async (_, scenario, ends) => {
  const { as, instance, named } = await simulated(scenario, { settle: 0 });
  const { arn: InstanceArn, store: IdentityStoreId } = await instance();
  const { identity, sso } = as();
  const { Groups: [group] = [] } = await identity.send(new ListGroupsCommand({ IdentityStoreId }));
  const members = async () =>
    (
      await identity.send(new ListGroupMembershipsCommand({ IdentityStoreId, GroupId: group?.GroupId }))
    ).GroupMemberships?.map(({ MemberId }) => MemberId?.UserId) ?? [];
  const [UserId] = await members();
  const { PermissionSet } = await sso.send(new CreatePermissionSetCommand({ InstanceArn, Name: 'Any' }));
  const on = { InstanceArn, PermissionSetArn: PermissionSet?.PermissionSetArn };
  const TargetId = named('Workloads Dev').id;
  const assignment = {
    ...on,
    TargetId,
    TargetType: 'AWS_ACCOUNT',
    PrincipalType: 'USER',
    PrincipalId: UserId,
  } as const;
  await sso.send(new CreateAccountAssignmentCommand(assignment));
  await identity.send(new DeleteUserCommand({ IdentityStoreId, UserId }));

  const gone = { name: 'ResourceNotFoundException', ResourceType: 'USER' };
  const them = { IdentityStoreId, UserId };
  expect(await refusal(identity.send(new DescribeUserCommand(them)))).toMatchObject(gone);
  expect(await refusal(identity.send(new DeleteUserCommand(them)))).toMatchObject(gone);
  expect(await members()).not.toContain(UserId);
  const held = async () =>
    (await sso.send(new ListAccountAssignmentsCommand({ ...on, AccountId: TargetId }))).AccountAssignments;
  expect(await held()).toHaveLength(1);
  const { AccountAssignmentDeletionStatus: taken } = await sso.send(
    new DeleteAccountAssignmentCommand(assignment),
  );
  const { AccountAssignmentDeletionStatus: ended } = await sso.send(
    new DescribeAccountAssignmentDeletionStatusCommand({
      InstanceArn,
      AccountAssignmentDeletionRequestId: taken?.RequestId,
    }),
  );
  expect(ended?.Status).toBe(ends);
  expect(await held()).toHaveLength(ends === 'FAILED' ? 1 : 0);
});
