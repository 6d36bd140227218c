import { ListUsersCommand } from '@aws-sdk/client-identitystore';
import {
  AttachManagedPolicyToPermissionSetCommand,
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DeleteAccountAssignmentCommand,
  DeletePermissionSetCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  DescribePermissionSetProvisioningStatusCommand,
  GetInlinePolicyForPermissionSetCommand,
  GetPermissionsBoundaryForPermissionSetCommand,
  ListAccountAssignmentCreationStatusCommand,
  ListAccountAssignmentsCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListPermissionSetsCommand,
  ListTagsForResourceCommand,
  ProvisionPermissionSetCommand,
  PutInlinePolicyToPermissionSetCommand,
  TagResourceCommand,
} from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import type { SimulatorOptions } from '../../src/simulator/server.ts';
import { refusal, simulated } from './simulated.ts';

const policy = (action: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });

/** An organization with a set that is ready to be assigned by its delegated administrator. */
async function ready(options: Partial<SimulatorOptions> = {}) {
  const world = await simulated('delegated', options);
  const { arn: InstanceArn, store } = await world.instance();
  const client = world.as(world.withRole('delegated-administrator'));
  const { Users = [] } = await client.identity.send(new ListUsersCommand({ IdentityStoreId: store }));
  const { PermissionSet } = await client.sso.send(
    new CreatePermissionSetCommand({
      InstanceArn,
      Name: 'CodeWhisperer_administrator',
      Tags: [{ Key: 'run', Value: '01' }],
    }),
  );
  const on = { InstanceArn, PermissionSetArn: PermissionSet?.PermissionSetArn ?? '' };
  const assignment = {
    ...on,
    TargetId: world.named('Workloads Dev').id,
    TargetType: 'AWS_ACCOUNT',
    PrincipalType: 'USER',
    PrincipalId: Users[0]?.UserId ?? '',
  } as const;
  const effects = async () => (await world.ledger()).effects.map(({ operation }) => operation);
  return { ...world, ...client, on, assignment, InstanceArn, effects };
}

test('an assignment is accepted, is in progress, and succeeds', async () => {
  const { sso, assignment, on, InstanceArn, pass } = await ready();
  const { AccountAssignmentCreationStatus: accepted, $metadata } = await sso.send(
    new CreateAccountAssignmentCommand(assignment),
  );
  expect(accepted).toMatchObject({ Status: 'IN_PROGRESS', TargetId: assignment.TargetId });
  expect(accepted?.RequestId).toBe($metadata.requestId);
  const list = async () =>
    (await sso.send(new ListAccountAssignmentsCommand({ ...on, AccountId: assignment.TargetId })))
      .AccountAssignments;
  const inProgress = async () =>
    (
      await sso.send(
        new ListAccountAssignmentCreationStatusCommand({ InstanceArn, Filter: { Status: 'IN_PROGRESS' } }),
      )
    ).AccountAssignmentsCreationStatus?.map(({ RequestId }) => RequestId);
  expect(await list()).toEqual([]);
  expect(await inProgress()).toEqual([accepted?.RequestId]);

  pass(1_001);
  const { AccountAssignmentCreationStatus: done } = await sso.send(
    new DescribeAccountAssignmentCreationStatusCommand({
      InstanceArn,
      AccountAssignmentCreationRequestId: accepted?.RequestId,
    }),
  );
  expect(done?.Status).toBe('SUCCEEDED');
  expect(done).not.toHaveProperty('FailureReason');
  expect(await inProgress()).toEqual([]);
  expect(await list()).toEqual([
    {
      AccountId: assignment.TargetId,
      PermissionSetArn: on.PermissionSetArn,
      PrincipalType: 'USER',
      PrincipalId: assignment.PrincipalId,
    },
  ]);
});

test('the same assignment again succeeds without a second effect, in flight or afterwards', async () => {
  const { sso, assignment, on, pass, effects } = await ready();
  await sso.send(new CreateAccountAssignmentCommand(assignment));
  await sso.send(new CreateAccountAssignmentCommand(assignment));
  pass(1_001);
  await sso.send(new CreateAccountAssignmentCommand(assignment));
  pass(1_001);
  const { AccountAssignments } = await sso.send(
    new ListAccountAssignmentsCommand({ ...on, AccountId: assignment.TargetId }),
  );
  expect(AccountAssignments).toHaveLength(1);
  expect(await effects()).toEqual(['sso:CreatePermissionSet', 'sso:CreateAccountAssignment']);
});

