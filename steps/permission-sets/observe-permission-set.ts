import { unlessAbsent } from '../../src/model/access/absence.ts';
import type { Reader } from '../../src/model/reader.ts';
import { see } from '../../src/model/reader.ts';
import { defined } from '../../src/model/text/defined.ts';
import { plainDuration } from '../../src/model/text/duration.ts';
import { fingerprint } from '../../src/model/text/fingerprint.ts';
import { accountsOf, customerOf, managedOf, type Which } from './list-whole.ts';

/** A permission set, everything it grants, and who has it. */
export interface Grants {
  readonly arn: string;
  readonly name: string;
  readonly inline: string; // '' where it has no inline policy
  readonly session: string; // ISO 8601 duration, in one form
  readonly relay?: string; // where a browser is sent after signing in, where that is set
  readonly managed: readonly string[];
  readonly customer: readonly string[];
  readonly boundary: string; // an ARN, or a customer managed policy’s path and name; '' where it has none
  readonly provisioned: readonly string[]; // account ids
  readonly outdated: readonly string[]; // of those, the ones that have an older version
  readonly holders: readonly Assigned[];
  readonly places?: Readonly<Record<string, string>>; // what accounts are called that have it, where AWS says
}
/** `who`: in full, with the id. `name`: what they are called, where AWS says. */
interface Assigned {
  readonly account: string;
  readonly principal: string;
  readonly who: string;
  readonly name?: string;
}
/** AWS gives a set sessions of one hour where none is asked for. */
export const usualSession = 'PT1H';

export type SetReader = Reader<
  | 'sso:ListPermissionSets'
  | 'sso:DescribePermissionSet'
  | 'sso:GetInlinePolicyForPermissionSet'
  | 'sso:ListManagedPoliciesInPermissionSet'
  | 'sso:ListCustomerManagedPolicyReferencesInPermissionSet'
  | 'sso:GetPermissionsBoundaryForPermissionSet'
  | 'sso:ListAccountsForProvisionedPermissionSet'
  | 'sso:ListAccountAssignments'
  | 'identitystore:DescribeUser'
  | 'identitystore:DescribeGroup'
>;

/** Looks at the set of that name, if there is one. `hint`: an ARN it had when last seen. */
export async function observeSet(
  aws: SetReader,
  instance: Place,
  name: string,
  hint: string | undefined,
  none?: string,
): Promise<Grants | undefined> {
  const hinted = hint ? await setAt(aws, instance, hint) : undefined;
  if (hinted?.name === name) return bare(hinted);
  const found = await find(aws, instance.arn, name, { none });
  return found && bare({ ...found, ...(await grantsAt(aws, instance, found.arn)) });
}

const bare = ({ created: _, ...grants }: Grants & { readonly created: number | undefined }): Grants => grants;

/** Looks at the set of that ARN, whatever its name is. */
export async function setAt(
  aws: SetReader,
  instance: Place,
  arn: string,
): Promise<(Grants & { readonly created: number | undefined }) | undefined> {
  // Mostly it is there: what it grants is asked for at once.
  const [found, granted] = await Promise.allSettled([
    describedAs(aws, instance.arn, arn),
    grantsAt(aws, instance, arn),
  ]);
  if (found.status === 'rejected') throw found.reason;
  if (found.value === undefined) return undefined;
  if (granted.status === 'rejected') throw granted.reason;
  return { ...found.value, ...granted.value };
}

type Described = Pick<Grants, 'arn' | 'name' | 'session' | 'relay'>;
type Granted = Omit<Grants, keyof Described>;
interface Place {
  readonly arn: string;
  readonly store: string;
}
async function grantsAt(aws: SetReader, instance: Place, arn: string): Promise<Granted> {
  const set = { InstanceArn: instance.arn, PermissionSetArn: arn };
  const [inline, managed, customer, boundary, provisioned, outdated] = await Promise.all([
    aws.read('sso:GetInlinePolicyForPermissionSet', set),
    managedOf(aws, set),
    customerOf(aws, set),
    unlessAbsent('what was asked for', aws.read('sso:GetPermissionsBoundaryForPermissionSet', set)),
    accountsOf(aws, set),
    accountsOf(aws, { ...set, ProvisioningStatus: 'LATEST_PERMISSION_SET_NOT_PROVISIONED' }),
  ]);
  const held = await assignedAccountsOf(aws, instance.store, set, provisioned);
  const { ManagedPolicyArn, CustomerManagedPolicyReference } = boundary?.PermissionsBoundary ?? {};
  return {
    inline: inline.InlinePolicy ?? '',
    managed,
    customer,
    boundary:
      ManagedPolicyArn ?? (CustomerManagedPolicyReference ? pathOf(CustomerManagedPolicyReference) : ''),
    provisioned,
    outdated,
    holders: held,
  };
}

/** A path of / is left out: decisions of earlier runs name what they saw without it. */
const pathOf = ({
  Path = '/',
  Name = '',
}: {
  readonly Path?: string | undefined;
  readonly Name?: string | undefined;
}) => (Path === '/' ? Name : `${Path}${Name}`);

/** `created`: milliseconds since 1970, where AWS tells. */
async function describedAs(
  aws: Reader<'sso:DescribePermissionSet'>,
  InstanceArn: string,
  PermissionSetArn: string,
): Promise<(Described & { readonly created: number | undefined }) | undefined> {
  const described = await unlessAbsent(
    'what was asked for',
    aws.read('sso:DescribePermissionSet', { InstanceArn, PermissionSetArn }),
  );
  const { Name, SessionDuration, CreatedDate, RelayState } = described?.PermissionSet ?? {};
  if (Name === undefined) return undefined;
  return {
    ...{ arn: PermissionSetArn, name: Name, session: plainDuration(SessionDuration ?? usualSession) },
    ...defined({ relay: RelayState || undefined }),
    created: CreatedDate?.getTime(),
  };
}

