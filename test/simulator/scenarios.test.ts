import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { GetRegionOptStatusCommand } from '@aws-sdk/client-account';
import { GetGroupIdCommand, ListGroupsCommand, ListUsersCommand } from '@aws-sdk/client-identitystore';
import {
  ListAccountsCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
} from '@aws-sdk/client-organizations';
import {
  DescribeInstanceCommand,
  DescribePermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  ListAccountAssignmentCreationStatusCommand,
  ListAccountAssignmentsCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListInstancesCommand,
  ListManagedPoliciesInPermissionSetCommand,
  ListPermissionSetsCommand,
} from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import { type Scenario, scenarios } from '../../src/simulator/scenarios/scenarios.ts';
import { simulated } from './simulated.ts';

/** What a scenario looks like from the management account. */
async function seen(scenario: Scenario) {
  const world = await simulated(scenario);
  const { organizations, sso, identity, account } = world.as();
  const { Accounts = [] } = await organizations.send(new ListAccountsCommand({}));
  const { DelegatedAdministrators = [] } = await organizations.send(
    new ListDelegatedAdministratorsCommand({ ServicePrincipal: 'sso.amazonaws.com' }),
  );
  const { EnabledServicePrincipals = [] } = await organizations.send(
    new ListAWSServiceAccessForOrganizationCommand({}),
  );
  const { RegionOptStatus } = await account.send(
    new GetRegionOptStatusCommand({ RegionName: world.simulator.region }),
  );
  const { Instances: [instance] = [] } = await sso.send(new ListInstancesCommand({}));
  const InstanceArn = instance?.InstanceArn;
  const common = {
    ...world,
    sso,
    Accounts,
    instance,
    RegionOptStatus,
    holders: DelegatedAdministrators.map(({ Name }) => Name),
    trusted: EnabledServicePrincipals.map(({ ServicePrincipal }) => ServicePrincipal),
  };
  if (InstanceArn === undefined)
    return { ...common, users: [], sets: new Map<string, string>(), InstanceArn: '' };
  const { Users = [] } = await identity.send(
    new ListUsersCommand({ IdentityStoreId: instance?.IdentityStoreId }),
  );
  const { PermissionSets = [] } = await sso.send(new ListPermissionSetsCommand({ InstanceArn }));
  const sets = new Map<string, string>();
  for (const PermissionSetArn of PermissionSets) {
    const { PermissionSet } = await sso.send(
      new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn }),
    );
    sets.set(PermissionSet?.Name ?? '', PermissionSetArn);
  }
  return { ...common, users: Users, sets, InstanceArn };
}
/** The documented set in a scenario that has it: what it grants and who has it. */
async function ours(scenario: Scenario) {
  const found = await seen(scenario);
  const { sso, sets, InstanceArn, management } = found;
  const on = { InstanceArn, PermissionSetArn: sets.get('CodeWhisperer_administrator') };
  const { InlinePolicy = '' } = await sso.send(new GetInlinePolicyForPermissionSetCommand(on));
  const { AttachedManagedPolicies = [] } = await sso.send(new ListManagedPoliciesInPermissionSetCommand(on));
  const { AccountIds = [] } = await sso.send(new ListAccountsForProvisionedPermissionSetCommand(on));
  const assigned = [];
  for (const AccountId of AccountIds) {
    const { AccountAssignments = [] } = await sso.send(
      new ListAccountAssignmentsCommand({ ...on, AccountId }),
    );
    assigned.push(...AccountAssignments);
  }
  const where = AccountIds.map((id) => (id === management.id ? 'management' : 'member'));
  return { ...found, on, InlinePolicy, managed: AttachedManagedPolicies.length, where, assigned };
}

const documented = async (): Promise<unknown> =>
  JSON.parse(await readFile('steps/policies/codewhisperer-as-documented.json', 'utf8'));

