import { GetRegionOptStatusCommand } from '@aws-sdk/client-account';
import { CreateUserCommand, ListUsersCommand } from '@aws-sdk/client-identitystore';
import {
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListAWSServiceAccessForOrganizationCommand,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import {
  CreatePermissionSetCommand,
  DescribeInstanceCommand,
  DescribeRegionCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
  ListRegionsCommand,
  paginateListPermissionSets,
  UpdateInstanceCommand,
} from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import { costOf } from '../cost.ts';
import { refusal, simulated } from './simulated.ts';

test('account-instance: a member is shown its own instance, beside the organization’s or alone; nobody else is', async () => {
  const { as, withRole, management, named } = await simulated('account-instance');
  const other = named('Workloads Dev');
  const delegate = withRole('delegated-administrator');
  const shown = async (who = management, region = 'us-east-1') =>
    ((await as(who, region).sso.send(new ListInstancesCommand({}))).Instances ?? []).map(
      ({ OwnerAccountId }) => (OwnerAccountId === management.id ? 'the organization' : OwnerAccountId),
    );
  expect(await shown()).toEqual(['the organization']);
  expect(await shown(management, 'eu-west-1')).toEqual([]);
  expect(await shown(delegate)).toEqual([delegate.id, 'the organization']);
  expect(await shown(delegate, 'eu-west-1')).toEqual([]);
  expect(await shown(other)).toEqual(['the organization']);
  expect(await shown(other, 'eu-west-1')).toEqual([other.id]);

  const { sso } = as(other, 'eu-west-1');
  const { Instances: [own] = [] } = await sso.send(new ListInstancesCommand({}));
  const InstanceArn = own?.InstanceArn;
  expect(await sso.send(new DescribeInstanceCommand({ InstanceArn }))).toMatchObject({
    PermissionSetsEnabled: false,
  });
});

test('multi-region: additional Regions show the instance and its users; permission sets and writes are the primary Region’s', async () => {
  const { as, management, instance } = await simulated('multi-region');
  const { arn: InstanceArn, store: IdentityStoreId } = await instance();
  const { sso, identity } = as(management, 'us-east-1');
  const { Instances: [found] = [] } = await sso.send(new ListInstancesCommand({}));
  expect(found).toMatchObject({ InstanceArn, PrimaryRegion: 'eu-west-1', Status: 'ACTIVE' });
  const { Regions = [] } = await sso.send(new ListRegionsCommand({ InstanceArn }));
  expect(Regions.map(({ RegionName, Status }) => `${RegionName} ${Status}`)).toEqual([
    'eu-west-1 ACTIVE',
    'us-east-1 ACTIVE',
    'eu-north-1 ADDING',
  ]);
  expect(await sso.send(new DescribeRegionCommand({ InstanceArn, RegionName: 'eu-north-1' }))).toMatchObject({
    Status: 'ADDING',
    IsPrimaryRegion: false,
  });
  const { Instances: adding = [] } = await as(management, 'eu-north-1').sso.send(
    new ListInstancesCommand({}),
  );
  expect(adding).toEqual([]);

  const { Users = [] } = await identity.send(new ListUsersCommand({ IdentityStoreId }));
  expect(Users.length).toBeGreaterThan(30);
  const no = [
    await refusal(sso.send(new ListPermissionSetsCommand({ InstanceArn }))),
    await refusal(sso.send(new CreatePermissionSetCommand({ InstanceArn, Name: 'a' }))),
    await refusal(
      identity.send(
        new CreateUserCommand({
          IdentityStoreId,
          UserName: 'a',
          DisplayName: 'a',
          Name: { GivenName: 'a', FamilyName: 'a' },
        }),
      ),
    ),
  ];
  expect(no.map(({ name, message }) => `${name} ${/additional Region/.test(message)}`)).toEqual(
    Array(3).fill('ValidationException true'),
  );
  const primary = as(management, 'eu-west-1').sso;
  expect(await primary.send(new ListPermissionSetsCommand({ InstanceArn }))).toBeDefined();
});

test('region-denied: member accounts are refused where the policy says so, the management account nowhere', async () => {
  const { as, withRole, management, simulator } = await simulated('region-denied');
  expect(simulator.region).toBe('eu-central-1');
  const delegate = withRole('delegated-administrator');
  const asked = as(delegate, 'us-east-1').sso.send(new ListInstancesCommand({}));
  expect(await refusal(asked)).toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('with an explicit deny in a service control policy'),
  });
  const { Instances = [] } = await as(delegate).sso.send(new ListInstancesCommand({}));
  expect(Instances).toHaveLength(1);
  await as(management, 'us-east-1').sso.send(new ListInstancesCommand({}));
});

test('no-permission-sets: refused until they are switched on, which cannot be taken back', async () => {
  const { as, instance } = await simulated('no-permission-sets');
  const { arn: InstanceArn } = await instance();
  const { sso } = as();
  const enabled = async () =>
    (await sso.send(new DescribeInstanceCommand({ InstanceArn }))).PermissionSetsEnabled;
  expect(await enabled()).toBe(false);
  expect((await refusal(sso.send(new ListPermissionSetsCommand({ InstanceArn })))).name).toBe(
    'ValidationException',
  );
  await sso.send(new UpdateInstanceCommand({ InstanceArn, PermissionSetsEnabled: true }));
  expect(await enabled()).toBe(true);
  await sso.send(new ListPermissionSetsCommand({ InstanceArn }));
  const back = sso.send(new UpdateInstanceCommand({ InstanceArn, PermissionSetsEnabled: false }));
  expect((await refusal(back)).name).toBe('ValidationException');
});

