import {
  ListGroupMembershipsCommand,
  ListGroupsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-identitystore';
import {
  ListAccountAssignmentCreationStatusCommand,
  ListApplicationsCommand,
  ListPermissionSetsProvisionedToAccountCommand,
} from '@aws-sdk/client-sso-admin';
import { models } from '../../src/simulator/protocol/model.ts';
import { simulated } from '../simulator/simulated.ts';
import { type Exchange, type Members, partsOf } from './exchange.ts';
import type { Asking } from './situations.ts';

// Of an exchange whose situation nobody knows: the same question in an organization that has what it asks about. It is of
// the same form; whose ids it names follows from the members.

/** Whether the question can be put: it changes nothing, and the simulator has the operation. */
export function canBeAsked(row: Exchange): boolean {
  const [service, operation] = partsOf(row);
  return /^(Get|List|Describe)/.test(operation) && service !== 'sts' && service in models;
}

export async function asUsual(row: Exchange): Promise<{ readonly asking: Asking; readonly row: Exchange }> {
  const at = await simulated('done', { settle: 0, seed: 'recorded' });
  const { management, named, url } = at;
  const { arn: InstanceArn, store: IdentityStoreId } = await at.instance();
  const { sso, identity } = at.as();
  const target = named('Workloads Dev').id;
  const { PermissionSets: [PermissionSetArn] = [] } = await sso.send(
    new ListPermissionSetsProvisionedToAccountCommand({ InstanceArn, AccountId: target }),
  );
  const { AccountAssignmentsCreationStatus: [request] = [] } = await sso.send(
    new ListAccountAssignmentCreationStatusCommand({ InstanceArn }),
  );
  const { Applications: [application] = [] } = await sso.send(new ListApplicationsCommand({ InstanceArn }));
  const { Users: [user] = [] } = await identity.send(new ListUsersCommand({ IdentityStoreId }));
  const { Groups: [group] = [] } = await identity.send(new ListGroupsCommand({ IdentityStoreId }));
  const { GroupMemberships: [membership] = [] } = await identity.send(
    new ListGroupMembershipsCommand({ IdentityStoreId, GroupId: group?.GroupId }),
  );
  const member = membership?.MemberId?.UserId;
  const byName = partsOf(row)[1] === 'GetGroupId' ? group?.DisplayName : user?.UserName;
  const known: Members = {
    ...{ InstanceArn, IdentityStoreId, PermissionSetArn, ResourceArn: PermissionSetArn },
    ...{ AccountId: target, TargetId: target, ChildId: target, RegionName: 'us-east-1' },
    ...{ UserId: member, PrincipalId: member, GroupId: group?.GroupId, GroupIds: [group?.GroupId] },
    ...{ MembershipId: membership?.MembershipId, AttributeValue: byName },
    AccountAssignmentCreationRequestId: request?.RequestId,
    ApplicationArn: application?.ApplicationArn,
    RoleName: 'OrganizationAccountAccessRole',
    PolicySourceArn: `arn:aws:iam::${management.id}:user/runbook-operator`,
  };
  const { NextToken: _, Marker: __, Filters: ___, Filter: ____, ...rest } = row.request;
  return {
    asking: {
      url,
      credentials: row.operation === 'iam:GetRole' ? named('Workloads Dev') : management,
      region: at.simulator.region,
      stands: {},
    },
    row: { ...row, request: filled(rest, known) as Members },
  };
}

/** The same question, with the organization's own ids where a member names one. */
function filled(value: unknown, known: Members, name = ''): unknown {
  if (known[name] !== undefined) return known[name];
  if (Array.isArray(value)) return value.map((item) => filled(item, known));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, known, key)]));
}
