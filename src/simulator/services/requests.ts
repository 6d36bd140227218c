import type { Assignment, State } from '../organization/state.ts';
import { refuse } from '../protocol/refusal.ts';

/** So many milliseconds a request takes that is held up for good: it ends when it is let go. */
export const never = 1e15;
/** Lets requests end that were held up for good (`never`): they are due `now`, in milliseconds since 1970. */
export function letGo(state: State, now: number): void {
  for (const request of state.requests) if (request.due >= never) request.due = now;
}

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

/**
 * Does what the accepted requests ask for, as soon as they are due. By the clock, so a restart changes nothing. True
 * where something was due.
 */
export function settle(state: State, now: number): boolean {
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
    if (request.kind === 'provision') {
      for (const account of Object.keys(set.provisioned))
        if ((request.account ?? account) === account) set.provisioned[account] = request.version;
      continue;
    }
    const { account, type, principal } = request;
    const assignment: Assignment = { set: set.arn, account, type, principal };
    state.assignments = state.assignments.filter((one) => !sameAssignment(one, assignment));
    if (request.kind === 'create') {
      state.assignments.push(assignment);
      set.provisioned[account] = set.version; // an assignment provisions the set as it is now
    } else if (!state.assignments.some((one) => one.set === set.arn && one.account === account)) {
      delete set.provisioned[account]; // the last assignment takes the role with it
    }
  }
  return due.length > 0;
}
