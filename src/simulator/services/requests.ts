import { defined } from '../organization/defined.ts';
import type {
  Assignment,
  AssignmentRequest,
  AsyncRequest,
  PermissionSet,
  ProvisionRequest,
  State,
} from '../organization/state.ts';
import type { Actor } from '../organization/trail.ts';
import type { Caller } from '../protocol/caller.ts';
import { refuse } from '../protocol/refusal.ts';

/** So many milliseconds a request takes that is held up for good: it ends when it is let go. */
export const never = 1e15;
/** Lets requests end that were held up for good (`never`): they are due `now`, in milliseconds since 1970. */
export function letGo(state: State, now: number): void {
  for (const request of state.requests) if (request.due >= never) request.due = now;
}

/** Who asked for it, as it is kept. */
export const actorOf = ({ arn, userId, accessKeyId }: Caller): Actor => ({
  arn,
  userId,
  ...defined({ accessKeyId }),
});

/** Whether two are the same set in the same account for the same user or group. */
export const sameAssignment = (a: Assignment, b: Assignment): boolean =>
  a.set === b.set && a.account === b.account && a.type === b.type && a.principal === b.principal;

/** How AWS says that a request stands. */
export type Status = 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
/** How a request stands `now`, in milliseconds since 1970: by the clock, whether it was done already or not. */
export const statusOf = (
  request: { readonly due: number; readonly failure?: string },
  now: number,
): Status => (now < request.due ? 'IN_PROGRESS' : request.failure === undefined ? 'SUCCEEDED' : 'FAILED');

/**
 * Throws the `Refusal` where more is under way than AWS takes at once. The guide does not say how it refuses; these are
 * the words in the logs of others (aws-samples/aws-iam-identity-center-extensions, issues 87 and 111).
 */
export const tooMany = (): never =>
  refuse('ThrottlingException', 'There are too many requests processing. Please try again later.');

/** What was done for a request in one account: whether the set's role was made there, or is gone. */
export interface Settled {
  readonly request: AsyncRequest;
  readonly set: PermissionSet;
  readonly account: string;
  readonly made: boolean;
  readonly gone: boolean;
}

/**
 * Does what the accepted requests ask for, as soon as they are due. By the clock, so a restart changes nothing. True
 * where something was due. `told`: of what was done in the accounts.
 */
export function settle(state: State, now: number, told: (settled: Settled) => void = () => {}): boolean {
  const due = state.requests.filter((request) => !request.applied && request.due <= now);
  for (const request of due) {
    request.applied = true;
    if (request.failure !== undefined) continue;
    if (request.kind === 'account') {
      const { account: id, name, email } = request;
      state.accounts.push({ id, name, email, joined: request.due, method: 'CREATED', state: 'ACTIVE' });
      continue;
    }
    const set = state.sets.find(({ arn }) => arn === request.set);
    if (set === undefined) continue;
    if (request.kind === 'provision') provision(request, set, told);
    else assign(request, set, state, told);
  }
  return due.length > 0;
}

function provision(request: ProvisionRequest, set: PermissionSet, told: (settled: Settled) => void): void {
  for (const account of Object.keys(set.provisioned)) {
    if ((request.account ?? account) !== account) continue;
    set.provisioned[account] = request.version;
    told({ request, set, account, made: false, gone: false });
  }
}

function assign(
  request: AssignmentRequest,
  set: PermissionSet,
  state: State,
  told: (settled: Settled) => void,
): void {
  const { account, type, principal } = request;
  const assignment: Assignment = { set: set.arn, account, type, principal };
  const has = Object.hasOwn(set.provisioned, account);
  state.assignments = state.assignments.filter((one) => !sameAssignment(one, assignment));
  if (request.kind === 'create') {
    state.assignments.push(assignment);
    if (set.provisioned[account] !== set.version) told({ request, set, account, made: !has, gone: false });
    set.provisioned[account] = set.version; // an assignment provisions the set as it is now
  } else if (!state.assignments.some((one) => one.set === set.arn && one.account === account)) {
    delete set.provisioned[account]; // the last assignment takes the role with it
    if (has) told({ request, set, account, made: false, gone: true });
  }
}
