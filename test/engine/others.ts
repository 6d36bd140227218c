import { createIds } from '../../src/simulator/organization/ids.ts';
import type {
  Assignment,
  AsyncRequest,
  PermissionSet,
  State,
} from '../../src/simulator/organization/state.ts';
import { inlinePolicyFrom } from '../../src/simulator/services/inline-policy.ts';
import { fourAccounts, SSO } from './four-accounts.ts';

/**
 * What tests see of a simulated organization, and what others than the run do to it. `now`: AWS's clock; `known`: the
 * policies that sets had before.
 */
export function othersIn(state: State, now: () => number, known: ReadonlyMap<string, string> = new Map()) {
  /** The policies that sets had, by ARN and version: what is in force in an account is one of them. */
  const texts = new Map(known);
  const remember = (): void => {
    for (const { arn, version, inline = '' } of state.sets) texts.set(`${arn} ${version}`, inline);
  };
  /** Gives a set another policy; '' takes it away. */
  const put = (set: PermissionSet, policy: string): void => {
    set.version += 1;
    if (policy === '') delete set.inline;
    else set.inline = inlinePolicyFrom(policy);
    remember();
  };
  return {
    ...{ texts, remember, put },
    get sets(): PermissionSet[] {
      return state.sets;
    },
    get requests(): AsyncRequest[] {
      return state.requests;
    },
    get assigned(): Assignment[] {
      return state.assignments;
    },
    get delegated(): State['delegated'] {
      return state.delegated;
    },
    get users(): State['users'] {
      return state.users;
    },
    /** The policy that an account has of a set, the first one unless another is named. */
    inForce: (account: string, set = state.sets[0]): string | undefined => {
      const version = set?.provisioned[account];
      return version === undefined ? undefined : texts.get(`${set?.arn} ${version}`);
    },
    /** `policy`: '' for none. `accounts`: where it is in force. */
    permSet: (name: string, policy: string, accounts: readonly string[] = []): PermissionSet => {
      const of = state.instance?.arn.replace(':instance/', ':permissionSet/');
      const set: PermissionSet = {
        arn: `${of}/ps-${createIds(state.seed, state).hex(16)}`,
        ...{ name, created: 0, session: 'PT1H', managed: [], customer: [], tags: [], version: 0 },
        provisioned: Object.fromEntries(accounts.map((account) => [account, 1])),
      };
      state.sets.push(set);
      put(set, policy);
      return set;
    },
    assign: ({ set: arn, account, type, principal }: Assignment): void => {
      const set = state.sets.find((one) => one.arn === arn);
      if (set) set.provisioned[account] = set.version;
      state.assignments.push({ set: arn, account, type, principal });
    },
    /** Nobody is assigned any more, and no account that somebody was assigned in has the set. */
    unassign: (): void => {
      for (const { set: arn, account } of state.assignments.splice(0))
        delete state.sets.find((set) => set.arn === arn)?.provisioned[account];
    },
    delegate: (account: string, service = SSO): void => {
      state.delegated.push({ account, service, since: 0 });
    },
    /** Puts the instance elsewhere; nowhere, where no Region is named. */
    move: (region?: string): void => {
      const instance = region === undefined ? undefined : fourAccounts(region).instance;
      Object.assign(state, { instance });
    },
    /** What is under way ends now, however long it was to take. */
    settled: (): void => {
      for (const request of state.requests) request.due = Math.min(request.due, now());
    },
    /** AWS will say that it was done, and nothing comes of it. */
    ineffective: (): void => {
      for (const request of state.requests) request.applied = true;
    },
    /** A request for the same assignment that was made before, and is done. */
    earlier: (input: Readonly<Record<string, string>>, id: string, created: number): void => {
      if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id)) throw new Error(`AWS has no such id: ${id}`);
      const { PermissionSetArn: set = '', TargetId: account = '', PrincipalId: principal = '' } = input;
      const type = input.PrincipalType === 'GROUP' ? 'GROUP' : 'USER';
      const one = { set, account, type, principal } as const;
      state.requests.push({ kind: 'create', id, created, due: created, applied: true, ...one });
    },
    isUnderWay: ({ due }: { readonly due: number }): boolean => now() < due,
  };
}
