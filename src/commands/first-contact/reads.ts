import type { Input } from '../../model/call.ts';
import type { Output } from '../../model/operations/sdk.ts';
import type { ReadOperation } from '../../model/operations.ts';
import { nextOf, type Page } from '../../model/text/paging.ts';
import { enabledByDefault } from '../../model/text/regions.ts';

/** Who reads, as AWS has said. */
export interface Reading {
  readonly account: string;
  readonly arn: string;
  readonly role: Role;
  readonly region: string | undefined; // that is configured
}
/** `alone`: the account belongs to no organization. */
export type Role = 'management' | 'delegated-administrator' | 'member' | 'alone';

/** Asks one thing. Undefined where AWS refused it, or its answer cannot be read. `which`: of several askings of a kind. */
export type Look = <Op extends ReadOperation>(
  operation: Op,
  input: Input<Op>,
  which?: string,
  region?: string,
) => Promise<Output<Op> | undefined>;

type Answer<Op extends ReadOperation> = Output<Op> | undefined;
/** What the answers say of the organization: enough to make one like it. */
export interface Found {
  readonly organization: Answer<'organizations:DescribeOrganization'>;
  readonly accounts: Answer<'organizations:ListAccounts'>;
  readonly delegated: Answer<'organizations:ListDelegatedAdministrators'>;
  readonly trusted: Answer<'organizations:ListAWSServiceAccessForOrganization'>;
  readonly regions: Answer<'account:ListRegions'>;
  readonly instance: InstanceFound | undefined;
}
export interface InstanceFound {
  readonly region: string;
  readonly described: Answer<'sso:DescribeInstance'>;
  readonly tags: Answer<'sso:ListTagsForResource'>;
  readonly applications: Answer<'sso:ListApplications'>;
  readonly sets: readonly SetFound[];
  readonly moreSets: number;
  /** How the newest of each kind stands, where there is one. */
  readonly requests: Readonly<Record<'create' | 'delete' | 'provision', Standing | undefined>>;
  readonly users: Answer<'identitystore:ListUsers'>;
  readonly groups: Answer<'identitystore:ListGroups'>;
}
type Standing = 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
export interface SetFound {
  readonly described: Answer<'sso:DescribePermissionSet'>;
  readonly inline: Answer<'sso:GetInlinePolicyForPermissionSet'>;
  readonly managed: Answer<'sso:ListManagedPoliciesInPermissionSet'>;
  readonly customer: Answer<'sso:ListCustomerManagedPolicyReferencesInPermissionSet'>;
  readonly boundary: Answer<'sso:GetPermissionsBoundaryForPermissionSet'>;
  readonly tags: Answer<'sso:ListTagsForResource'>;
  readonly accounts: Answer<'sso:ListAccountsForProvisionedPermissionSet'>;
  readonly stale: boolean;
  readonly assignments: Answer<'sso:ListAccountAssignments'>;
}
/** How many permission sets are looked at closely. */
const closely = 3;

/**
 * Makes every read that the runbook makes and that this caller may make, each with what earlier answers say. The same
 * reads are made of AWS and of the simulator.
 */
export async function readAll(look: Look, { account, arn, role, region }: Reading): Promise<Found> {
  await look('sts:GetCallerIdentity', {});
  const organization = await look('organizations:DescribeOrganization', {});
  await look('account:GetAccountInformation', {});
  await look('account:GetRegionOptStatus', { RegionName: region ?? 'us-east-1' });
  const regions = await look('account:ListRegions', {});
  await look('account:ListRegions', { RegionOptStatusContains: ['ENABLED'] }, 'opted in');
  const administers = role === 'management' || role === 'delegated-administrator';
  const accounts = administers ? await look('organizations:ListAccounts', {}) : undefined;
  await next(look, 'organizations:ListAccounts', {}, accounts);
  const delegated = administers
    ? await look('organizations:ListDelegatedAdministrators', { ServicePrincipal: 'sso.amazonaws.com' })
    : undefined;
  const trusted = administers
    ? await look('organizations:ListAWSServiceAccessForOrganization', {})
    : undefined;
  const instance = await instanceFound(look, { account, region, administers });
  await policies(look, arn, account);
  return { organization, accounts, delegated, trusted, regions, instance };
}