test('fresh: nobody delegated, no permission set, five accounts and more, thirty users and more', async () => {
  const { Accounts, holders, trusted, sets, users, instance, RegionOptStatus, simulator } =
    await seen('fresh');
  expect(simulator.region).toBe('us-east-1');
  expect(Accounts.length).toBeGreaterThanOrEqual(5);
  expect(Accounts.filter(({ State }) => State === 'SUSPENDED')).toHaveLength(1);
  expect([holders, [...sets.keys()]]).toEqual([[], []]);
  expect(trusted).toContain('sso.amazonaws.com');
  expect(users.length).toBeGreaterThanOrEqual(30);
  expect(users.some(({ UserStatus }) => UserStatus === 'DISABLED')).toBe(true);
  expect(users.filter(({ ExternalIds = [] }) => ExternalIds.length > 0)).toEqual([]);
  expect(new Set(users.map(({ UserName }) => UserName)).size).toBe(users.length);
  expect(new Set(users.map(({ Emails }) => Emails?.[0]?.Value)).size).toBe(users.length);
  expect(instance?.CreatedDate?.getTime()).toBeGreaterThan(Date.UTC(2024, 3, 18));
  expect(RegionOptStatus).toBe('ENABLED_BY_DEFAULT');
});

test('the accounts come in no particular order, and nothing is the same in two organizations', async () => {
  const orders = new Set<string>();
  const ids = new Set<string>();
  for (let n = 0; n < 6; n++) {
    const { Accounts, simulator } = await seen('fresh');
    orders.add(Accounts.map(({ Name }) => Name).join());
    ids.add(simulator.organizationId);
    expect(simulator.accounts[0]?.role).toBe('management');
  }
  expect(orders.size).toBeGreaterThan(1);
  expect(ids.size).toBe(6);
});

test('the same seed makes the same organization', async () => {
  const one = await simulated('done', { seed: 'a' });
  const two = await simulated('done', { seed: 'a' });
  expect(one.simulator.accounts).toEqual(two.simulator.accounts);
  expect(await one.instance()).toEqual(await two.instance());
});

test('delegated: a member holds the delegation, and others have permission sets', async () => {
  const { holders, sets, withRole } = await seen('delegated');
  expect(holders).toEqual([withRole('delegated-administrator').name]);
  expect([...sets.keys()].sort()).toEqual(['AdministratorAccess', 'ViewOnly']);
});

test('single-account: the management account is alone', async () => {
  const { Accounts, management } = await seen('single-account');
  expect(Accounts.map(({ Id }) => Id)).toEqual([management.id]);
});

test('opt-in-region: the instance is in a Region that had to be switched on', async () => {
  const { instance, RegionOptStatus, simulator } = await seen('opt-in-region');
  expect([instance?.PrimaryRegion, RegionOptStatus]).toEqual([simulator.region, 'ENABLED']);
});

test('no-instance: none in any Region, and no trusted access', async () => {
  const { instance, trusted } = await seen('no-instance');
  expect(instance).toBeUndefined();
  expect(trusted).not.toContain('sso.amazonaws.com');
});

test('other-region: the instance is elsewhere than where one would look', async () => {
  const { instance, RegionOptStatus } = await seen('other-region');
  expect([instance?.PrimaryRegion, RegionOptStatus]).toEqual(['eu-central-1', 'ENABLED_BY_DEFAULT']);
});

test('other-delegated: somebody else holds the delegation', async () => {
  const { holders } = await seen('other-delegated');
  expect(holders).toEqual(['Security Tooling']);
});

test('existing-set: another policy, a managed policy, nobody has it', async () => {
  const { holders, InlinePolicy, managed, where, assigned } = await ours('existing-set');
  expect(holders).toHaveLength(1);
  expect(JSON.parse(InlinePolicy)).not.toEqual(await documented());
  expect({ managed, where, assigned }).toEqual({ managed: 1, where: [], assigned: [] });
});

test('existing-set-with-admin: somebody has it in a member account', async () => {
  const { InlinePolicy, where, assigned, users } = await ours('existing-set-with-admin');
  expect(JSON.parse(InlinePolicy)).not.toEqual(await documented());
  expect(where).toEqual(['member']);
  expect(users.map(({ UserId }) => UserId)).toContain(assigned[0]?.PrincipalId);
});

test('set-in-management: it is provisioned in the management account', async () => {
  const { where, assigned } = await ours('set-in-management');
  expect(where).toEqual(['management']);
  expect(assigned).toHaveLength(1);
});