test('an instance that is being made is active some time later; one that failed says why', async () => {
  const made = await simulated('instance-creating');
  const status = async ({ as }: Pick<typeof made, 'as'>) =>
    (await as().sso.send(new ListInstancesCommand({}))).Instances?.map(
      ({ Status, StatusReason = '' }) => `${Status} ${StatusReason}`,
    );
  expect(await status(made)).toEqual(['CREATE_IN_PROGRESS ']);
  made.pass(20_000);
  expect(await status(made)).toEqual(['ACTIVE ']);
  expect(await status(await simulated('instance-failed'))).toEqual([
    expect.stringMatching(/^CREATE_FAILED .*KMS/),
  ]);
  expect(await status(await simulated('instance-deleting'))).toEqual(['DELETE_IN_PROGRESS ']);
});

test('billing-only: no instance, no delegation before all features are enabled', async () => {
  const { as, withRole } = await simulated('billing-only');
  const { organizations, sso } = as();
  const { Organization } = await organizations.send(new DescribeOrganizationCommand({}));
  expect(Organization?.FeatureSet).toBe('CONSOLIDATED_BILLING');
  expect((await sso.send(new ListInstancesCommand({}))).Instances ?? []).toEqual([]);
  const registering = organizations.send(
    new RegisterDelegatedAdministratorCommand({
      AccountId: withRole('member').id,
      ServicePrincipal: 'sso.amazonaws.com',
    }),
  );
  expect(await refusal(registering)).toMatchObject({
    name: 'ConstraintViolationException',
    Reason: 'ORGANIZATION_NOT_IN_ALL_FEATURES_MODE',
  });
});

test('billing-only: no service is trusted, and of other accounts nothing can be read', async () => {
  const { as, named } = await simulated('billing-only');
  const { organizations, account } = as();
  const { EnabledServicePrincipals } = await organizations.send(
    new ListAWSServiceAccessForOrganizationCommand({}),
  );
  expect(EnabledServicePrincipals).toEqual([]);
  const RegionName = 'us-east-1';
  const AccountId = named('Workloads Dev').id;
  expect(await refusal(account.send(new GetRegionOptStatusCommand({ RegionName, AccountId })))).toMatchObject(
    { name: 'AccessDeniedException' },
  );
  expect(await account.send(new GetRegionOptStatusCommand({ RegionName }))).toMatchObject({
    RegionOptStatus: 'ENABLED_BY_DEFAULT',
  });
});

test('large: 3,500 permission sets, 10,000 users, accounts that are closing; made in a moment', async () => {
  const usual = await costOf(() => simulated('fresh'), 3);
  // 10,000 users and 3,500 sets instead of a dozen: each costs no more than one of the few, and a thousand times as much
  // where each looks at all.
  expect((await costOf(() => simulated('large'), 1)) / usual).toBeLessThan(1_000);
  const { as, instance } = await simulated('large');
  const { arn: InstanceArn } = await instance();
  const { sso, organizations } = as();
  const sets: string[] = [];
  for await (const page of paginateListPermissionSets({ client: sso }, { InstanceArn }))
    sets.push(...(page.PermissionSets ?? []));
  expect([sets.length, new Set(sets).size]).toEqual([3_500, 3_500]);
  const { Accounts = [] } = await organizations.send(new ListAccountsCommand({ NextToken: undefined }));
  expect(Accounts).toHaveLength(20);
});

test('users made from the seed are not in the state file, and are the same after a restart', async () => {
  const { mkdtemp, stat } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const { tmpdir } = await import('node:os');
  const state = join(await mkdtemp(join(tmpdir(), 'simulator-')), 'organization.json');
  const users = async ({ as, instance }: Awaited<ReturnType<typeof simulated>>) => {
    const { store: IdentityStoreId } = await instance();
    const { Users = [] } = await as().identity.send(
      new ListUsersCommand({ IdentityStoreId, MaxResults: 100 }),
    );
    return Users.map(({ UserId, UserName }) => `${UserId} ${UserName}`);
  };
  const first = await simulated('fresh', { state, size: { users: 20_000 } });
  const before = await users(first);
  await first.simulator.close();
  expect((await stat(state)).size).toBeLessThan(100_000);
  expect(await users(await simulated('fresh', { state }))).toEqual(before);
});

test('a rate: so many requests a second are answered, the rest is throttled, and in time there is room again', async () => {
  let now = Date.now();
  const { as, instance } = await simulated('fresh', { rate: 20, now: () => now });
  const { arn: InstanceArn } = await instance(); // one of the twenty
  const { sso, organizations } = as();
  const ask = async () => {
    try {
      await sso.send(new ListPermissionSetsCommand({ InstanceArn }));
      return 'answered';
    } catch (error) {
      return error instanceof Error ? error.name : '';
    }
  };
  const many = async (count: number) => {
    const all = [];
    for (let n = 0; n < count; n++) all.push(await ask());
    return all;
  };
  expect(await many(20)).toEqual([...Array(19).fill('answered'), 'ThrottlingException']);
  await organizations.send(new DescribeOrganizationCommand({}));
  now += 100;
  expect(await many(3)).toEqual(['answered', 'answered', 'ThrottlingException']);
});