/** The page after the first, where there is one. */
async function next<Op extends ReadOperation>(
  look: Look,
  operation: Op,
  input: Input<Op>,
  first: Output<Op> | undefined,
  region?: string,
): Promise<void> {
  const more = first && nextOf(first as Page);
  if (more) await look(operation, { ...(input as object), ...more } as Input<Op>, 'page 2', region);
}

async function instanceFound(
  look: Look,
  { account, region, administers }: { account: string; region: string | undefined; administers: boolean },
): Promise<InstanceFound | undefined> {
  let home: string | undefined;
  let InstanceArn: string | undefined;
  let store: string | undefined;
  // Where none is, too: the answer to that is one of those that count.
  for (const one of new Set([region ?? 'us-east-1', ...enabledByDefault])) {
    const listed = await look(
      'sso:ListInstances',
      {},
      one === region || region === undefined ? '' : one,
      one,
    );
    const [found] = [...(listed?.Instances ?? [])].sort(
      (a, b) => Number(a.OwnerAccountId === account) - Number(b.OwnerAccountId === account),
    );
    if (!found?.InstanceArn) continue;
    home = found.PrimaryRegion ?? one;
    InstanceArn = found.InstanceArn;
    store = found.IdentityStoreId;
    break;
  }
  if (home === undefined || InstanceArn === undefined) return undefined;
  const at: Look = (operation, input, which, where = home) => look(operation, input, which, where);
  const described = await at('sso:DescribeInstance', { InstanceArn });
  if (!administers)
    return {
      ...{ region: home, described, tags: undefined, applications: undefined, sets: [], moreSets: 0 },
      ...{ requests: { create: undefined, delete: undefined, provision: undefined } },
      ...{ users: undefined, groups: undefined },
    };
  const tags = await at('sso:ListTagsForResource', { InstanceArn, ResourceArn: InstanceArn });
  const applications = await at('sso:ListApplications', {
    InstanceArn,
    Filter: { ApplicationAccount: account },
  });
  const listed = await at('sso:ListPermissionSets', { InstanceArn });
  await next(at, 'sso:ListPermissionSets', { InstanceArn }, listed);
  const arns = listed?.PermissionSets ?? [];
  const sets: SetFound[] = [];
  for (const [n, PermissionSetArn] of arns.slice(0, closely).entries())
    sets.push(await setFound(at, { InstanceArn, PermissionSetArn }, `set ${n + 1}`));
  const requests = await requestsFound(at, InstanceArn);
  const { users, groups } = await people(at, store);
  return {
    ...{
      region: home,
      described,
      tags,
      applications,
      sets,
      moreSets: arns.length - sets.length + (listed?.NextToken ? 1 : 0),
      requests,
    },
    ...{ users, groups },
  };
}

async function setFound(
  look: Look,
  set: { readonly InstanceArn: string; readonly PermissionSetArn: string },
  which: string,
): Promise<SetFound> {
  const { InstanceArn, PermissionSetArn: ResourceArn } = set;
  const described = await look('sso:DescribePermissionSet', set, which);
  const inline = await look('sso:GetInlinePolicyForPermissionSet', set, which);
  const managed = await look('sso:ListManagedPoliciesInPermissionSet', set, which);
  const customer = await look('sso:ListCustomerManagedPolicyReferencesInPermissionSet', set, which);
  const boundary = await look('sso:GetPermissionsBoundaryForPermissionSet', set, which);
  const tags = await look('sso:ListTagsForResource', { InstanceArn, ResourceArn }, which);
  const accounts = await look('sso:ListAccountsForProvisionedPermissionSet', set, which);
  const ProvisioningStatus = 'LATEST_PERMISSION_SET_NOT_PROVISIONED';
  const stale = await look(
    'sso:ListAccountsForProvisionedPermissionSet',
    { ...set, ProvisioningStatus },
    `${which}, not the latest`,
  );
  const [AccountId] = accounts?.AccountIds ?? [];
  const assignments =
    AccountId === undefined
      ? undefined
      : await look('sso:ListAccountAssignments', { ...set, AccountId }, which);
  return {
    ...{ described, inline, managed, customer, boundary, tags, accounts, assignments },
    stale: (stale?.AccountIds ?? []).length > 0,
  };
}

