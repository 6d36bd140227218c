import type { Instance, PermissionSet } from '../organization/state.ts';
import { page } from '../protocol/pages.ts';
import { refuse } from '../protocol/refusal.ts';
import { ownInstance } from './account-instances.ts';
import type { Context } from './context.ts';
import { checkKey } from './keys.ts';

// Who may do what at IAM Identity Center. Source: IAM Identity Center user guide, "Delegated administration".

/** Throws AWS's `Refusal` to who may not do it. `because`: what AWS adds, with the blank before it. */
export const accessDenied = (at: Context, resource: string, because = ''): never =>
  refuse(
    'AccessDeniedException',
    `User: ${at.caller.arn} is not authorized to perform: ${at.service}:${at.operation} on resource: ${resource}${because}`,
  );
/**
 * Throws the same words for a stranger, for another Region and for what is not there: AWS does not say which it is.
 * Seen by others: sso:ListPermissionSets of a member account, and sso:DescribeInstance from another Region, both August
 * 2026.
 */
export const notForCaller = (at: Context, resource: string): never =>
  accessDenied(
    at,
    resource,
    ' because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access',
  );

/** Whether the caller is the organization's management account. */
export const isManagement = ({ truth, caller }: Context): boolean =>
  caller.account.id === truth.organization.management;

/**
 * Whether the caller is the management account, or the account that IAM Identity Center is delegated to, as far as that
 * is in force: both beginning and ending take `delegationLag` milliseconds.
 */
export function isAdministrator(at: Context): boolean {
  const { caller, delegationLag, now, state } = at;
  const mine = ({ account, service }: { readonly account: string; readonly service: string }): boolean =>
    service === 'sso.amazonaws.com' && account === caller.account.id;
  return (
    isManagement(at) ||
    state.delegated.some((one) => mine(one) && now >= one.since + delegationLag) ||
    (state.ended ?? []).some(
      (one) => mine(one) && now >= one.since + delegationLag && now < one.until + delegationLag,
    )
  );
}

/** Is the instance to be found in this Region: its primary one, or one that it was extended to? */
export const isThere = ({ region, additional = [] }: Instance, asked: string): boolean =>
  region === asked || additional.some((one) => one.region === asked && one.status === 'ACTIVE');

/**
 * The instance that a reading of instances names: in each of its Regions, and to its administrators only. Throws
 * `Refusal` to all others.
 */
export function instanceSeen(at: Context, arn: string): Instance {
  const { instance } = at.state;
  if (instance === undefined || instance.arn !== arn || !isThere(instance, at.region) || !isAdministrator(at))
    return notForCaller(at, arn);
  return instance;
}
/**
 * The instance that any other operation names: in its primary Region only (user guide, "service APIs supported in
 * additional Regions"; that it fails is documented, the words are not). Throws `Refusal`, also to who may not use its
 * key.
 */
export function instanceFor(at: Context, arn: string): Instance {
  // AWS's words, as others' logs have them for permission sets: an account's instance has none.
  if (ownInstance(at, arn) !== undefined)
    refuse('ValidationException', 'The operation is not supported for this Identity Center instance');
  const instance = instanceSeen(at, arn);
  if (instance.region !== at.region)
    refuse(
      'ValidationException',
      `${at.operation} is not supported in ${at.region}, an additional Region of the instance. Use its primary Region.`,
    );
  checkKey(at, instance);
  return instance;
}
/** The same for permission sets and assignments. Throws `Refusal` where the instance is without. */
export function withSets(at: Context, arn: string): Instance {
  const instance = instanceFor(at, arn);
  if (instance.permissionSets === false)
    refuse('ValidationException', 'Permission sets are not enabled for this instance.');
  return instance;
}

/** A permission set by its ARN, for reading. Throws `Refusal` where there is none, or the caller may not know. */
export function setFor(at: Context, instanceArn: string, arn: string): PermissionSet {
  withSets(at, instanceArn);
  const set = at.state.sets.find((one) => one.arn === arn);
  return (
    set ??
    refuse('ResourceNotFoundException', `Could not find PermissionSet with id ${arn.split('/').at(-1)}`)
  );
}

/**
 * Why a set cannot come into an account for want of the caller's rights, as a FailureReason; undefined where it can. In
 * the management account IAM Identity Center makes and keeps its roles with the caller's rights, elsewhere with its own
 * (user guide, "Using identity-based policies", example 2, which lists these). How AWS says that one is missing:
 * test/recorded/answers/assignments.jsonl.
 */
export function rolesRefused(
  { ids, permissions, caller, truth }: Context,
  account: string,
): string | undefined {
  if (account !== truth.organization.management) return undefined;
  const lacks = roleActions.find(
    (action) => permissions.verdict(caller.account.id, action).decision !== 'allowed',
  );
  if (lacks === undefined) return undefined;
  const id = truth.instance?.arn.split('-')[1] ?? '';
  const resource = lacks.endsWith('SAMLProvider')
    ? `saml-provider/AWSSSO_${id}_DO_NOT_DELETE`
    : `role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_${id}`;
  const { why } = permissions.verdict(caller.account.id, lacks);
  const because = why.startsWith('because') ? `${why} ${lacks} action` : why;
  return `Received a 403 status error: Access denied by IAM. Please check your policy, or wait for role propagation to complete. IAM Error: User: ${caller.arn} is not authorized to perform: ${lacks} on resource: arn:aws:iam::${account}:${resource} ${because} (Service: AmazonIdentityManagement; Status Code: 403; Error Code: AccessDenied; Request ID: ${ids.uuid()}; Proxy: null)`;
}
const roleActions = [
  ...['AttachRolePolicy', 'CreateRole', 'DeleteRole', 'DeleteRolePolicy', 'DetachRolePolicy', 'GetRole'],
  ...['GetSAMLProvider', 'ListAttachedRolePolicies', 'ListPolicies', 'ListRolePolicies', 'ListRoles'],
  ...['PutRolePolicy', 'UpdateRole', 'UpdateRoleDescription', 'UpdateSAMLProvider'],
].map((name) => `iam:${name}`);

/**
 * A set that is to be changed or used. Throws `Refusal`: one that the management account has is the management
 * account's alone (user guide, "Delegated administration").
 */
export function changeableSet(at: Context, instanceArn: string, arn: string): PermissionSet {
  const set = setFor(at, instanceArn, arn);
  if (!isManagement(at) && at.truth.organization.management in set.provisioned) accessDenied(at, arn);
  return set;
}

/** One page of a list, of 100 unless fewer are asked for. Throws `Refusal` for a token of another list. */
export const paged = <T>(
  list: readonly T[],
  input: { readonly MaxResults?: number; readonly NextToken?: string },
  at: Context,
) =>
  page(list, input, {
    of: at.list,
    size: 100,
    invalid: () => refuse('ValidationException', 'The provided NextToken is not valid.'),
  });

/** To be called when what a set grants was changed: where it was provisioned before, it is out of date now. */
export function changed(set: PermissionSet, at: Context): void {
  set.version += 1;
  at.effect();
}
