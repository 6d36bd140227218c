import { ListUsersCommand } from '@aws-sdk/client-identitystore';
import {
  AttachCustomerManagedPolicyReferenceToPermissionSetCommand,
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  ProvisionPermissionSetCommand,
  PutPermissionsBoundaryToPermissionSetCommand,
} from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import { describeGaveUp } from '../../src/model/access/async-failure-hints.ts';
import { simulated } from './simulated.ts';

async function ready() {
  const world = await simulated('delegated', { settle: 0 });
  const { arn: InstanceArn, store: IdentityStoreId } = await world.instance();
  const { sso, identity } = world.as();
  const { Users: [user] = [] } = await identity.send(new ListUsersCommand({ IdentityStoreId }));
  const { PermissionSet } = await sso.send(new CreatePermissionSetCommand({ InstanceArn, Name: 'One' }));
  const assignment = {
    InstanceArn,
    PermissionSetArn: PermissionSet?.PermissionSetArn ?? '',
    TargetType: 'AWS_ACCOUNT',
    PrincipalType: 'USER',
    PrincipalId: user?.UserId ?? '',
  } as const;
  const create = async (TargetId: string) => {
    const { AccountAssignmentCreationStatus: taken } = await sso.send(
      new CreateAccountAssignmentCommand({ ...assignment, TargetId }),
    );
    const { AccountAssignmentCreationStatus: ended } = await sso.send(
      new DescribeAccountAssignmentCreationStatusCommand({
        InstanceArn,
        AccountAssignmentCreationRequestId: taken?.RequestId ?? '',
      }),
    );
    return ended;
  };
  const remove = async (TargetId: string) => {
    const { AccountAssignmentDeletionStatus: taken } = await sso.send(
      new DeleteAccountAssignmentCommand({ ...assignment, TargetId }),
    );
    const { AccountAssignmentDeletionStatus: ended } = await sso.send(
      new DescribeAccountAssignmentDeletionStatusCommand({
        InstanceArn,
        AccountAssignmentDeletionRequestId: taken?.RequestId ?? '',
      }),
    );
    return ended;
  };
  const order = async (policy: object): Promise<void> => {
    const given = await fetch(`${world.url}/_policies`, { method: 'POST', body: JSON.stringify(policy) });
    expect(given.status).toBe(200);
  };
  const on = { InstanceArn, PermissionSetArn: assignment.PermissionSetArn };
  return { ...world, create, on, order, remove, sso };
}

test('a suspended account: AWS gives up in words of its own, which the program recognizes', async () => {
  const { create, withRole } = await ready();
  const { id } = withRole('suspended');
  const ended = await create(id);
  expect(ended).toMatchObject({
    Status: 'FAILED',
    FailureReason: expect.stringContaining(
      `Obtaining permissions to manage your AWS account '${id}' takes longer than usual.`,
    ),
  });
  expect(describeGaveUp(ended?.FailureReason ?? '').join(' ')).toMatch(/suspended or closed/);
});

test('in the management account a role is made with the caller’s rights, and deleted without', async () => {
  const { create, remove, management, url } = await ready();
  const allow = (actions: readonly string[]) =>
    fetch(`${url}/_permissions`, {
      method: 'POST',
      body: JSON.stringify({ account: management.id, actions }),
    });
  await allow(['sso:*']);
  expect(await create(management.id)).toMatchObject({
    Status: 'FAILED',
    FailureReason: expect.stringMatching(/^Received a 403 status error: .* iam:/),
  });
  await allow(['sso:*', 'iam:*']);
  expect(await create(management.id)).toMatchObject({ Status: 'SUCCEEDED' });
  await allow(['sso:*']);
  expect(await remove(management.id)).toMatchObject({ Status: 'SUCCEEDED' });
});

test('a customer managed policy has to be in the account, under its path and name: for the set, and for its boundary', async () => {
  const { create, named, order, sso, on } = await ready();
  const [dev, prod] = [named('Workloads Dev').id, named('Workloads Prod').id];
  await sso.send(
    new AttachCustomerManagedPolicyReferenceToPermissionSetCommand({
      ...on,
      CustomerManagedPolicyReference: { Name: 'Ours', Path: '/team/' },
    }),
  );
  const lacking = (account: string, policy: string) => ({
    Status: 'FAILED',
    FailureReason: `Received a 404 status error: Not supported policy arn:aws:iam::${account}:policy${policy}.`,
  });
  expect(await create(dev)).toMatchObject(lacking(dev, '/team/Ours'));
  await order({ account: dev, name: 'Ours' });
  expect(await create(dev)).toMatchObject(lacking(dev, '/team/Ours'));
  await order({ account: dev, name: 'Ours', path: '/team/' });
  expect(await create(prod)).toMatchObject(lacking(prod, '/team/Ours'));
  expect(await create(dev)).toMatchObject({ Status: 'SUCCEEDED' });

  await sso.send(
    new PutPermissionsBoundaryToPermissionSetCommand({
      ...on,
      PermissionsBoundary: { CustomerManagedPolicyReference: { Name: 'Limit' } },
    }),
  );
  const provision = async () => {
    const { PermissionSetProvisioningStatus: taken } = await sso.send(
      new ProvisionPermissionSetCommand({ ...on, TargetType: 'ALL_PROVISIONED_ACCOUNTS' }),
    );
    return taken;
  };
  expect(await provision()).toMatchObject(lacking(dev, '/Limit'));
  await order({ account: dev, name: 'Limit' });
  expect(await provision()).toMatchObject({ Status: 'SUCCEEDED' });
});
