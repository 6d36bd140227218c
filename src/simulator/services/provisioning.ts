import { defined } from '../organization/defined.ts';
import type { PermissionSet, ProvisionRequest } from '../organization/state.ts';
import { refuse } from '../protocol/refusal.ts';
import { type Context, date, type SsoOperations } from './context.ts';
import { lacksPolicy } from './customer-policies.ts';
import { statusOf, tooMany } from './requests.ts';
import {
  accessDenied,
  changeableSet,
  isManagement,
  paged,
  rolesRefused,
  setFor,
  withSets,
} from './sso-access.ts';

const described = (request: ProvisionRequest, now: number) => ({
  Status: statusOf(request, now),
  RequestId: request.id,
  PermissionSetArn: request.set,
  CreatedDate: date(request.created),
  ...defined({
    AccountId: request.account,
    FailureReason: statusOf(request, now) === 'FAILED' ? request.failure : undefined,
  }),
});
const requestsOf = ({ truth }: Context): ProvisionRequest[] =>
  truth.requests.filter((request) => request.kind === 'provision');
/** How many may be under way. */
const most = 3;
/** AWS's word for whether an account has the set as it is now. */
const standing = ({ version }: PermissionSet, provisioned: number | undefined) =>
  provisioned === version ? 'LATEST_PERMISSION_SET_PROVISIONED' : 'LATEST_PERMISSION_SET_NOT_PROVISIONED';

/**
 * Where a permission set is in force, and putting its newest version in force: taken on, and done `settle` milliseconds
 * later. Throws `Refusal`, also for a fourth request while three are under way.
 */
export const provisioning = {
  ListAccountsForProvisionedPermissionSet: (
    { InstanceArn, PermissionSetArn, ProvisioningStatus, ...input },
    at,
  ) => {
    const set = setFor(at, InstanceArn, PermissionSetArn);
    const accounts = Object.entries(set.provisioned)
      .filter(([, version]) => (ProvisioningStatus ?? standing(set, version)) === standing(set, version))
      .map(([account]) => account);
    const { items, next } = paged(accounts, input, at);
    return { AccountIds: items, ...next };
  },
  ListPermissionSetsProvisionedToAccount: ({ InstanceArn, AccountId, ProvisioningStatus, ...input }, at) => {
    withSets(at, InstanceArn);
    const sets = at.state.sets.filter((set) => {
      const stands = standing(set, set.provisioned[AccountId]);
      return AccountId in set.provisioned && (ProvisioningStatus ?? stands) === stands;
    });
    const { items, next } = paged(sets, input, at);
    // Where there is none the member is left out: PeterBengtson/AFT-SSO-account-configuration#1.
    const PermissionSets = items.length === 0 ? undefined : items.map(({ arn }) => arn);
    return { ...defined({ PermissionSets }), ...next };
  },
  ProvisionPermissionSet: ({ InstanceArn, PermissionSetArn, TargetType, TargetId }, at) => {
    const set = changeableSet(at, InstanceArn, PermissionSetArn);
    const one = TargetType === 'AWS_ACCOUNT';
    if (one && TargetId === undefined)
      refuse('ValidationException', 'TargetId is required when TargetType is AWS_ACCOUNT.');
    if (one && !at.state.accounts.some(({ id }) => id === TargetId))
      refuse('ValidationException', `Account ${TargetId} was not found in the organization.`);
    if (one && TargetId === at.state.organization.management && !isManagement(at))
      accessDenied(at, `arn:aws:sso:::account/${TargetId}`);
    if (requestsOf(at).filter(({ due }) => at.now < due).length >= most) tooMany();
    const targets = Object.keys(set.provisioned).filter((account) => !one || account === TargetId);
    const failure =
      one && targets.length === 0
        ? 'Received a 404 status error: Assignment not found.'
        : (targets
            .map((account) => lacksPolicy(set, account, at) ?? rolesRefused(at, account))
            .find((why) => why !== undefined) ?? at.fails);
    const request: ProvisionRequest = {
      kind: 'provision',
      id: at.requestId,
      created: at.now,
      due: at.now + at.settle,
      applied: false,
      set: set.arn,
      version: set.version,
      ...defined({ account: one && TargetId !== undefined ? TargetId : undefined, failure }),
    };
    at.state.requests.push(request);
    const stale = targets.some((account) => set.provisioned[account] !== set.version);
    const again = requestsOf(at).some(
      (other) => other !== request && at.now < other.due && other.set === set.arn && covers(other, request),
    );
    if (failure === undefined && stale && !again) at.effect();
    return { PermissionSetProvisioningStatus: described(request, at.now) };
  },
  DescribePermissionSetProvisioningStatus: ({ InstanceArn, ProvisionPermissionSetRequestId }, at) => {
    withSets(at, InstanceArn);
    const request = requestsOf(at).find(({ id }) => id === ProvisionPermissionSetRequestId);
    if (request === undefined)
      return refuse(
        'ResourceNotFoundException',
        `Request with id ${ProvisionPermissionSetRequestId} was not found.`,
      );
    return { PermissionSetProvisioningStatus: described(request, at.now) };
  },
  ListPermissionSetProvisioningStatus: ({ InstanceArn, Filter, ...input }, at) => {
    withSets(at, InstanceArn);
    const statuses = requestsOf(at)
      .map((request) => ({
        Status: statusOf(request, at.now),
        RequestId: request.id,
        CreatedDate: date(request.created),
      }))
      .filter(({ Status }) => (Filter?.Status ?? Status) === Status)
      .reverse();
    const { items, next } = paged(statuses, input, at);
    return { PermissionSetsProvisioningStatus: items, ...next };
  },
} as const satisfies SsoOperations;

/** A running request already puts everything in force that another one asks for. */
const covers = (running: ProvisionRequest, other: ProvisionRequest): boolean =>
  running.version === other.version && (running.account === undefined || running.account === other.account);