test('external-idp: every user comes from outside', async () => {
  const { users, holders } = await seen('external-idp');
  expect(users.every(({ ExternalIds = [] }) => ExternalIds.length === 1)).toBe(true);
  expect(holders).toEqual([]);
});

test('active-directory: users are called by their userPrincipalName, groups by name and domain; both from outside', async () => {
  const { users } = await seen('active-directory');
  expect(users.every(({ UserName = '' }) => /^[a-z.-]+@corp\.example\.com$/.test(UserName))).toBe(true);
  expect(users.every(({ ExternalIds = [] }) => /^[\da-f-]{36}$/.test(ExternalIds[0]?.Id ?? ''))).toBe(true);
  const { as, instance } = await simulated('active-directory');
  const { store: IdentityStoreId } = await instance();
  const { identity } = as();
  const { Groups = [] } = await identity.send(new ListGroupsCommand({ IdentityStoreId }));
  expect(Groups.map(({ DisplayName = '' }) => DisplayName).toSorted()).toEqual([
    'Auditors@corp.example.com',
    'Developers@corp.example.com',
    'Platform Engineering@corp.example.com',
  ]);
  const [group] = Groups;
  const { GroupId } = await identity.send(
    new GetGroupIdCommand({
      IdentityStoreId,
      AlternateIdentifier: { ExternalId: group?.ExternalIds?.[0] } as never,
    }),
  );
  expect(GroupId).toBe(group?.GroupId);
});

test('done: the document’s policy, and one user who has it', async () => {
  const { holders, InlinePolicy, managed, where, assigned, sso, InstanceArn } = await ours('done');
  expect(holders).toHaveLength(1);
  expect(JSON.parse(InlinePolicy)).toEqual(await documented());
  expect([managed, where, assigned.length]).toEqual([0, ['member'], 1]);
  const { AccountAssignmentsCreationStatus = [] } = await sso.send(
    new ListAccountAssignmentCreationStatusCommand({ InstanceArn }),
  );
  expect(new Set(AccountAssignmentsCreationStatus.map(({ Status }) => Status))).toEqual(
    new Set(['SUCCEEDED']),
  );
});

/** Their own tests say how these stand: discovery.test.ts. */
const unusual: readonly Scenario[] = [
  'no-permission-sets',
  'instance-creating',
  'instance-failed',
  'instance-deleting',
];
test.each(scenarios.filter((name) => !unusual.includes(name)))(
  '%s: the ids have AWS’s forms',
  async (scenario) => {
    const { Accounts, simulator, instance, sets, users, sso, InstanceArn } = await seen(scenario);
    expect(simulator.organizationId).toMatch(/^o-[a-z0-9]{10}$/);
    for (const { Arn, Id } of Accounts)
      expect(Arn).toMatch(new RegExp(`^arn:aws:organizations::\\d{12}:account/o-[a-z0-9]{10}/${Id}$`));
    for (const { accessKeyId, secretAccessKey } of simulator.accounts) {
      expect(accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
      expect(secretAccessKey).toHaveLength(40);
    }
    for (const arn of sets.values())
      expect(arn).toMatch(/^arn:aws:sso:::permissionSet\/ssoins-[0-9a-f]{16}\/ps-[0-9a-f]{16}$/);
    for (const { UserId } of users)
      expect(UserId).toMatch(/^([0-9a-f]{10}-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    if (instance === undefined) return;
    const described = await sso.send(new DescribeInstanceCommand({ InstanceArn }));
    expect(described).toMatchObject({
      OwnerAccountId: simulator.accounts[0]?.id,
      PermissionSetsEnabled: true,
      Status: 'ACTIVE',
    });
    expect(described.IdentityStoreId).toMatch(/^d-[0-9a-f]{10}$/);
  },
);

test('the simulator’s copy of the documented policy is the document’s', async () => {
  const sorted = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(sorted)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([k, v]) => [k, sorted(v)]),
          )
        : value;
  const policy: unknown = JSON.parse(
    await readFile('src/simulator/scenarios/documented-policy.json', 'utf8'),
  );
  expect(
    createHash('sha256')
      .update(JSON.stringify(sorted(policy)))
      .digest('hex'),
  ).toBe('ed5888efa3a47af07b5618692299f6c9757c4bb6dba92fc9818820ff93485580');
});
