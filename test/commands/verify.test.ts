import { DeleteUserCommand, ListUsersCommand } from '@aws-sdk/client-identitystore';
import {
  DeregisterDelegatedAdministratorCommand,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import {
  AttachCustomerManagedPolicyReferenceToPermissionSetCommand,
  AttachManagedPolicyToPermissionSetCommand,
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  DeleteInlinePolicyFromPermissionSetCommand,
  DeletePermissionSetCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  ListAccountAssignmentsCommand,
  ListPermissionSetsCommand,
  PutInlinePolicyToPermissionSetCommand,
  PutPermissionsBoundaryToPermissionSetCommand,
  TagResourceCommand,
  UpdatePermissionSetCommand,
} from '@aws-sdk/client-sso-admin';
import { expect } from 'vitest';
import { eventually } from '../eventually.ts';
import { both, sampled } from '../more.ts';
import { view } from '../simulator/simulated.ts';
import { changes, seeing } from '../words.ts';
import { finishedWithState } from './finished.ts';

/** An organization in which a run has finished, and what there is to change in it. */
async function finished() {
  const { at, state, answers } = await finishedWithState();
  const world = view(at.simulator);
  const { arn: InstanceArn, store: IdentityStoreId } = await world.instance();
  const clients = world.as();
  const { PermissionSets = [] } = await clients.sso.send(new ListPermissionSetsCommand({ InstanceArn }));
  const sets: string[] = [];
  for (const arn of PermissionSets) sets.push(arn);
  const PermissionSetArn = sets.at(-1) ?? '';
  const { Users = [] } = await clients.identity.send(new ListUsersCommand({ IdentityStoreId }));
  const UserId = Users.find(({ UserName }) => UserName === answers['administrator-user.user'])?.UserId ?? '';
  return { at, state, ...clients, InstanceArn, PermissionSetArn, IdentityStoreId, UserId };
}
type World = Awaited<ReturnType<typeof finished>>;

const assignment = ({ at, InstanceArn, PermissionSetArn, UserId }: World, account = 'Workloads Dev') => ({
  ...({
    InstanceArn,
    PermissionSetArn,
    TargetType: 'AWS_ACCOUNT',
    TargetId: at.account(account).id,
  } as const),
  ...({ PrincipalType: 'USER', PrincipalId: UserId } as const),
});
const userOf = ({ state, UserId }: World) => {
  const one = state.users.find(({ id }) => id === UserId);
  if (!one) throw new Error('nobody has that id');
  return one;
};

/** `only`: what is told as drift, by step and goal, and nothing besides. */
interface Drift {
  readonly does: (world: World) => Promise<unknown>;
  readonly says: RegExp;
  readonly only?: readonly string[];
}
const policy = ['permission-set.policy'];
const drifts: Readonly<Record<string, Drift>> = {
  'the policy allows more': {
    does: ({ sso, InstanceArn, PermissionSetArn }) =>
      sso.send(
        new PutInlinePolicyToPermissionSetCommand({
          ...{ InstanceArn, PermissionSetArn },
          InlinePolicy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
          }),
        }),
      ),
    says: /s3:\*/,
  },
  'the policy is gone': {
    does: ({ sso, InstanceArn, PermissionSetArn }) =>
      sso.send(new DeleteInlinePolicyFromPermissionSetCommand({ InstanceArn, PermissionSetArn })),
    says: /it no longer has a policy/,
  },
  'the assignment is gone': {
    only: ['assign-administrator.USER'],
    does: async (world) => {
      const { AccountAssignmentDeletionStatus } = await world.sso.send(
        new DeleteAccountAssignmentCommand(assignment(world)),
      );
      await gone(world, AccountAssignmentDeletionStatus?.RequestId);
    },
    says: /Assign .* to Workloads Dev/,
  },
  'another account is the delegated administrator': {
    only: ['register-delegated-administrator.registered'],
    does: async ({ at, organizations }) => {
      const ServicePrincipal = 'sso.amazonaws.com';
      const one = (name: string) => ({ AccountId: at.account(name).id, ServicePrincipal });
      await organizations.send(new DeregisterDelegatedAdministratorCommand(one('Shared Services')));
      await organizations.send(new RegisterDelegatedAdministratorCommand(one('Workloads Prod')));
    },
    says: /is registered already/,
  },
  'nobody is the delegated administrator': {
    only: ['register-delegated-administrator.registered'],
    does: ({ at, organizations }) =>
      organizations.send(
        new DeregisterDelegatedAdministratorCommand({
          ...{ AccountId: at.account('Shared Services').id, ServicePrincipal: 'sso.amazonaws.com' },
        }),
      ),
    says: /Register Shared Services/,
  },
  'the user is disabled': {
    only: ['administrator-user.user'],
    does: async (world) => {
      const one = userOf(world);
      Object.assign(one, { status: 'DISABLED' });
    },
    says: /disabled/i,
  },
  'the user is deleted': {
    only: ['administrator-user.user'],
    does: ({ identity, IdentityStoreId, UserId }) =>
      identity.send(new DeleteUserCommand({ IdentityStoreId, UserId })),
    says: /nobody has the user name/,
  },
  'the set is deleted': {
    only: ['permission-set.set', 'permission-set.policy', 'assign-administrator.USER'],
    does: async (world) => {
      const { sso, InstanceArn, PermissionSetArn } = world;
      const { AccountAssignmentDeletionStatus } = await sso.send(
        new DeleteAccountAssignmentCommand(assignment(world)),
      );
      await gone(world, AccountAssignmentDeletionStatus?.RequestId);
      await sso.send(new DeletePermissionSetCommand({ InstanceArn, PermissionSetArn }));
    },
    says: seeing`${changes.create}`,
  },
  'sessions last longer': {
    does: ({ sso, InstanceArn, PermissionSetArn }) =>
      sso.send(new UpdatePermissionSetCommand({ InstanceArn, PermissionSetArn, SessionDuration: 'PT12H' })),
    says: /12 hours|PT12H/,
  },
  'a managed policy is attached': {
    does: ({ sso, InstanceArn, PermissionSetArn }) =>
      sso.send(
        new AttachManagedPolicyToPermissionSetCommand({
          ...{ InstanceArn, PermissionSetArn },
          ManagedPolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
        }),
      ),
    says: /AdministratorAccess/,
  },
  'a customer managed policy is attached': {
    does: ({ sso, InstanceArn, PermissionSetArn }) =>
      sso.send(
        new AttachCustomerManagedPolicyReferenceToPermissionSetCommand({
          ...{ InstanceArn, PermissionSetArn },
          CustomerManagedPolicyReference: { Name: 'Everything' },
        }),
      ),
    says: /Everything/,
  },
  'a boundary is put': {
    does: ({ sso, InstanceArn, PermissionSetArn }) =>
      sso.send(
        new PutPermissionsBoundaryToPermissionSetCommand({
          ...{ InstanceArn, PermissionSetArn },
          PermissionsBoundary: { ManagedPolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
        }),
      ),
    says: /ReadOnlyAccess/,
  },
  'the set is provisioned in the management account': {
    only: ['permission-set.editable'],
    does: async (world) => {
      const [management] = world.at.simulator.accounts;
      await world.sso.send(
        new CreateAccountAssignmentCommand({ ...assignment(world), TargetId: management?.id }),
      );
      await eventually(async () => expect(await assignedIn(world, management?.id)).toBe(1));
    },
    says: /provisioned in the management account/,
  },
};
const gone = async (
  { sso, InstanceArn }: World,
  AccountAssignmentDeletionRequestId: string | undefined,
): Promise<void> => {
  const status = async (): Promise<string | undefined> => {
    const { AccountAssignmentDeletionStatus } = await sso.send(
      new DescribeAccountAssignmentDeletionStatusCommand({ InstanceArn, AccountAssignmentDeletionRequestId }),
    );
    return AccountAssignmentDeletionStatus?.Status;
  };
  await eventually(async () => expect(await status()).toBe('SUCCEEDED'));
};
const assignedIn = async (
  { sso, InstanceArn, PermissionSetArn }: World,
  AccountId: string | undefined,
): Promise<number> => {
  const { AccountAssignments = [] } = await sso.send(
    new ListAccountAssignmentsCommand({ InstanceArn, PermissionSetArn, AccountId }),
  );
  return AccountAssignments.length;
};