async function requestsFound(look: Look, InstanceArn: string): Promise<InstanceFound['requests']> {
  const made = await look('sso:ListAccountAssignmentCreationStatus', { InstanceArn });
  const [creation] = made?.AccountAssignmentsCreationStatus ?? [];
  if (creation?.RequestId)
    await look('sso:DescribeAccountAssignmentCreationStatus', {
      InstanceArn,
      AccountAssignmentCreationRequestId: creation.RequestId,
    });
  const gone = await look('sso:ListAccountAssignmentDeletionStatus', { InstanceArn });
  const [deletion] = gone?.AccountAssignmentsDeletionStatus ?? [];
  if (deletion?.RequestId)
    await look('sso:DescribeAccountAssignmentDeletionStatus', {
      InstanceArn,
      AccountAssignmentDeletionRequestId: deletion.RequestId,
    });
  const put = await look('sso:ListPermissionSetProvisioningStatus', { InstanceArn });
  const [provisioning] = put?.PermissionSetsProvisioningStatus ?? [];
  if (provisioning?.RequestId)
    await look('sso:DescribePermissionSetProvisioningStatus', {
      InstanceArn,
      ProvisionPermissionSetRequestId: provisioning.RequestId,
    });
  return {
    create: creation?.Status,
    delete: deletion?.Status,
    provision: provisioning?.Status,
  };
}

/** A name that nobody has: what the runbook is answered when it looks somebody up who is not there. */
const nobody = 'cw-runbook-looks-for-nobody';

async function people(
  look: Look,
  IdentityStoreId: string | undefined,
): Promise<Pick<InstanceFound, 'users' | 'groups'>> {
  if (IdentityStoreId === undefined) return { users: undefined, groups: undefined };
  const users = await look('identitystore:ListUsers', { IdentityStoreId });
  await next(look, 'identitystore:ListUsers', { IdentityStoreId }, users);
  const [user] = users?.Users ?? [];
  if (user?.UserId) await look('identitystore:DescribeUser', { IdentityStoreId, UserId: user.UserId });
  const called = (AttributePath: string, AttributeValue: string) => ({
    IdentityStoreId,
    AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
  });
  if (user?.UserName) await look('identitystore:GetUserId', called('userName', user.UserName));
  const email = user?.Emails?.[0]?.Value;
  if (email) await look('identitystore:GetUserId', called('emails.value', email), 'by e-mail');
  await look('identitystore:GetUserId', called('userName', nobody), 'nobody');
  const groups = await look('identitystore:ListGroups', { IdentityStoreId });
  const [group] = groups?.Groups ?? [];
  if (group?.GroupId) {
    await look('identitystore:DescribeGroup', { IdentityStoreId, GroupId: group.GroupId });
    await look('identitystore:ListGroupMemberships', { IdentityStoreId, GroupId: group.GroupId });
  }
  if (group?.DisplayName) await look('identitystore:GetGroupId', called('displayName', group.DisplayName));
  await look('identitystore:GetGroupId', called('displayName', nobody), 'nobody');
  return { users, groups };
}

/** What IAM says of the caller's own policies. */
async function policies(look: Look, arn: string, account: string): Promise<void> {
  const [, role] = /:assumed-role\/([^/]+)\//.exec(arn) ?? [];
  const made = role === undefined ? undefined : await look('iam:GetRole', { RoleName: role });
  const PolicySourceArn = role === undefined ? arn : made?.Role?.Arn;
  if (PolicySourceArn === undefined || !/:(user|role)\//.test(PolicySourceArn)) return;
  await look('iam:SimulatePrincipalPolicy', { PolicySourceArn, ActionNames: ['sso:ListInstances'] });
  await look(
    'iam:SimulatePrincipalPolicy',
    {
      PolicySourceArn,
      ActionNames: ['sso:CreatePermissionSet', 'sso:ListPermissionSets'],
      ResourceArns: ['arn:aws:sso:::instance/ssoins-0000000000000000', `arn:aws:sso:::account/${account}`],
    },
    'of resources',
  );
}
