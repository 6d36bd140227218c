import type { Reader } from '../../src/model/reader.ts';
import { nameKey } from '../../src/model/text/name-key.ts';
import { markShared, type NamedAccount } from './account-words.ts';

/** The service principal under which IAM Identity Center is known to AWS Organizations. */
export const ServicePrincipal = 'sso.amazonaws.com';

/** An account as AWS Organizations lists it. `state`: ACTIVE, SUSPENDED, PENDING_CLOSURE … */
export interface Account extends NamedAccount {
  readonly state: string;
}

/** The heading under which stands, last, what cannot be chosen. */
export const noChoice = 'Cannot be chosen';

/** As lists have them: by name. */
export const byName = ({ name: one }: NamedAccount, { name: other }: NamedAccount): number => {
  const [a, b] = [nameKey(one), nameKey(other)];
  return a === b ? 0 : a < b ? -1 : 1;
};

/** All accounts of the organization. Refused to all but the management account and delegated administrators. */
export async function accountsOf(aws: Reader<'organizations:ListAccounts'>): Promise<readonly Account[]> {
  const all: Account[] = [];
  for await (const page of aws.pages('organizations:ListAccounts', {}))
    for (const { Id, Name, State, Status } of page.Accounts ?? [])
      if (Id) all.push({ id: Id, name: Name ?? Id, state: State ?? Status ?? '' });
  return markShared(all);
}

/** Ids of the accounts that administer IAM Identity Center for the organization: none or one. */
export const delegatesOf = async (aws: Delegations): Promise<readonly string[]> =>
  (await delegationsOf(aws)).map(({ account }) => account);

type Delegations = Reader<'organizations:ListDelegatedAdministrators'>;
/** The same, and since when: milliseconds since 1970, where AWS tells. */
export async function delegationsOf(
  aws: Delegations,
): Promise<readonly { readonly account: string; readonly since: number | undefined }[]> {
  const all: { account: string; since: number | undefined }[] = [];
  for await (const page of aws.pages('organizations:ListDelegatedAdministrators', { ServicePrincipal }))
    for (const { Id, DelegationEnabledDate } of page.DelegatedAdministrators ?? [])
      if (Id) all.push({ account: Id, since: DelegationEnabledDate?.getTime() });
  return all;
}
