import { defined } from '../organization/defined.ts';
import type { Assignment, AssignmentRequest, AsyncRequest, PermissionSet } from '../organization/state.ts';
import { refuse } from '../protocol/refusal.ts';
import { type Context, date, type SsoOperations } from './context.ts';
import { lacksPolicy } from './customer-policies.ts';
import { actorOf, type Status, sameAssignment, statusOf, tooMany } from './requests.ts';
import {
  accessDenied,
  changeableSet,
  isManagement,
  paged,
  rolesRefused,
  setFor,
  withSets,
} from './sso-access.ts';

interface Wanted {
  readonly InstanceArn: string;
  readonly TargetId: string;
  readonly PermissionSetArn: string;
  readonly PrincipalType: 'USER' | 'GROUP';
  readonly PrincipalId: string;
}

/** As it is taken on: without its date, as CloudTrail shows (test/recorded/answers/assignments.jsonl). */
const accepted = (request: AssignmentRequest, now: number) => ({
  Status: statusOf(request, now),
  RequestId: request.id,
  TargetId: request.account,
  TargetType: 'AWS_ACCOUNT' as const,
  PermissionSetArn: request.set,
  PrincipalType: request.type,
  PrincipalId: request.principal,
});
const described = (request: AssignmentRequest, now: number) => ({
  ...accepted(request, now),
  CreatedDate: date(request.created),
  ...defined({ FailureReason: statusOf(request, now) === 'FAILED' ? request.failure : undefined }),
});

/** How many may be outstanding (user guide, quotas). */
const most = 15;
const isAssigning = (request: AsyncRequest): request is AssignmentRequest =>
  request.kind === 'create' || request.kind === 'delete';
/** In an account one IAM role is updated at a time (user guide, quotas): what is asked for meanwhile waits its turn. */
const after = (outstanding: readonly AsyncRequest[], account: string, now: number): number =>
  Math.max(
    now,
    ...outstanding.map((request) =>
      isAssigning(request) && request.account === account ? request.due : now,
    ),
  );

/** Checks a request and takes it up. It ends after `settle` ms, as decided now. */
function accept(kind: 'create' | 'delete', input: Wanted, at: Context): AssignmentRequest {
  const set = changeableSet(at, input.InstanceArn, input.PermissionSetArn);
  const target = at.state.accounts.find(({ id }) => id === input.TargetId);
  if (target === undefined)
    return refuse('ValidationException', `Account ${input.TargetId} was not found in the organization.`);
  if (target.id === at.state.organization.management && !isManagement(at))
    accessDenied(at, `arn:aws:sso:::account/${target.id}`);
  const wanted: Assignment = {
    set: set.arn,
    account: target.id,
    type: input.PrincipalType,
    principal: input.PrincipalId,
  };
  const pending = at.state.requests.filter(
    (request) => isAssigning(request) && at.now < request.due && sameAssignment(request, wanted),
  );
  if (pending.some((request) => request.kind !== kind))
    refuse('ConflictException', 'There is a conflicting operation in process.');
  const outstanding = at.state.requests.filter((request) => isAssigning(request) && at.now < request.due);
  if (outstanding.length >= most) tooMany();
  const exists = at.state.assignments.some((one) => sameAssignment(one, wanted));
  const why =
    kind === 'create' ? whyNotCreated(wanted, set, target.state, at) : whyNotDeleted(wanted, exists, at);
  // What is left of the role is deleted by AWSServiceRoleForSSO, in the management account too (CloudTrail of others).
  const refused = kind === 'create' ? rolesRefused(at, target.id) : undefined;
  const failure = why ?? refused ?? at.fails;
  const request: AssignmentRequest = {
    kind,
    id: at.requestId, // CloudTrail samples show the reply's RequestId to be the request's own id
    created: at.now,
    due: after(outstanding, target.id, at.now) + at.settle,
    applied: false,
    by: actorOf(at.caller),
    ...wanted,
    ...defined({ failure }),
  };
  at.state.requests.push(request);
  const again = pending.some(({ failure: why }) => why === undefined);
  if (failure === undefined && !again && exists === (kind === 'delete')) at.effect();
  return request;
}

// The words are as others met them: test/recorded/answers/assignments.jsonl.

const notInDirectory = ({ type, principal }: Assignment, { state }: Context): string =>
  `Received a 404 status error: the ${type} assignee ${principal} was not found in directory ${state.instance?.store}`;

