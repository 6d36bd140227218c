import { memoize } from '../text/memoize.ts';
import { type Grant, type Matches, policyIn } from './policy.ts';
import { fits, meet } from './wildcards.ts';

/** Where a grant holds. */
export type Scope = Pick<Grant, 'resource' | 'conditions'>;
/**
 * What becomes of an action between two policies. `narrowed`: it holds for less than before; `widened`: for more;
 * `moved`: for something else.
 */
export interface Difference {
  readonly is: 'added' | 'dropped' | 'narrowed' | 'widened' | 'moved';
  readonly effect: Grant['effect'];
  readonly action: Matches;
  readonly before: readonly Scope[];
  readonly after: readonly Scope[];
  /** Of what is dropped, the actions that stay; of what is added, those that were there. */
  readonly parts: readonly Matches[];
}

/**
 * What a policy grants that another does not, and the other way round: empty where both mean the same. The order of
 * statements, how they are divided, and the case of actions make no difference. `undefined`: one of the two is no
 * policy.
 *
 * It never overlooks: where nothing is added or widened, everything allowed after was allowed before. It may name too
 * much, where only several grants together cover one.
 */
export const policyDifferences = memoize(
  (before: string, after: string): readonly Difference[] | undefined => {
    const [old, now] = [policyIn(before), policyIn(after)];
    if (!old || !now) return undefined;
    const [was, is] = [old.grants.map(known), now.grants.map(known)];
    const lost = beyond(was, is);
    const won = beyond(is, was);
    const touched = new Map([...won, ...lost].map((one) => [one.key, one]));
    const of = (grants: readonly Known[], wanted: string) => grants.filter(({ key }) => key === wanted);
    return [...touched].map(([key, { grant }]) => {
      const [before, after] = [of(was, key), of(is, key)];
      const kind = kindOf(
        before.length > 0,
        after.length > 0,
        of(lost, key).length > 0,
        of(won, key).length > 0,
      );
      const others = kind === 'added' ? was : kind === 'dropped' ? is : [];
      const whole = kind === 'added' ? after : before;
      return {
        ...{ is: kind, effect: grant.effect, action: grant.action },
        ...{ before: before.map((one) => one.grant), after: after.map((one) => one.grant) },
        parts: unique(others.filter((part) => whole.some((one) => covers(one, part)))),
      };
    });
  },
);
function kindOf(was: boolean, is: boolean, less: boolean, more: boolean): Difference['is'] {
  if (!was) return 'added';
  if (!is) return 'dropped';
  if (less && more) return 'moved';
  return less ? 'narrowed' : 'widened';
}

/** Whether two texts grant the same. What is no policy is the same as its own text alone. */
export function samePolicy(a: string, b: string): boolean {
  if (a === b) return true;
  if (policyIn(a)?.version !== policyIn(b)?.version) return false;
  return policyDifferences(a, b)?.length === 0;
}

/** Whether the later policy allows anything that the earlier does not. What is no policy may allow anything. */
export const grantsMore = (before: string, after: string): boolean =>
  policyDifferences(before, after)?.some(({ is, effect }) =>
    effect === 'Allow' ? is !== 'dropped' && is !== 'narrowed' : is !== 'added' && is !== 'widened',
  ) ?? true;

/** A grant with what it is compared by. IAM compares actions without regard to case. */
interface Known {
  readonly grant: Grant;
  readonly action: Matches; // in lower case
  readonly key: string; // of the effect and the action
}
function known(grant: Grant): Known {
  const { effect, action } = grant;
  const lower =
    'only' in action
      ? { only: action.only.toLowerCase() }
      : { but: action.but.map((one) => one.toLowerCase()) };
  return { grant, action: lower, key: `${effect} ${JSON.stringify(lower)}` };
}
const unique = (grants: readonly Known[]): readonly Matches[] => [
  ...new Map(grants.map(({ key, grant }) => [key, grant.action])).values(),
];

/** The grants that none of the others covers by itself. */
const beyond = (grants: readonly Known[], others: readonly Known[]): readonly Known[] =>
  grants.filter((grant) => !others.some((other) => covers(other, grant)));

/** Whether everything that `b` says is said by `a` alone. */
const covers = (a: Known, b: Known): boolean =>
  a.grant.effect === b.grant.effect &&
  contains(a.action, b.action) &&
  contains(a.grant.resource, b.grant.resource) &&
  a.grant.conditions.every((one) => b.grant.conditions.includes(one));

function contains(a: Matches, b: Matches): boolean {
  if ('only' in a) return 'only' in b ? fits(a.only, b.only) : /^\*+$/.test(a.only);
  return 'only' in b
    ? !a.but.some((one) => meet(one, b.only))
    : a.but.every((one) => b.but.some((other) => fits(other, one)));
}
