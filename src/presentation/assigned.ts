import { factsOf } from '../model/operations.ts';
import type { Change } from '../model/plan.ts';
import { describeBatch } from '../model/policy/change-words.ts';
import { type Block, fact } from './block.ts';

/** Whom many assignments are of, and in which accounts. `each`: everybody in every account, so that no list is needed. */
export interface AssignedTogether {
  readonly says: string;
  readonly accounts: readonly string[];
  readonly people: readonly string[];
  readonly each: boolean;
}
/** So many stand where all else has to be seen, too. */
const mostNamed = 8;

/** Undefined where they are not all assignments, or take more room than a list has: then each is told by itself. */
export function assignedTogether(changes: readonly Change[]): AssignedTogether | undefined {
  const all = changes.flatMap(({ assigns }) => assigns ?? []);
  if (all.length < changes.length) return undefined;
  const accounts = [...new Set(all.map(({ where }) => where))];
  const people = [...new Set(all.map(({ who }) => who))];
  const each = all.length === accounts.length * people.length;
  const [set, ...others] = new Set(all.map((one) => one.set));
  const batch = describeBatch(
    changes.map(({ call }) => call),
    others.length === 0 ? set : undefined,
  );
  if (batch === undefined) return undefined;
  const [{ call }] = changes as readonly [Change];
  const says = `${factsOf(call.operation).effect === 'removes' ? 'Remove' : 'Make'} ${batch}`;
  return { says, accounts, people, each: each && Math.max(accounts.length, people.length) <= mostNamed };
}

/** Where, and whom: how many, is said before. All of many stand in the list at the end. */
export const assignedBlocks = (together: AssignedTogether | undefined): readonly Block[] =>
  together ? [fact('In', namedIn(together.accounts)), fact('For', namedIn(together.people))] : [];
const namedIn = (all: readonly string[]): string =>
  all.length <= mostNamed
    ? all.join(', ')
    : `${all.slice(0, mostNamed - 2).join(', ')}, and ${all.length - mostNamed + 2} more`;
