import type { Reader } from '../src/model/reader.ts';

/** The service principal under which IAM Identity Center is known to AWS Organizations. */
export const ServicePrincipal = 'sso.amazonaws.com';

/** An account as AWS Organizations lists it. `state`: ACTIVE, SUSPENDED, PENDING_CLOSURE … */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly state: string;
}

/** All accounts of the organization. Refused to all but the management account and delegated administrators. */
export async function accountsOf(aws: Reader<'organizations:ListAccounts'>): Promise<readonly Account[]> {
  const all: Account[] = [];
  for await (const page of aws.pages('organizations:ListAccounts', {}))
    for (const { Id, Name, State, Status } of page.Accounts ?? [])
      if (Id) all.push({ id: Id, name: Name ?? Id, state: State ?? Status ?? '' });
  return all;
}

/** Ids of the accounts that administer IAM Identity Center for the organization: none or one. */
export async function delegatesOf(
  aws: Reader<'organizations:ListDelegatedAdministrators'>,
): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const page of aws.pages('organizations:ListDelegatedAdministrators', { ServicePrincipal }))
    all.push(...(page.DelegatedAdministrators ?? []).flatMap(({ Id }) => Id ?? []));
  return all;
}