/** How many are asked about at a time: AWS's answers take longer than its 20 requests a second let one wait. */
const atOnce = 8;

/**
 * AWS finds a set by ARN only, so all are described until one has the name: of 3,500 sets the last is found after three
 * minutes. What was found out before spares that: a set's name never changes.
 */
export async function find(
  aws: Reader<'sso:ListPermissionSets' | 'sso:DescribePermissionSet'>,
  InstanceArn: string,
  name: string,
  { passes, none }: Searching = {},
): Promise<(Described & { readonly created: number | undefined }) | undefined> {
  const arns: string[] = [];
  for await (const page of aws.pages('sso:ListPermissionSets', { InstanceArn })) {
    arns.push(...(page.PermissionSets ?? []));
    aws.search.count({ what: 'permission sets listed', done: arns.length });
  }
  const known = aws.search.known;
  // The same sets as when none of them had the name: a set's name never changes.
  const all = fingerprint([name, ...arns.toSorted()]).slice(0, 32);
  if (none === all) {
    known.set(noneOf(name), all);
    return undefined;
  }
  const named = arns.find((arn) => known.get(arn) === name);
  const again = named ? await describedAs(aws, InstanceArn, named) : undefined;
  if (again) return again;

  const left = arns.filter((arn) => !known.has(arn));
  const queue = left.values();
  let looked = arns.length - left.length;
  let found: Awaited<ReturnType<typeof describedAs>>;
  const paced = aws.search.paced;
  let over = false;
  const work = async (): Promise<void> => {
    for (const arn of queue) {
      if (over || (passes && aws.search.passed?.())) return;
      const asked = paced(async () => (over ? undefined : describedAs(aws, InstanceArn, arn)));
      const set = await asked.catch((error: unknown) => {
        over = true; // the others need not go on
        throw error;
      });
      if (set) known.set(arn, set.name);
      if (set?.name === name) {
        found = set;
        over = true;
      }
      looked += 1;
      aws.search.count({
        what: 'permission sets checked',
        done: looked,
        of: arns.length,
        ...defined({ passes }),
      });
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, work));
  if (found) return found;
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  if (looked === arns.length) known.set(noneOf(name), all);
  return undefined;
}
/** `passes`: whoever waits may go on without it. `none`: the mark of an earlier search that found none of the name. */
interface Searching {
  readonly passes?: true;
  readonly none?: string | undefined;
}
const noneOf = (name: string): string => `none of ${name}`;
/** The mark of a search that went through all sets and found none of that name: the next start need not make it again. */
export const searchedFor = (aws: Reader<never>, name: string): string | undefined =>
  aws.search.known.get(noneOf(name));

/** Who has the set, where. Names are asked for the first few; the rest, and who has none to be told, keep their ids. */
async function assignedAccountsOf(
  aws: SetReader,
  IdentityStoreId: string,
  set: Which,
  accounts: readonly string[],
): Promise<Grants['holders']> {
  const all: Assigned[] = [];
  for (const AccountId of accounts)
    for await (const page of aws.pages('sso:ListAccountAssignments', { ...set, AccountId }))
      for (const { PrincipalId, PrincipalType } of page.AccountAssignments ?? []) {
        const type = PrincipalType?.toLowerCase() ?? 'principal';
        const known = PrincipalId !== undefined && all.length < 25;
        const name = known ? await nameOf(aws, IdentityStoreId, type, PrincipalId) : undefined;
        all.push({ account: AccountId, principal: PrincipalId ?? '', ...called(name, type, PrincipalId) });
      }
  return all;
}
function called(
  name: string | typeof gone | undefined,
  type: string,
  id: string | undefined,
): Pick<Assigned, 'who' | 'name'> {
  if (name === undefined) return { who: `${type} ${id}` };
  if (name === gone) return { who: `${type} ${id}, who no longer exists` };
  return { who: `${name} (${type} ${id})`, name: type === 'group' ? `the group ${name}` : name };
}

/** The accounts that have it, by either listing: one of them may come from an older copy. */
export const accountsWith = ({ provisioned, outdated }: Grants): readonly string[] => [
  ...new Set([...provisioned, ...outdated]),
];
const gone = Symbol('gone');
/** What somebody is called; `gone` where the identity store has nobody of that id; undefined where it does not say. */
async function nameOf(
  aws: SetReader,
  IdentityStoreId: string,
  type: string,
  id: string,
): Promise<string | typeof gone | undefined> {
  const reading = (): Promise<string | typeof gone | undefined> =>
    type === 'user'
      ? unlessAbsent('USER', aws.read('identitystore:DescribeUser', { IdentityStoreId, UserId: id })).then(
          (user) => (user === undefined ? gone : user.UserName),
        )
      : unlessAbsent('GROUP', aws.read('identitystore:DescribeGroup', { IdentityStoreId, GroupId: id })).then(
          (group) => (group === undefined ? gone : group.DisplayName),
        );
  if (type !== 'user' && type !== 'group') return undefined;
  const found = await see(reading());
  return 'seen' in found ? found.seen : undefined;
}

/** With these a set is read back once it is there. */
export const readBack = [
  'sso:DescribePermissionSet',
  'sso:GetInlinePolicyForPermissionSet',
  'sso:ListManagedPoliciesInPermissionSet',
  'sso:ListCustomerManagedPolicyReferencesInPermissionSet',
  'sso:GetPermissionsBoundaryForPermissionSet',
  'sso:ListAccountsForProvisionedPermissionSet',
  'sso:ListAccountAssignments',
] as const;
