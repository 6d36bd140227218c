import { memoize } from '../text/memoize.ts';
import type { Matches } from './policy.ts';
import { type Difference, policyDifferences, type Scope } from './policy-difference.ts';

/** In sentences, what changes where one policy takes the place of another. None where both mean the same. */
export const describeDifference = memoize((before: string, after: string): readonly string[] =>
  saying(before, after, changing),
);
/** In sentences, what a policy grants otherwise than another. Nothing takes the other's place. */
export const describeComparison = memoize((other: string, policy: string): readonly string[] =>
  saying(other, policy, comparing),
);

function saying(before: string, after: string, words: Words): readonly string[] {
  const found = policyDifferences(before, after);
  if (!found)
    return ['One of the two is no policy that can be read: they cannot be compared. Read the text itself.'];
  return [...groups(found, words)].map(([head, actions]) => sentence(head, actions, words));
}

/**
 * How much changes, in one phrase: 'adds 31 actions, drops 15, narrows 1'; 'means the same'; 'cannot be compared' where
 * one of the two is no policy.
 */
export function differenceInShort(before: string, after: string): string {
  const found = policyDifferences(before, after);
  if (!found) return 'cannot be compared';
  const words = { added: 'adds', widened: 'widens', moved: 'changes', narrowed: 'narrows', dropped: 'drops' };
  // What is counted is named once, with the first number.
  const counts = order
    .map((is) => ({ is, count: found.filter((one) => one.is === is && one.effect === 'Allow').length }))
    .filter(({ count }) => count > 0)
    .map(({ is, count }, n) => `${words[is]} ${count}${n > 0 ? '' : count === 1 ? ' action' : ' actions'}`);
  const denials = found.filter(({ effect }) => effect === 'Deny').length;
  const all = [
    ...counts,
    ...(denials === 0 ? [] : [`changes ${denials} ${denials === 1 ? 'denial' : 'denials'}`]),
  ];
  return all.length === 0 ? 'means the same' : all.join(', ');
}

const order = ['added', 'widened', 'moved', 'narrowed', 'dropped'] as const;

/** How it is said. Each verb for what is allowed, and for what is denied. */
interface Words {
  readonly verbs: Readonly<Record<Difference['is'], readonly [allow: string, deny: string]>>;
  /** Before the scopes of the other policy. */
  readonly other: string;
  /** Before the part of an action that the other policy has as well: what was there, and what stays. */
  readonly had: string;
  readonly keeps: string;
}
const changing: Words = {
  verbs: {
    added: ['Allows', 'Denies'],
    dropped: ['No longer allows', 'No longer denies'],
    narrowed: ['Narrows', 'Narrows the denial of'],
    widened: ['Widens', 'Widens the denial of'],
    moved: ['Changes', 'Changes the denial of'],
  },
  other: 'before',
  had: 'of it there was',
  keeps: 'of it stays',
};
const comparing: Words = {
  verbs: {
    added: ['Also allows', 'Also denies'],
    dropped: ['Does not allow', 'Does not deny'],
    narrowed: ['Allows less widely', 'Denies less widely'],
    widened: ['Allows more widely', 'Denies more widely'],
    moved: ['Allows otherwise', 'Denies otherwise'],
  },
  other: 'there',
  had: 'of it both have',
  keeps: 'of it both have',
};

/** What is said of several actions of one service in one sentence: all that is the same about them. */
interface Head {
  readonly verb: string;
  readonly where: string;
  readonly service: string;
}
function groups(found: readonly Difference[], words: Words): ReadonlyMap<Head, readonly Difference[]> {
  const heads = new Map<string, Head>();
  const all = new Map<Head, Difference[]>();
  for (const one of order.flatMap((is) => found.filter((difference) => difference.is === is))) {
    const head = headOf(one, words);
    const key = JSON.stringify([head, one.parts.length > 0 ? one.action : '']);
    const known = heads.get(key) ?? head;
    heads.set(key, known);
    all.set(known, [...(all.get(known) ?? []), one]);
  }
  return all;
}

function headOf({ is, effect, action, before, after }: Difference, { verbs, other }: Words): Head {
  const where =
    is === 'added'
      ? scopesIn(after)
      : is === 'dropped'
        ? scopesIn(before)
        : `${scopesIn(after)}; ${other} ${scopesIn(before)}`;
  return {
    verb: verbs[is][effect === 'Allow' ? 0 : 1],
    where,
    service: 'only' in action && action.only.includes(':') ? action.only.replace(/:.*/s, '') : '',
  };
}

function sentence(
  { verb, where, service }: Head,
  differences: readonly Difference[],
  { had, keeps }: Words,
): string {
  const names = differences.map(({ action }) => nameOf(action)).sort();
  const [only] = differences;
  const parts = (only?.parts ?? []).map(nameOf).sort();
  const what =
    names.length === 1 || service === ''
      ? names.join(', ')
      : `${service}: ${names.map((name) => name.slice(service.length + 1)).join(', ')}`;
  const rest =
    parts.length === 0
      ? ''
      : only?.is === 'added'
        ? ` (${had} ${parts.join(', ')})`
        : ` (${keeps} ${parts.join(', ')})`;
  return `${verb} ${what}${rest} ${where}`;
}

const nameOf = (action: Matches): string =>
  'only' in action
    ? action.only === '*'
      ? 'every action'
      : action.only
    : `every action but ${action.but.join(', ')}`;

const scopesIn = (scopes: readonly Scope[]): string =>
  [...new Set(scopes.map(scopeOf))].sort().join(', and ');
function scopeOf({ resource, conditions }: Scope): string {
  const on =
    'but' in resource
      ? `on everything but ${resource.but.join(', ')}`
      : resource.only === '*'
        ? 'on every resource'
        : `on ${resource.only}`;
  return conditions.length === 0 ? on : `${on}, if ${conditions.join(' and ')}`;
}
