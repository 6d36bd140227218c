import { defined } from '../organization/defined.ts';
import type { Caller } from '../protocol/caller.ts';
import { checkedOn } from '../protocol/checked-resources.ts';
import type { Asked } from '../protocol/codec.ts';
import { deniedOn } from '../protocol/denials.ts';

/**
 * The policies that count for the credentials of an account. Patterns as in policies: `sso:*`. A list that is absent
 * stands for a policy that is not there; without `actions` the identity-based policies allow everything.
 */
export interface Policies {
  /** All that the identity-based policies allow. */
  readonly actions?: readonly string[];
  /** What they do not allow, though they allow the rest. */
  readonly without?: readonly string[];
  /** What they deny. */
  readonly denied?: readonly string[];
  /** All that the permissions boundary allows. */
  readonly boundary?: readonly string[];
  /** All that the policy of the session allows. */
  readonly session?: readonly string[];
  /** What a service control policy of the organization denies. */
  readonly scp?: readonly string[];
  /**
   * The resources that the identity-based policies name, for the services that these belong to. Patterns of ARNs; absent,
   * and for all other services: `*`.
   */
  readonly resources?: readonly string[];
  /** Context keys that the identity-based policies ask for. Requests have what is asked; a simulation has to be told. */
  readonly conditions?: readonly string[];
}
/** What policies say of an action. `organizations`: whether service control policies allow it. */
export interface Verdict {
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** As AWS words it; '' where it is allowed. */
  readonly why: string;
  readonly organizations: boolean;
  /** Absent where no boundary is attached. */
  readonly boundary?: boolean;
  readonly conditions: readonly string[];
}
/** What the credentials of an account may do. Without an entry they may do everything. Not kept over a restart. */
export interface Permissions {
  /** From now on these policies and no others. Throws an Error that says what is wrong with the order. */
  restrict(order: unknown): void;
  /**
   * What the policies say of an action, on a resource where one is named. `simulated`: as IAM's policy simulator sees it,
   * which knows no sessions.
   */
  verdict(account: string, action: string, more?: { simulated?: true; resource?: string }): Verdict;
  /** Throws the refusal that AWS gives where a policy does not allow it. */
  check(asked: Asked, caller: Caller, input: unknown): void;
}

const members = [
  ...(['actions', 'without', 'denied', 'boundary', 'session', 'scp', 'resources', 'conditions'] as const),
];
const isList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/**
 * Makes the policies of an organization's accounts; without any everybody may do everything. `management`: the account
 * that service control policies do not affect. `begun`: what some accounts begin with. Throws, from `restrict`, an
 * Error, and from `check` a `Refusal`.
 */
export function createPermissions(
  management: string,
  begun: readonly (readonly [account: string, policies: Policies])[] = [],
): Permissions {
  const all = new Map<string, Policies>(begun);
  const verdict: Permissions['verdict'] = (account, action, { simulated, resource } = {}) => {
    const policies = all.get(account) ?? {};
    const { actions, without = [], denied = [], boundary, session, scp = [], conditions = [] } = policies;
    const fits = (list: readonly string[]): boolean => list.some((pattern) => matches(pattern, action));
    const bounded = defined({ boundary: boundary === undefined ? undefined : fits(boundary) });
    const said = (decision: Verdict['decision'], why = ''): Verdict => ({
      decision,
      why,
      organizations: !fits(scp),
      ...bounded,
      conditions,
    });
    if (fits(scp)) return said('explicitDeny', 'with an explicit deny in a service control policy');
    if (fits(denied)) return said('explicitDeny', 'with an explicit deny in an identity-based policy');
    if (bounded.boundary === false) return said('implicitDeny', 'because no permissions boundary allows the');
    if (session !== undefined && !simulated && !fits(session))
      return said('implicitDeny', 'because no session policy allows the');
    const named = (policies.resources ?? []).filter((arn) => arn.split(':')[2] === action.split(':')[0]);
    const covered =
      resource === undefined || named.length === 0 || named.some((pattern) => matches(pattern, resource));
    if ((actions !== undefined && !fits(actions)) || fits(without) || !covered)
      return said('implicitDeny', 'because no identity-based policy allows the');
    return said('allowed');
  };
  return {
    verdict,
    restrict(order) {
      const { account, ...policies } = Object(order) as Record<string, unknown>;
      const stray = Object.keys(policies).find((name) => !members.some((known) => known === name));
      if (typeof account !== 'string' || stray !== undefined || !Object.values(policies).every(isList))
        throw new Error(
          `Say {"account": "111122223333", "actions": ["sso:ListInstances"]}. Lists of actions: ${members.join(', ')}.`,
        );
      if (account === management && policies.scp !== undefined)
        throw new Error('Service control policies do not affect the management account.');
      all.set(account, policies as Policies);
    },
    check(asked, caller, input) {
      for (const action of actionsOf(asked, input)) {
        const denied = checkedOn(asked, input, management).flatMap((resource) => {
          const { decision, why } = verdict(caller.account.id, action, { resource });
          return decision === 'allowed' ? [] : [{ resource, why }];
        });
        const [first] = denied;
        if (first === undefined) continue;
        const [service, operation] = action.split(':') as [Asked['service'], string];
        const resources = denied.map(({ resource }) => resource);
        throw deniedOn(first.why, { service, operation }, caller, resources);
      }
    },
  };
}

const matches = (pattern: string, action: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  ).test(action);

/** The IAM actions that AWS checks for a request. Who one is, everybody may ask. */
function actionsOf({ service, operation }: Asked, input: unknown): readonly string[] {
  if (service === 'sts' && operation === 'GetCallerIdentity') return [];
  const tags = (Object(input) as { Tags?: unknown }).Tags;
  const tagged = service === 'sso' && Array.isArray(tags) && tags.length > 0;
  return [`${service}:${operation}`, ...(tagged ? ['sso:TagResource'] : [])];
}