test('a principal that nobody knows fails, with a reason and without an effect', async () => {
  const { sso, assignment, InstanceArn, pass, effects } = await ready();
  const nobody = '00000000-0000-4000-a000-000000000000';
  const { AccountAssignmentCreationStatus: accepted } = await sso.send(
    new CreateAccountAssignmentCommand({ ...assignment, PrincipalId: nobody }),
  );
  expect(accepted).not.toHaveProperty('FailureReason');
  pass(1_001);
  const { AccountAssignmentCreationStatus: failed } = await sso.send(
    new DescribeAccountAssignmentCreationStatusCommand({
      InstanceArn,
      AccountAssignmentCreationRequestId: accepted?.RequestId,
    }),
  );
  expect(failed?.Status).toBe('FAILED');
  expect(failed?.FailureReason).toMatch(
    /^Received a 404 status error: the USER assignee 00000000-.* was not found in directory d-[0-9a-f]{10}$/,
  );
  expect(await effects()).toEqual(['sso:CreatePermissionSet']);
});

test('an account outside the organization is refused', async () => {
  const { sso, assignment } = await ready();
  const refused = await refusal(
    sso.send(new CreateAccountAssignmentCommand({ ...assignment, TargetId: '123456789012' })),
  );
  expect(refused.name).toBe('ValidationException');
});

test('creating and deleting do not mix, and their request ids are not interchangeable', async () => {
  const { sso, assignment, on, InstanceArn, pass, effects } = await ready();
  const created = await sso.send(new CreateAccountAssignmentCommand(assignment));
  expect(await refusal(sso.send(new DeleteAccountAssignmentCommand(assignment)))).toMatchObject({
    name: 'ConflictException',
    message: 'There is a conflicting operation in process.',
  });
  expect((await refusal(sso.send(new DeletePermissionSetCommand(on)))).name).toBe('ConflictException');
  const asDeletion = new DescribeAccountAssignmentDeletionStatusCommand({
    InstanceArn,
    AccountAssignmentDeletionRequestId: created.AccountAssignmentCreationStatus?.RequestId,
  });
  expect((await refusal(sso.send(asDeletion))).name).toBe('ResourceNotFoundException');
  pass(1_001);
  expect((await refusal(sso.send(new DeletePermissionSetCommand(on)))).name).toBe('ConflictException');
  await sso.send(new DeleteAccountAssignmentCommand(assignment));
  pass(1_001);
  const again = await sso.send(new DeleteAccountAssignmentCommand(assignment));
  pass(1_001);
  const { AccountAssignmentDeletionStatus } = await sso.send(
    new DescribeAccountAssignmentDeletionStatusCommand({
      InstanceArn,
      AccountAssignmentDeletionRequestId: again.AccountAssignmentDeletionStatus?.RequestId,
    }),
  );
  expect(AccountAssignmentDeletionStatus?.Status).toBe('FAILED');
  expect(AccountAssignmentDeletionStatus?.FailureReason).toContain("EntitlementItem doesn't exist");
  await sso.send(new DeletePermissionSetCommand(on));
  expect(await effects()).toEqual([
    'sso:CreatePermissionSet',
    'sso:CreateAccountAssignment',
    'sso:DeleteAccountAssignment',
    'sso:DeletePermissionSet',
  ]);
});

test('a policy put on a provisioned set has to be provisioned again', async () => {
  const { sso, assignment, on, InstanceArn, pass, effects } = await ready();
  const accounts = async (
    ProvisioningStatus: 'LATEST_PERMISSION_SET_PROVISIONED' | 'LATEST_PERMISSION_SET_NOT_PROVISIONED',
  ) =>
    (await sso.send(new ListAccountsForProvisionedPermissionSetCommand({ ...on, ProvisioningStatus })))
      .AccountIds;
  await sso.send(new CreateAccountAssignmentCommand(assignment));
  pass(1_001);
  expect(await accounts('LATEST_PERMISSION_SET_PROVISIONED')).toEqual([assignment.TargetId]);

  await sso.send(new PutInlinePolicyToPermissionSetCommand({ ...on, InlinePolicy: policy('s3:*') }));
  expect(await accounts('LATEST_PERMISSION_SET_PROVISIONED')).toEqual([]);
  expect(await accounts('LATEST_PERMISSION_SET_NOT_PROVISIONED')).toEqual([assignment.TargetId]);

  const provision = () =>
    sso.send(new ProvisionPermissionSetCommand({ ...on, TargetType: 'ALL_PROVISIONED_ACCOUNTS' }));
  const { PermissionSetProvisioningStatus: accepted } = await provision();
  expect(accepted?.Status).toBe('IN_PROGRESS');
  pass(1_001);
  const { PermissionSetProvisioningStatus: done } = await sso.send(
    new DescribePermissionSetProvisioningStatusCommand({
      InstanceArn,
      ProvisionPermissionSetRequestId: accepted?.RequestId,
    }),
  );
  expect(done?.Status).toBe('SUCCEEDED');
  expect(await accounts('LATEST_PERMISSION_SET_NOT_PROVISIONED')).toEqual([]);
  await provision();
  const provisions = (await effects()).filter((operation) => operation === 'sso:ProvisionPermissionSet');
  expect(provisions).toHaveLength(1);
});

