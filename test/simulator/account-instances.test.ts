import {
  CreateUserCommand,
  DescribeUserCommand,
  GetUserIdCommand,
  ListGroupsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-identitystore';
import {
  CreateInstanceCommand,
  CreatePermissionSetCommand,
  DescribeInstanceCommand,
  ListAccountAssignmentCreationStatusCommand,
  ListApplicationsCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
  ListRegionsCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
} from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import { refusal, simulated } from './simulated.ts';

const region = 'eu-west-1';

async function opened() {
  const world = await simulated('account-instance');
  const { as, named } = world;
  const { sso, identity } = as(named('Workloads Dev'), region);
  const { Instances: [own] = [] } = await sso.send(new ListInstancesCommand({}));
  return {
    ...world,
    sso,
    identity,
    InstanceArn: own?.InstanceArn,
    IdentityStoreId: own?.IdentityStoreId,
    organization: (await world.instance()).store,
  };
}
const byName = (IdentityStoreId: string | undefined, AttributeValue: string) =>
  new GetUserIdCommand({
    IdentityStoreId,
    AlternateIdentifier: { UniqueAttribute: { AttributePath: 'userName', AttributeValue } },
  });

test('an account’s own instance has a directory of its own: a few other people, and nobody of the organization’s', async () => {
  const { as, identity, IdentityStoreId, organization } = await opened();
  const { Users = [] } = await identity.send(new ListUsersCommand({ IdentityStoreId }));
  expect(Users.map(({ UserName }) => UserName)).toEqual(['alejandro.rosalez', 'jane.doe', 'martha.rivera']);
  expect(Users.every((user) => user.IdentityStoreId === IdentityStoreId)).toBe(true);
  expect((await identity.send(new ListGroupsCommand({ IdentityStoreId }))).Groups).toEqual([]);

  const own = await identity.send(byName(IdentityStoreId, 'jane.doe'));
  const other = await as().identity.send(byName(organization, 'jane.doe'));
  expect(own.UserId).not.toBe(other.UserId);
  const { UserId } = other;
  expect(await refusal(identity.send(new DescribeUserCommand({ IdentityStoreId, UserId })))).toMatchObject({
    name: 'ResourceNotFoundException',
    ResourceType: 'USER',
  });
});

test('a user that is made in it is there, and not in the organization’s', async () => {
  const { as, identity, IdentityStoreId, organization } = await opened();
  const user = { UserName: 'new', DisplayName: 'N', Name: { GivenName: 'N', FamilyName: 'N' } };
  const { UserId } = await identity.send(new CreateUserCommand({ IdentityStoreId, ...user }));
  expect((await identity.send(byName(IdentityStoreId, 'new'))).UserId).toBe(UserId);
  expect(await refusal(as().identity.send(byName(organization, 'new')))).toMatchObject({
    ResourceType: 'USER',
  });
});

test('it is there for its own account, in its Region', async () => {
  const { as, management, named, IdentityStoreId, InstanceArn } = await opened();
  const others = [
    as(management, region),
    as(named('Shared Services'), region),
    as(named('Workloads Dev'), 'eu-central-1'),
  ];
  for (const { identity, sso } of others) {
    expect(await refusal(identity.send(new ListUsersCommand({ IdentityStoreId })))).toMatchObject({
      name: 'ResourceNotFoundException',
      ResourceType: 'IDENTITY_STORE',
    });
    expect((await refusal(sso.send(new ListRegionsCommand({ InstanceArn })))).name).toBe(
      'AccessDeniedException',
    );
  }
});

test('its Region, applications and tags can be read', async () => {
  const { sso, InstanceArn } = await opened();
  const { Regions = [] } = await sso.send(new ListRegionsCommand({ InstanceArn }));
  expect(Regions.map(({ RegionName, IsPrimaryRegion }) => [RegionName, IsPrimaryRegion])).toEqual([
    [region, true],
  ]);
  expect((await sso.send(new ListApplicationsCommand({ InstanceArn }))).Applications).toEqual([]);
  const Tags = [{ Key: 'a', Value: 'b' }];
  await sso.send(new TagResourceCommand({ InstanceArn, ResourceArn: InstanceArn, Tags }));
  const tags = new ListTagsForResourceCommand({ InstanceArn, ResourceArn: InstanceArn });
  expect((await sso.send(tags)).Tags).toEqual(Tags);
});

test('permission sets and assignments are not supported for it', async () => {
  const { sso, InstanceArn } = await opened();
  const asked = [
    sso.send(new ListPermissionSetsCommand({ InstanceArn })),
    sso.send(new CreatePermissionSetCommand({ InstanceArn, Name: 'a' })),
    sso.send(new ListAccountAssignmentCreationStatusCommand({ InstanceArn })),
  ].map(refusal);
  for (const one of await Promise.all(asked))
    expect(one).toMatchObject({
      name: 'ValidationException',
      message: 'The operation is not supported for this Identity Center instance',
    });
});

// Why it cannot be made now is AWS's words: test/recorded/answers/instances.jsonl.
test('an account has its own instance from before the organization had one: now none can be made', async () => {
  const { as, sso, InstanceArn, management, named } = await opened();
  const { CreatedDate: own } = await sso.send(new DescribeInstanceCommand({ InstanceArn }));
  const { Instances: [organization] = [] } = await as().sso.send(new ListInstancesCommand({}));
  expect(own?.getTime()).toBeLessThan(organization?.CreatedDate?.getTime() ?? 0);
  for (const name of ['Workloads Dev', 'Workloads Prod'])
    expect(
      await refusal(as(named(name), 'eu-central-1').sso.send(new CreateInstanceCommand({ Name: 'one' }))),
    ).toMatchObject({ name: 'ServiceQuotaExceededException' });
  expect(
    (await refusal(as(management, 'eu-central-1').sso.send(new CreateInstanceCommand({})))).message,
  ).toContain('Organization management account');
});

test('where the organization has no instance, an account can make one: one', async () => {
  const { as, named } = await simulated('no-instance');
  const { sso, identity } = as(named('Workloads Dev'), 'eu-west-1');
  const { InstanceArn } = await sso.send(new CreateInstanceCommand({ Name: 'mine' }));
  const { Instances: [own] = [] } = await sso.send(new ListInstancesCommand({}));
  expect(own).toMatchObject({ InstanceArn, Name: 'mine', OwnerAccountId: named('Workloads Dev').id });
  const { Users } = await identity.send(new ListUsersCommand({ IdentityStoreId: own?.IdentityStoreId }));
  expect(Users).toEqual([]);
  expect((await refusal(sso.send(new CreateInstanceCommand({ Name: 'two' })))).name).toBe(
    'ServiceQuotaExceededException',
  );
});
