import {
  CreateUserCommand,
  type CreateUserCommandInput,
  DescribeUserCommand,
  GetUserIdCommand,
  ListUsersCommand,
} from '@aws-sdk/client-identitystore';
import { expect, test } from 'vitest';
import { simulated } from './simulated.ts';

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
