import { ListUsersCommand } from '@aws-sdk/client-identitystore';
import {
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
} from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import { gaveUpSays } from '../../src/model/access/async-failure-hints.ts';
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
  return { ...world, create, remove };
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
  expect(gaveUpSays(ended?.FailureReason ?? '').join(' ')).toMatch(/suspended or closed/);
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
