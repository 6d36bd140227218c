import { sharedSays, wordsForAccount } from '../lookups/account-words.ts';

/** The account whose credentials manage a set: its name or id confirms what is dangerous to it. */
export interface Keeper {
  readonly name: string;
  readonly account: string;
  readonly shared?: true;
}
const accountOf = ({ account: id, ...rest }: Keeper) => ({ id, ...rest });
export const dangerous = (keeper: Keeper) => ({
  risk: 'dangerous' as const,
  typed: wordsForAccount(accountOf(keeper)),
});
/** What has to be said where its name is not enough. */
export const keeperSays = (keeper: Keeper): readonly string[] => sharedSays(accountOf(keeper));
