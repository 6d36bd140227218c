import { describeShared, wordsForAccount } from '../lookups/account-words.ts';

/** The account whose credentials manage a set: its name or id confirms what is dangerous to it. */
export interface OwnerAccount {
  readonly name: string;
  readonly account: string;
  readonly shared?: true;
}
const accountOf = ({ account: id, ...rest }: OwnerAccount) => ({ id, ...rest });
export const dangerous = (owner: OwnerAccount) => ({
  risk: 'dangerous' as const,
  typed: wordsForAccount(accountOf(owner)),
});
/** What has to be said where its name is not enough. */
export const describeOwner = (owner: OwnerAccount): readonly string[] => describeShared(accountOf(owner));