function whyNotCreated(wanted: Assignment, set: PermissionSet, target: string, at: Context) {
  const { account, type, principal } = wanted;
  const known = type === 'USER' ? at.state.users : at.state.groups;
  if (!known.some(({ id }) => id === principal)) return notInDirectory(wanted, at);
  return target === 'ACTIVE'
    ? lacksPolicy(set, account, at)
    : `AWS SSO is unable to complete your request at this time. Obtaining permissions to manage your AWS account '${account}' takes longer than usual. Please try again in a few minutes. If this problem continues, contact AWS Support.`;
}
function whyNotDeleted(wanted: Assignment, exists: boolean, at: Context): string | undefined {
  if (exists) return at.state.departed?.includes(wanted.principal) ? notInDirectory(wanted, at) : undefined;
  // Which value stands where is not known: who shows the sentence leaves them out.
  const [, instance = '', set = ''] = wanted.set.split('/');
  const of = (name: string, value: string): string => `${name}{value=${value}}`;
  return `Received a 404 status error: EntitlementItem doesn't exist with the given entitlement key EntitlementKey{accessorId=${of('AccessorId', wanted.principal)}, resourceId=${of('ResourceId', set)}, auxiliaryResourceId=${of('AuxiliaryResourceId', wanted.account)}, containerId=${of('ContainerId', instance)}}`;
}

function find(kind: 'create' | 'delete', instance: string, id: string, at: Context) {
  withSets(at, instance);
  const request = ofKind(kind, at).find((one) => one.id === id);
  return request === undefined
    ? refuse('ResourceNotFoundException', `Request with id ${id} was not found.`)
    : described(request, at.now);
}
const ofKind = (kind: 'create' | 'delete', { truth }: Context): AssignmentRequest[] =>
  truth.requests.filter((request): request is AssignmentRequest => request.kind === kind);

interface Listed {
  readonly InstanceArn: string;
  readonly Filter?: { readonly Status?: Status | undefined };
  readonly MaxResults?: number;
  readonly NextToken?: string;
}
function list(kind: 'create' | 'delete', { InstanceArn, Filter, ...input }: Listed, at: Context) {
  withSets(at, InstanceArn);
  const statuses = ofKind(kind, at)
    .map((request) => ({
      Status: statusOf(request, at.now),
      RequestId: request.id,
      CreatedDate: date(request.created),
    }))
    .filter(({ Status }) => (Filter?.Status ?? Status) === Status)
    .reverse(); // the newest first
  return paged(statuses, input, at);
}

const row = ({ account, set, type, principal }: Assignment) => ({
  AccountId: account,
  PermissionSetArn: set,
  PrincipalType: type,
  PrincipalId: principal,
});

/**
 * Who has which permission set in which account. Making and taking away is taken on, and ends later, `settle`
 * milliseconds after its turn: how, is decided when it is taken on. One that is there already is made again and changes
 * nothing. Throws `Refusal`; what is wrong with the person or the account shows as FailureReason instead. Source: IAM
 * Identity Center API reference, and test/recorded/answers/assignments.jsonl.
 */
export const assignments = {
  CreateAccountAssignment: (input, at) => ({
    AccountAssignmentCreationStatus: accepted(accept('create', input, at), at.now),
  }),
  DeleteAccountAssignment: (input, at) => ({
    AccountAssignmentDeletionStatus: accepted(accept('delete', input, at), at.now),
  }),
  DescribeAccountAssignmentCreationStatus: ({ InstanceArn, AccountAssignmentCreationRequestId }, at) => ({
    AccountAssignmentCreationStatus: find('create', InstanceArn, AccountAssignmentCreationRequestId, at),
  }),
  DescribeAccountAssignmentDeletionStatus: ({ InstanceArn, AccountAssignmentDeletionRequestId }, at) => ({
    AccountAssignmentDeletionStatus: find('delete', InstanceArn, AccountAssignmentDeletionRequestId, at),
  }),
  ListAccountAssignmentCreationStatus: (input, at) => {
    const { items, next } = list('create', input, at);
    return { AccountAssignmentsCreationStatus: items, ...next };
  },
  ListAccountAssignmentDeletionStatus: (input, at) => {
    const { items, next } = list('delete', input, at);
    return { AccountAssignmentsDeletionStatus: items, ...next };
  },
  ListAccountAssignments: ({ InstanceArn, AccountId, PermissionSetArn, ...input }, at) => {
    setFor(at, InstanceArn, PermissionSetArn);
    if (!at.state.accounts.some(({ id }) => id === AccountId))
      refuse('ResourceNotFoundException', `Account ${AccountId} was not found in the organization.`);
    const found = at.state.assignments.filter(
      ({ account, set }) => account === AccountId && set === PermissionSetArn,
    );
    const { items, next } = paged(found, input, at);
    return { AccountAssignments: items.map(row), ...next };
  },
  // The management account's alone, as its documentation says.
  ListAccountAssignmentsForPrincipal: ({ InstanceArn, PrincipalId, PrincipalType, Filter, ...input }, at) => {
    withSets(at, InstanceArn);
    if (!isManagement(at)) accessDenied(at, InstanceArn);
    const groups = at.state.groups
      .filter(({ members }) => members.some(({ user }) => user === PrincipalId))
      .map(({ id }) => id);
    const found = at.state.assignments.filter(
      ({ account, type, principal }) =>
        (Filter?.AccountId ?? account) === account &&
        (type === PrincipalType
          ? principal === PrincipalId
          : PrincipalType === 'USER' && groups.includes(principal)),
    );
    const { items, next } = paged(found, input, at);
    return { AccountAssignments: items.map(row), ...next };
  },
} as const satisfies SsoOperations;
