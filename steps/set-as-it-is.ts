import { samePolicy } from '../src/model/policy-difference.ts';
import { differenceSays } from '../src/model/policy-words.ts';
import type { Reader } from '../src/model/reader.ts';
import { unless } from '../src/model/reader.ts';
import { knownPolicy, type OfferedPolicy } from './policies/index.ts';

/** A permission set, everything it grants, and who has it. */
export interface Grants {
  readonly arn: string;
  readonly name: string;
  readonly inline: string; // '' where it has no inline policy
  readonly session: string; // ISO 8601 duration
  readonly managed: readonly string[];
  readonly customer: readonly string[];
  readonly boundary: string; // '' where it has none
  readonly provisioned: readonly string[]; // account ids
  readonly outdated: readonly string[]; // of those, the ones that have an older version
  readonly holders: readonly { readonly account: string; readonly principal: string; readonly who: string }[];
}
/** AWS gives a set sessions of one hour where none is asked for. */
const usualSession = 'PT1H';

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
>;

/** Looks at the set of that name, if there is one. `hint`: an ARN it had when last seen. */
export async function observeSet(
  aws: SetReader,
  instance: Place,
  name: string,
  hint: string | undefined,
): Promise<Grants | undefined> {
  const found = await find(aws, instance.arn, name, hint);
  return found && grantsAt(aws, instance, found);
}

/** Looks at the set of that ARN, whatever its name is. */
export async function setAt(
  aws: SetReader,
  instance: Place,
  arn: string,
): Promise<(Grants & { readonly created: number | undefined }) | undefined> {
  const found = await describedAs(aws, instance.arn, arn);
  return found && { ...(await grantsAt(aws, instance, found)), created: found.created };
}

type Described = Pick<Grants, 'arn' | 'name' | 'session'>;
interface Place {
  readonly arn: string;
  readonly store: string;
}
async function grantsAt(aws: SetReader, instance: Place, described: Described): Promise<Grants> {
  const { arn, name, session } = described;
  const set = { InstanceArn: instance.arn, PermissionSetArn: arn };
  const [inline, managed, customer, boundary, provisioned, outdated] = await Promise.all([
    aws.read('sso:GetInlinePolicyForPermissionSet', set),
    managedOf(aws, set),
    customerOf(aws, set),
    unless('ResourceNotFoundException', aws.read('sso:GetPermissionsBoundaryForPermissionSet', set)),
    accountsOf(aws, set),
    accountsOf(aws, { ...set, ProvisioningStatus: 'LATEST_PERMISSION_SET_NOT_PROVISIONED' }),
  ]);
  const held = await holdersOf(aws, instance.store, set, provisioned);
  const { ManagedPolicyArn, CustomerManagedPolicyReference } = boundary?.PermissionsBoundary ?? {};
  return {
    ...{ arn, name, session },
    inline: inline.InlinePolicy ?? '',
    managed,
    customer,
    boundary: ManagedPolicyArn ?? CustomerManagedPolicyReference?.Name ?? '',
    provisioned,
    outdated,
    holders: held,
  };
}

/** `created`: milliseconds since 1970, where AWS tells. */
async function describedAs(
  aws: Reader<'sso:DescribePermissionSet'>,
  InstanceArn: string,
  PermissionSetArn: string,
): Promise<(Described & { readonly created: number | undefined }) | undefined> {
  const described = await unless(
    'ResourceNotFoundException',
    aws.read('sso:DescribePermissionSet', { InstanceArn, PermissionSetArn }),
  );
  const { Name, SessionDuration, CreatedDate } = described?.PermissionSet ?? {};
  if (Name === undefined) return undefined;
  return {
    ...{ arn: PermissionSetArn, name: Name, session: SessionDuration ?? usualSession },
    created: CreatedDate?.getTime(),
  };
}

/** AWS finds a set by ARN only, so all are described in turn: 3,500 sets take three minutes. The hint spares that. */
export async function find(
  aws: Reader<'sso:ListPermissionSets' | 'sso:DescribePermissionSet'>,
  InstanceArn: string,
  name: string,
  hint?: string,
): Promise<Described | undefined> {
  const hinted = hint ? await describedAs(aws, InstanceArn, hint) : undefined;
  if (hinted?.name === name) return hinted;
  for await (const page of aws.pages('sso:ListPermissionSets', { InstanceArn }))
    for (const arn of page.PermissionSets ?? []) {
      const found = await describedAs(aws, InstanceArn, arn);
      if (found?.name === name) return found;
    }
  return undefined;
}

