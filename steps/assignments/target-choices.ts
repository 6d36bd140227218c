import type { Choice } from '../../src/model/question.ts';
import { defined } from '../../src/model/text/defined.ts';
import { type Account, byName } from '../lookups/accounts.ts';
import { hasProfile, type ProfilesOf, profileFact } from '../lookups/profiles.ts';
import { factsOfAccount, type Holder } from '../permission-sets/holders.ts';

const isManagement = 'The management account: left out, unless you decide otherwise in the next question.';

const whyMarked = 'Marked, because no other account has a profile.';

interface Known {
  readonly management: string;
  readonly profiles: readonly ProfilesOf[];
  readonly holders: readonly Holder[];
  readonly set: string;
}
/**
 * The accounts to choose from, with what is known of each: those with a profile first, by name. Marked at first is the
 * one that has a profile, where only one has, and is no management account.
 */
export function targetChoices(
  accounts: readonly Account[],
  { management, profiles, holders, set }: Known,
): readonly Choice[] {
  const of = new Map(profiles.map((one) => [one.id, one]));
  const has = ({ id }: Account): boolean => {
    const found = of.get(id);
    return found !== undefined && hasProfile(found);
  };
  const fit = accounts.filter((one) => one.state === 'ACTIVE' && has(one));
  const [only] = fit.length === 1 ? fit : [];
  const isMarked = (id: string): boolean => only?.id === id && id !== management;
  const rank = (one: Account): number => (has(one) ? 0 : 2) + (one.id === management ? 1 : 0);
  return accounts
    .toSorted((one, other) => rank(one) - rank(other) || byName(one, other))
    .map((account): Choice => {
      const { id, name, state } = account;
      const found = of.get(id);
      const not = state === 'ACTIVE' ? undefined : state.toLowerCase().replaceAll('_', ' ');
      return {
        value: id,
        label: `${name}  ${id}`,
        facts: [...(found ? [profileFact(found)] : []), ...factsOfAccount(holders, id, set)],
        ...defined({
          marked: isMarked(id) ? true : undefined,
          detail: id === management ? isManagement : isMarked(id) ? whyMarked : undefined,
          not,
        }),
      };
    });
}
