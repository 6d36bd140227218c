import {
  EnableRegionCommand,
  GetAccountInformationCommand,
  GetRegionOptStatusCommand,
  ListRegionsCommand,
} from '@aws-sdk/client-account';
import { ListUsersCommand } from '@aws-sdk/client-identitystore';
import {
  CreateAccountCommand,
  DeregisterDelegatedAdministratorCommand,
  DescribeAccountCommand,
  DescribeOrganizationCommand,
  EnableAWSServiceAccessCommand,
  ListAccountsCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
  ListDelegatedServicesForAccountCommand,
  ListRootsCommand,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import {
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DeletePermissionSetCommand,
  DescribeInstanceCommand,
  ListAccountAssignmentsForPrincipalCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
  ListPermissionSetsProvisionedToAccountCommand,
  ProvisionPermissionSetCommand,
  PutInlinePolicyToPermissionSetCommand,
  UpdatePermissionSetCommand,
} from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import { refusal, simulated } from './simulated.ts';

const ServicePrincipal = 'sso.amazonaws.com';
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
});

test('organizations: reads are for the management account and delegated administrators, writes for management', async () => {
  const { as, management, withRole, named } = await simulated('delegated');
  const [root, holder, member] = [as(), as(withRole('delegated-administrator')), as(named('Workloads Prod'))];
  const reads = [
    () => new ListAccountsCommand({}),
    () => new ListRootsCommand({}),
    () => new DescribeAccountCommand({ AccountId: management.id }),
    () => new ListDelegatedAdministratorsCommand({ ServicePrincipal }),
    () => new ListAWSServiceAccessForOrganizationCommand({}),
    () => new ListDelegatedServicesForAccountCommand({ AccountId: withRole('delegated-administrator').id }),
  ] as const;
  for (const read of reads) {
    // Each command is another type to the client: they are sent one by one.
    await root.organizations.send(read() as ListAccountsCommand);
    await holder.organizations.send(read() as ListAccountsCommand);
    const refused = await refusal(member.organizations.send(read() as ListAccountsCommand));
    expect(refused).toMatchObject({
      name: 'AccessDeniedException',
      message: "You don't have permissions to access this resource.",
    });
  }
  const AccountId = named('Workloads Prod').id;
  const writes = [
    new RegisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal }),
    new DeregisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal }),
    new EnableAWSServiceAccessCommand({ ServicePrincipal }),
    new CreateAccountCommand({ AccountName: 'x', Email: 'x@example.com' }),
  ];
  for (const client of [holder, member])
    for (const write of writes)
      expect((await refusal(client.organizations.send(write as EnableAWSServiceAccessCommand))).name).toBe(
        'AccessDeniedException',
      );
  for (const client of [root, holder, member])
    expect(
      (await client.organizations.send(new DescribeOrganizationCommand({}))).Organization?.MasterAccountId,
    ).toBe(management.id);
});

test('one delegated administrator, never the management account, never a suspended one', async () => {
  const { as, management, named, withRole } = await simulated('fresh');
  const { organizations } = as();
  const register = (AccountId: string, service = ServicePrincipal) =>
    organizations.send(new RegisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal: service }));
  expect(await refusal(register(management.id))).toMatchObject({
    name: 'ConstraintViolationException',
    Reason: 'CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR',
  });
  expect(await refusal(register(withRole('suspended').id))).toMatchObject({
    Reason: 'CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR',
  });
  expect(await refusal(register('123456789012'))).toMatchObject({ name: 'AccountNotFoundException' });
  expect(await refusal(register(named('Workloads Dev').id, 'guardduty.amazonaws.com'))).toMatchObject({
    Reason: 'SERVICE_ACCESS_NOT_ENABLED',
  });
  expect(await refusal(register(named('Workloads Dev').id, 'nothing.amazonaws.com'))).toMatchObject({
    name: 'InvalidInputException',
    Reason: 'UNRECOGNIZED_SERVICE_PRINCIPAL',
  });
  const deregister = (AccountId: string) =>
    organizations.send(new DeregisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal }));
  expect((await refusal(deregister(named('Shared Services').id))).name).toBe('AccountNotRegisteredException');

  await register(named('Shared Services').id);
  expect((await refusal(register(named('Shared Services').id))).name).toBe(
    'AccountAlreadyRegisteredException',
  );
  expect(await refusal(register(named('Workloads Dev').id))).toMatchObject({
    name: 'ConstraintViolationException',
    Reason: 'MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED',
  });
  const list = await organizations.send(new ListDelegatedAdministratorsCommand({ ServicePrincipal }));
  expect(list.DelegatedAdministrators?.map(({ Id }) => Id)).toEqual([named('Shared Services').id]);
  expect(withRole('delegated-administrator').name).toBe('Shared Services');

  await deregister(named('Shared Services').id);
  await register(named('Workloads Dev').id);
});

