import { unlessAbsent } from '../../src/model/access/absence.ts';
import { type Reader, type Seen, see, unlessRefused } from '../../src/model/reader.ts';
import { accountsOf } from '../lookups/accounts.ts';
import { find, searchedFor } from './observe-permission-set.ts';

/** What the document calls the permission set. */
export const documentedName = 'CodeWhisperer_administrator';

/** Somebody who has a permission set in an account. `place`: what the account is called. */
export interface Holder {
  readonly account: string;
  readonly place: string;
  readonly type: 'USER' | 'GROUP';
  readonly id: string;
  readonly name: string;
}

/** What looking for them takes. */
export const holderCalls = [
  'sso:ListPermissionSets',
  'sso:DescribePermissionSet',
  'sso:ListAccountsForProvisionedPermissionSet',
  'sso:ListAccountAssignments',
  'identitystore:DescribeUser',
  'identitystore:DescribeGroup',
  'organizations:ListAccounts',
] as const;
type Aws = Reader<(typeof holderCalls)[number]>;
interface Instance {
  readonly arn: string;
  readonly store: string;
}

/**
 * Who has the set of that name; nobody where there is no such set. It only informs: whoever waits may go on without it,
 * and then it is not searched again. `none`: the mark of an earlier search that found none. What AWS refuses is
 * remembered, not thrown.
 */
export async function holdersOfName(
  aws: Aws,
  instance: Instance,
  name: string,
  none?: string,
): Promise<Seen<readonly Holder[]>> {
  const { known } = aws.search;
  const skipped = `skipped ${name}`;
  if (known.has(skipped)) return { refused: 'you skipped the search' };
  const found = await unlessRefused(
    find(aws, instance.arn, name, { passes: true, none }).then(async (set) =>
      set ? holdersOf(aws, instance, set.arn) : [],
    ),
  );
  if (!aws.search.passed?.() || searchedFor(aws, name) !== undefined) return found;
  known.set(skipped, '');
  return { refused: 'you skipped the search' };
}

/** So many accounts and people are looked at: more are no help to decide. */
const most = 50;

/** Who has the set, and where, by name. Who no longer exists is left out. */
export async function holdersOf(
  aws: Aws,
  { arn: InstanceArn, store }: Instance,
  PermissionSetArn: string,
): Promise<readonly Holder[]> {
  const ids: string[] = [];
  const set = { InstanceArn, PermissionSetArn };
  for await (const page of aws.pages('sso:ListAccountsForProvisionedPermissionSet', set))
    ids.push(...(page.AccountIds ?? []));
  if (ids.length === 0) return [];
  const rows = await assignedIn(aws, set, ids.slice(0, most));
  const people = new Map<string, string | undefined>();
  for (const { id, type } of rows)
    if (!people.has(id)) people.set(id, people.size < most ? await nameOf(aws, store, type, id) : id);
  return rows.flatMap((row) => {
    const name = people.get(row.id);
    return name === undefined ? [] : [{ ...row, name }];
  });
}

/** Who is assigned the set in these accounts, by id. */
async function assignedIn(
  aws: Aws,
  set: { readonly InstanceArn: string; readonly PermissionSetArn: string },
  accounts: readonly string[],
): Promise<readonly Omit<Holder, 'name'>[]> {
  const listed = await see(accountsOf(aws));
  const places = new Map(('seen' in listed ? listed.seen : []).map(({ id, name }) => [id, name]));
  const rows: Omit<Holder, 'name'>[] = [];
  for (const account of accounts)
    for await (const page of aws.pages('sso:ListAccountAssignments', { ...set, AccountId: account }))
      for (const { PrincipalId: id, PrincipalType: type } of page.AccountAssignments ?? [])
        if (id !== undefined && (type === 'USER' || type === 'GROUP'))
          rows.push({ account, place: places.get(account) ?? account, type, id });
  return rows;
}

/** What somebody is called, their id where that is not told; undefined for who no longer exists. */
async function nameOf(
  aws: Aws,
  IdentityStoreId: string,
  type: Holder['type'],
  id: string,
): Promise<string | undefined> {
  const found = await see<string | undefined>(
    type === 'USER'
      ? unlessAbsent('USER', aws.read('identitystore:DescribeUser', { IdentityStoreId, UserId: id })).then(
          (user) => user && (user.UserName ?? id),
        )
      : unlessAbsent('GROUP', aws.read('identitystore:DescribeGroup', { IdentityStoreId, GroupId: id })).then(
          (group) => group && (group.DisplayName ?? id),
        ),
  );
  return 'seen' in found ? found.seen : id;
}

const called = ({ type, name }: Holder): string => (type === 'GROUP' ? `the group ${name}` : name);
/** Who has a set where, a sentence for each. */
export const describeHolders = (all: readonly Holder[], set: string): readonly string[] =>
  all.map((one) => `${called(one)} has ${set} in ${one.place} (${one.account}).`);

/** All of them in a phrase: who, and where. */
export const factsOfAll = (all: readonly Holder[]): readonly string[] =>
  all.length === 0 ? [] : [inShort(all.map((one) => `${called(one)} in ${one.place} (${one.account})`))];
/** What is known of somebody: where they have the set. */
export function factsOfPerson(
  all: readonly Holder[],
  id: string | undefined,
  set: string,
): readonly string[] {
  const places = all.flatMap((one) => (one.id === id ? [one.place] : []));
  return places.length === 0 ? [] : [`has ${set} in ${inShort(places)}`];
}
/** What is known of an account: who has the set there. */
export function factsOfAccount(all: readonly Holder[], account: string, set: string): readonly string[] {
  const who = all.flatMap((one) => (one.account === account ? [called(one)] : []));
  return who.length === 0 ? [] : [`${inShort(who)} ${who.length === 1 ? 'has' : 'have'} ${set}`];
}
const inShort = (all: readonly string[]): string =>
  all.length <= 3 ? all.join(', ') : `${all.slice(0, 2).join(', ')} and ${all.length - 2} more`;
