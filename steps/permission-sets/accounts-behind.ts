import type { Unprovisioned } from '../../src/model/step.ts';
import { extrasOf } from './describe-permission-set.ts';
import { accountsWith, type Grants } from './observe-permission-set.ts';

/**
 * The accounts that a set’s newest version has to be brought into. By the journal where this run changed the set’s policy
 * since it was last brought into accounts: AWS’s list of those that are behind may still be the one from before.
 */
export function accountsBehind(set: Grants, owed: readonly Unprovisioned[] = []): readonly string[] {
  const mine = owed.find((one) => one.set === set.arn);
  if (!mine) return set.outdated;
  const { had, fresh, listed } = mine;
  const seen = listed ? accountsWith(set).filter((id) => !fresh.includes(id)) : [];
  return [...had, ...seen].length === 0 ? set.outdated : [...new Set([...accountsWith(set), ...had])].sort();
}
/** What else bringing it up to date does in the accounts. */
export const describeNewest = (set: Grants): readonly string[] => {
  const extras = extrasOf(set);
  return [
    `The accounts get the whole set as it is now. Besides the inline policy: ${extras.length === 0 ? 'no other policy, no boundary, sessions of one hour' : extras.join('; ')}. Anything in it that somebody changed and never brought to these accounts comes into force too. What they have now cannot be seen: AWS does not show it.`,
  ];
};