type Which = { readonly InstanceArn: string; readonly PermissionSetArn: string };
async function managedOf(aws: SetReader, set: Which): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const page of aws.pages('sso:ListManagedPoliciesInPermissionSet', set))
    all.push(...(page.AttachedManagedPolicies ?? []).map(({ Arn, Name }) => Arn ?? Name ?? ''));
  return all.sort();
}
async function customerOf(aws: SetReader, set: Which): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const page of aws.pages('sso:ListCustomerManagedPolicyReferencesInPermissionSet', set))
    all.push(
      ...(page.CustomerManagedPolicyReferences ?? []).map(({ Path, Name }) => `${Path ?? '/'}${Name}`),
    );
  return all.sort();
}
async function accountsOf(
  aws: SetReader,
  which: Which & { readonly ProvisioningStatus?: 'LATEST_PERMISSION_SET_NOT_PROVISIONED' },
): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const page of aws.pages('sso:ListAccountsForProvisionedPermissionSet', which))
    all.push(...(page.AccountIds ?? []));
  return all.sort();
}

/** Who has the set, where. Names are asked for the first few; the rest keep their ids. */
async function holdersOf(
  aws: SetReader,
  IdentityStoreId: string,
  set: Which,
  accounts: readonly string[],
): Promise<Grants['holders']> {
  const all: { account: string; principal: string; who: string }[] = [];
  for (const AccountId of accounts)
    for await (const page of aws.pages('sso:ListAccountAssignments', { ...set, AccountId }))
      for (const { PrincipalId, PrincipalType } of page.AccountAssignments ?? []) {
        const user =
          PrincipalType === 'USER' && PrincipalId && all.length < 25
            ? await unless(
                'ResourceNotFoundException',
                aws.read('identitystore:DescribeUser', { IdentityStoreId, UserId: PrincipalId }),
              )
            : undefined;
        const who = user?.UserName
          ? `${user.UserName} (user ${PrincipalId})`
          : `${PrincipalType?.toLowerCase() ?? 'principal'} ${PrincipalId}`;
        all.push({ account: AccountId, principal: PrincipalId ?? '', who });
      }
  return all;
}

/** A set that grants nothing and that nobody has: what is left when a program dies between creating it and its policy. */
export const isBare = (set: Grants): boolean =>
  set.inline === '' && set.provisioned.length === 0 && extrasOf(set).length === 0;

/** What the set grants or limits besides its inline policy, a phrase each. */
export function extrasOf({ managed, customer, boundary, session }: Grants): readonly string[] {
  return [
    ...managed.map((arn) => `AWS managed policy ${arn}`),
    ...customer.map((name) => `customer managed policy ${name}`),
    ...(boundary === '' ? [] : [`permissions boundary ${boundary}`]),
    ...(session === usualSession ? [] : [`sessions of ${session} instead of ${usualSession}`]),
  ];
}

export const holdersIn = ({ holders, provisioned }: Grants): readonly string[] => [
  ...holders.map(({ account, who }) => `${who} in account ${account}`),
  ...provisioned
    .filter((account) => !holders.some((one) => one.account === account))
    .map((account) => `account ${account} (nobody is assigned)`),
];

/** As many of a kind are named; the rest are counted. */
const most = 8;

/** In words: what the set grants otherwise than the chosen policy, what else it has, and who has it. */
export function grantsOf(set: Grants, chosen: OfferedPolicy): readonly string[] {
  const say = (what: string, all: readonly string[]): readonly string[] => {
    if (all.length === 0) return [];
    return [
      `${what} (${all.length}): ${all.slice(0, most).join('; ')}${all.length > most ? `; and ${all.length - most} more` : ''}`,
    ];
  };
  const known = knownPolicy(set.inline);
  return [
    ...(set.provisioned.length === 0 ? ['Nobody has it.'] : say('Who has it', holdersIn(set))),
    ...(samePolicy(set.inline, chosen.text)
      ? [`Its inline policy means what ${chosen.name} does.`]
      : set.inline === ''
        ? ['It has no inline policy.']
        : [
            ...(known ? [`Its inline policy means what ${known.name} does.`] : []),
            `Its inline policy, against ${chosen.name}:`,
            ...differenceSays(chosen.text, set.inline),
          ]),
    ...say('It also has', extrasOf(set)),
  ];
}