test('a set where it is not provisioned cannot be provisioned', async () => {
  const { sso, on, InstanceArn, named, pass } = await ready();
  const { PermissionSetProvisioningStatus: accepted } = await sso.send(
    new ProvisionPermissionSetCommand({
      ...on,
      TargetType: 'AWS_ACCOUNT',
      TargetId: named('Workloads Dev').id,
    }),
  );
  pass(1_001);
  const { PermissionSetProvisioningStatus: failed } = await sso.send(
    new DescribePermissionSetProvisioningStatusCommand({
      InstanceArn,
      ProvisionPermissionSetRequestId: accepted?.RequestId,
    }),
  );
  expect(failed).toMatchObject({
    Status: 'FAILED',
    FailureReason: 'Received a 404 status error: Assignment not found.',
  });
  const without = await refusal(
    sso.send(new ProvisionPermissionSetCommand({ ...on, TargetType: 'AWS_ACCOUNT' })),
  );
  expect(without.name).toBe('ValidationException');
});

test('more than AWS takes at once is refused in its words, until the first have ended', async () => {
  const { sso, assignment, on, pass } = await ready({ settle: 60_000 }); // none ends before this clock is moved
  const many = {
    name: 'ThrottlingException',
    message: 'There are too many requests processing. Please try again later.',
  };
  const assign = (n: number) =>
    sso.send(
      new CreateAccountAssignmentCommand({
        ...assignment,
        PrincipalId: `00000000-0000-4000-a000-${`${n}`.padStart(12, '0')}`,
      }),
    );
  for (let n = 0; n < 15; n += 1) await assign(n);
  expect(await refusal(assign(15))).toMatchObject(many);
  const provision = () =>
    sso.send(new ProvisionPermissionSetCommand({ ...on, TargetType: 'ALL_PROVISIONED_ACCOUNTS' }));
  for (let n = 0; n < 3; n += 1) await provision();
  expect(await refusal(provision())).toMatchObject(many);
  pass(60_001);
  await assign(15);
  await provision();
});

test('a set by a name that exists conflicts, and says so', async () => {
  const { sso, InstanceArn } = await ready();
  const again = new CreatePermissionSetCommand({ InstanceArn, Name: 'CodeWhisperer_administrator' });
  expect(await refusal(sso.send(again))).toMatchObject({
    name: 'ConflictException',
    message: 'PermissionSet with name CodeWhisperer_administrator already exists.',
  });
});

test('a new set grants nothing; what is put is what is read', async () => {
  const { sso, on, effects } = await ready();
  expect((await sso.send(new GetInlinePolicyForPermissionSetCommand(on))).InlinePolicy ?? '').toBe('');
  expect((await refusal(sso.send(new GetPermissionsBoundaryForPermissionSetCommand(on)))).name).toBe(
    'ResourceNotFoundException',
  );
  const text = ` ${policy('s3:GetObject')}\n`;
  await sso.send(new PutInlinePolicyToPermissionSetCommand({ ...on, InlinePolicy: text }));
  await sso.send(new PutInlinePolicyToPermissionSetCommand({ ...on, InlinePolicy: text }));
  expect((await sso.send(new GetInlinePolicyForPermissionSetCommand(on))).InlinePolicy).toBe(text);
  const attach = new AttachManagedPolicyToPermissionSetCommand({
    ...on,
    ManagedPolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
  });
  await sso.send(attach);
  expect((await refusal(sso.send(attach))).name).toBe('ConflictException');
  expect(await effects()).toEqual([
    'sso:CreatePermissionSet',
    'sso:PutInlinePolicyToPermissionSet',
    'sso:AttachManagedPolicyToPermissionSet',
  ]);
});

test('tags tell whose a set is', async () => {
  const { sso, on, InstanceArn } = await ready();
  const ResourceArn = on.PermissionSetArn;
  const tags = async () =>
    (await sso.send(new ListTagsForResourceCommand({ InstanceArn, ResourceArn }))).Tags;
  expect(await tags()).toEqual([{ Key: 'run', Value: '01' }]);
  await sso.send(new TagResourceCommand({ InstanceArn, ResourceArn, Tags: [{ Key: 'run', Value: '02' }] }));
  expect(await tags()).toEqual([{ Key: 'run', Value: '02' }]);
});

test('with a lag, reads are behind and writes are not', async () => {
  const { sso, InstanceArn, on, pass } = await ready({ lag: 5_000 });
  const sets = async () =>
    (await sso.send(new ListPermissionSetsCommand({ InstanceArn }))).PermissionSets ?? [];
  expect(await sets()).not.toContain(on.PermissionSetArn);
  expect((await refusal(sso.send(new GetInlinePolicyForPermissionSetCommand(on)))).name).toBe(
    'ResourceNotFoundException',
  );
  await sso.send(new PutInlinePolicyToPermissionSetCommand({ ...on, InlinePolicy: policy('s3:*') }));
  pass(5_001);
  expect(await sets()).toContain(on.PermissionSetArn);
});