both.each(sampled(Object.entries(drifts), 6))(
  'drift is found, and nothing else: %s',
  async (_, { does, says, only = policy }) => {
    const world = await finished();
    await does(world);
    const meanwhile = await world.at.effects();
    const seen = await world.at.cli(['verify', '--yes']);
    expect(seen.code, seen.out + seen.err).toBe(2);
    expect(seen.out).toMatch(says);
    const { departures } = JSON.parse((await world.at.cli(['verify', '--yes', '--json'])).out) as {
      departures: readonly { readonly step: string; readonly goal: string }[];
    };
    expect(departures.map(({ step, goal }) => `${step}.${goal.replace(/:.*/, '')}`)).toEqual(only);
    expect(await world.at.effects()).toEqual(meanwhile);
  },
);

const same: readonly (readonly [string, (world: World) => Promise<unknown>])[] = [
  ['nothing', async () => {}],
  [
    'a tag',
    ({ sso, InstanceArn, PermissionSetArn }) =>
      sso.send(
        new TagResourceCommand({
          ...{ InstanceArn, ResourceArn: PermissionSetArn, Tags: [{ Key: 'team', Value: 'ai' }] },
        }),
      ),
  ],
  [
    'a description',
    ({ sso, InstanceArn, PermissionSetArn }) =>
      sso.send(new UpdatePermissionSetCommand({ InstanceArn, PermissionSetArn, Description: 'ours' })),
  ],
];
both.each(sampled(same, 3))('no drift: %s', async (_, does) => {
  const world = await finished();
  await does(world);
  const seen = await world.at.cli(['verify', '--yes']);
  expect(seen, seen.err).toMatchObject({ code: 0, err: '' });
  expect(seen.out).toMatch(/^As verified: all \d+ facts are as this run left them\./);
});