test('identity center is for the management account and its delegated administrator', async () => {
  const { as, withRole, named, instance } = await simulated('delegated');
  const { arn: InstanceArn, store: IdentityStoreId } = await instance();
  const member = as(named('Workloads Prod'));
  expect((await member.sso.send(new ListInstancesCommand({}))).Instances).toMatchObject([{ InstanceArn }]);
  const refused = await refusal(member.sso.send(new ListPermissionSetsCommand({ InstanceArn })));
  expect(refused.name).toBe('AccessDeniedException');
  expect(refused.message).toBe(
    `User: arn:aws:iam::${named('Workloads Prod').id}:user/runbook-operator is not authorized to perform: sso:ListPermissionSets on resource: ${InstanceArn} because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
  );
  expect((await refusal(member.sso.send(new DescribeInstanceCommand({ InstanceArn })))).name).toBe(
    'AccessDeniedException',
  );
  expect((await refusal(member.identity.send(new ListUsersCommand({ IdentityStoreId })))).name).toBe(
    'AccessDeniedException',
  );
  let made = 0;
  for (const client of [as(), as(withRole('delegated-administrator'))]) {
    await client.sso.send(new CreatePermissionSetCommand({ InstanceArn, Name: `Set${made++}` }));
    await client.identity.send(new ListUsersCommand({ IdentityStoreId }));
  }
});

test('identity center answers in its own Region only', async () => {
  const { as, management, instance } = await simulated('other-region');
  const { arn: InstanceArn, store: IdentityStoreId } = await instance();
  const elsewhere = as(management, 'us-east-1');
  const { Instances = [] } = await elsewhere.sso.send(new ListInstancesCommand({}));
  expect(Instances).toEqual([]);
  expect((await refusal(elsewhere.sso.send(new ListPermissionSetsCommand({ InstanceArn })))).name).toBe(
    'AccessDeniedException',
  );
  expect(await refusal(elsewhere.identity.send(new ListUsersCommand({ IdentityStoreId })))).toMatchObject({
    name: 'ResourceNotFoundException',
    ResourceType: 'IDENTITY_STORE',
  });
});

test('what is provisioned in the management account is out of the delegated administrator’s reach', async () => {
  const { as, management, withRole, named, instance, ledger } = await simulated('set-in-management');
  const { arn: InstanceArn, store: IdentityStoreId } = await instance();
  const { sso, identity } = as(withRole('delegated-administrator'));
  const { PermissionSets = [] } = await as().sso.send(
    new ListPermissionSetsProvisionedToAccountCommand({ InstanceArn, AccountId: management.id }),
  );
  const [PermissionSetArn] = PermissionSets;
  const { Users: [user] = [] } = await identity.send(new ListUsersCommand({ IdentityStoreId }));
  const on = { InstanceArn, PermissionSetArn };
  const assign = {
    ...on,
    TargetType: 'AWS_ACCOUNT',
    PrincipalType: 'USER',
    PrincipalId: user?.UserId,
  } as const;
  const refused = [
    () => sso.send(new PutInlinePolicyToPermissionSetCommand({ ...on, InlinePolicy: policy })),
    () => sso.send(new UpdatePermissionSetCommand({ ...on, SessionDuration: 'PT2H' })),
    () => sso.send(new DeletePermissionSetCommand(on)),
    () => sso.send(new ProvisionPermissionSetCommand({ ...on, TargetType: 'ALL_PROVISIONED_ACCOUNTS' })),
    () => sso.send(new CreateAccountAssignmentCommand({ ...assign, TargetId: named('Workloads Dev').id })),
  ];
  for (const attempt of refused) expect((await refusal(attempt())).name).toBe('AccessDeniedException');
  expect((await ledger()).effects).toEqual([]);
  await as().sso.send(new PutInlinePolicyToPermissionSetCommand({ ...on, InlinePolicy: policy }));
});

test('the delegated administrator assigns nothing in the management account, management does', async () => {
  const { as, management, withRole, instance } = await simulated('existing-set');
  const { arn: InstanceArn, store: IdentityStoreId } = await instance();
  const { Users: [user] = [] } = await as().identity.send(new ListUsersCommand({ IdentityStoreId }));
  const { PermissionSets: [PermissionSetArn] = [] } = await as().sso.send(
    new ListPermissionSetsCommand({ InstanceArn }),
  );
  const assign = () =>
    new CreateAccountAssignmentCommand({
      InstanceArn,
      PermissionSetArn,
      TargetId: management.id,
      TargetType: 'AWS_ACCOUNT',
      PrincipalType: 'USER',
      PrincipalId: user?.UserId,
    });
  expect((await refusal(as(withRole('delegated-administrator')).sso.send(assign()))).name).toBe(
    'AccessDeniedException',
  );
  await as().sso.send(assign());
  const list = () =>
    new ListAccountAssignmentsForPrincipalCommand({
      InstanceArn,
      PrincipalType: 'USER',
      PrincipalId: user?.UserId,
    });
  expect((await refusal(as(withRole('delegated-administrator')).sso.send(list()))).name).toBe(
    'AccessDeniedException',
  );
  await as().sso.send(list());
});

test('Regions: one’s own account, and from management the others but never by its own id', async () => {
  const { as, management, named } = await simulated('fresh');
  const RegionName = 'eu-south-1';
  const status = (client: ReturnType<typeof as>, AccountId?: string) =>
    client.account.send(
      new GetRegionOptStatusCommand(AccountId === undefined ? { RegionName } : { RegionName, AccountId }),
    );
  expect((await status(as())).RegionOptStatus).toBe('ENABLED');
  expect((await status(as(), named('Workloads Dev').id)).RegionOptStatus).toBe('ENABLED');
  expect((await refusal(status(as(), management.id))).name).toBe('AccessDeniedException');
  expect((await refusal(status(as(named('Workloads Dev')), named('Workloads Prod').id))).name).toBe(
    'AccessDeniedException',
  );
  const { Regions = [] } = await as(named('Workloads Dev')).account.send(new ListRegionsCommand({}));
  const count = (wanted: string) =>
    Regions.filter(({ RegionOptStatus }) => RegionOptStatus === wanted).length;
  expect([count('ENABLED_BY_DEFAULT'), count('ENABLED'), count('DISABLED')]).toEqual([17, 2, 15]);
});

test('an account’s name: one’s own, and from management the others’; and how they stand', async () => {
  const { as, management, named } = await simulated('fresh');
  const of = async (client: ReturnType<typeof as>, AccountId?: string) => {
    const { $metadata: _, ...told } = await client.account.send(
      new GetAccountInformationCommand(AccountId === undefined ? {} : { AccountId }),
    );
    return told;
  };
  const AccountCreatedDate = expect.any(Date);
  expect(await of(as())).toEqual({
    AccountId: management.id,
    AccountName: management.name,
    AccountState: 'ACTIVE',
    AccountCreatedDate,
  });
  const { id } = named('Workloads Dev');
  const itself = await of(as(named('Workloads Dev')));
  expect(itself).toMatchObject({ AccountId: id, AccountName: 'Workloads Dev' });
  expect(await of(as(), id)).toEqual(itself);
  expect((await refusal(of(as(), management.id))).name).toBe('AccessDeniedException');
});

test('a Region is switched on for one account, after a while', async () => {
  const { as, management, named, pass } = await simulated('fresh');
  const RegionName = 'af-south-1';
  const status = async (client: ReturnType<typeof as>) =>
    (await client.account.send(new GetRegionOptStatusCommand({ RegionName }))).RegionOptStatus;
  await as().account.send(new EnableRegionCommand({ RegionName }));
  expect(await status(as())).toBe('ENABLING');
  expect((await refusal(as().account.send(new EnableRegionCommand({ RegionName })))).name).toBe(
    'ConflictException',
  );
  pass(1_001);
  expect([await status(as()), await status(as(named('Workloads Dev')))]).toEqual(['ENABLED', 'DISABLED']);
  await as(management, RegionName).sso.send(new ListInstancesCommand({}));
});
