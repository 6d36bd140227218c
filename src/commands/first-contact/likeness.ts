import { isConstant } from '../../model/exchange/constants.ts';
import { defined } from '../../model/text/defined.ts';
import { regions as knownRegions } from '../../model/text/regions.ts';
import type { Likeness, SetLikeness } from '../../simulator/scenarios/likeness.ts';
import type { Found, InstanceFound, Reading, SetFound } from './reads.ts';

/** What the organization is like, by what was read of it. Of what could not be read the simulator's own is taken. */
export function likenessOf(found: Found, { account, role }: Reading): Likeness {
  const { organization, accounts, delegated, trusted, regions, instance } = found;
  const management = organization?.Organization?.MasterAccountId;
  const listed = accounts?.Accounts ?? [];
  const holders = (delegated?.DelegatedAdministrators ?? []).flatMap(({ Id }) => Id ?? []);
  // The management account first, then whoever asks and whoever administers, then the others.
  const rank = (id: string | undefined): number =>
    id === management ? 0 : id === account ? 1 : holders.includes(id ?? '') ? 2 : 3;
  const known = new Map(listed.map((one) => [one.Id, one]));
  const ids = [...new Set([management, account, ...holders, ...known.keys()])]
    .filter((id) => id !== undefined)
    .sort((a, b) => rank(a) - rank(b));
  const made = ids.map((id) => {
    const stands = known.get(id)?.State ?? known.get(id)?.Status;
    return {
      method: known.get(id)?.JoinedMethod === 'INVITED' ? ('INVITED' as const) : ('CREATED' as const),
      state: stands === 'SUSPENDED' || stands === 'PENDING_CLOSURE' ? stands : ('ACTIVE' as const),
    };
  });
  if (accounts?.NextToken) made.push(another); // there is a second page
  const services = trusted?.EnabledServicePrincipals?.flatMap(({ ServicePrincipal: name }) => name ?? []);
  return {
    billingOnly: organization?.Organization?.FeatureSet === 'CONSOLIDATED_BILLING',
    accounts: made,
    caller: Math.max(0, ids.indexOf(account)),
    delegated:
      holders.length > 0
        ? holders.map((id) => ids.indexOf(id))
        : role === 'delegated-administrator'
          ? [ids.indexOf(account)]
          : [],
    trusted: services?.map((name) => (isConstant(name) ? name : 'config.amazonaws.com')) ?? [
      'account.amazonaws.com',
      'sso.amazonaws.com',
    ],
    optedIn: (regions?.Regions ?? []).flatMap(({ RegionName = '', RegionOptStatus }) =>
      RegionOptStatus === 'ENABLED' || RegionOptStatus === 'ENABLING'
        ? [{ region: RegionName, done: RegionOptStatus === 'ENABLED' }]
        : [],
    ),
    ...defined({ instance: instance && instanceLike(instance) }),
  };
}

/** Of a list with a second page, one more: there has to be one to compare with. */
const withAnother = <T>(list: readonly T[], more: string | undefined): readonly T[] =>
  more ? [...list, ...list.slice(0, 1)] : list;
const another = { method: 'CREATED', state: 'ACTIVE' } as const;

function instanceLike(found: InstanceFound): NonNullable<Likeness['instance']> {
  const { described, tags, applications, sets, moreSets, requests, users, groups } = found;
  const { Status, Regions = [], EncryptionConfigurationDetails: encryption } = described ?? {};
  return {
    region: knownRegions.includes(found.region) ? found.region : 'us-east-1',
    ...defined({
      status:
        Status === 'CREATE_IN_PROGRESS' || Status === 'CREATE_FAILED' || Status === 'DELETE_IN_PROGRESS'
          ? Status
          : undefined,
    }),
    additional: Regions.flatMap(({ RegionName, Status: stands, IsPrimaryRegion }) =>
      RegionName === undefined || RegionName === found.region || IsPrimaryRegion
        ? []
        : [{ region: RegionName, status: stands === 'ADDING' || stands === 'REMOVING' ? stands : 'ACTIVE' }],
    ),
    customerKey: encryption?.KeyType === 'CUSTOMER_MANAGED_KEY',
    permissionSets: described?.PermissionSetsEnabled !== false,
    tags: (tags?.Tags ?? []).length,
    applications: (applications?.Applications ?? []).length,
    sets: sets.map(setLike),
    moreSets,
    requests: {
      ...defined({ create: requests.create, delete: requests.delete, provision: requests.provision }),
    },
    users: withAnother(users?.Users ?? [], users?.NextToken).map((user) => ({
      status: user.UserStatus === 'DISABLED' ? user.UserStatus : 'ENABLED',
      email: (user.Emails ?? []).length > 0,
      outside: (user.ExternalIds ?? []).length > 0,
      attributes: Object.fromEntries(
        Object.entries(user)
          .filter(([name]) => givenOf.has(name))
          .map(([name, value]) => [name, invented(value)]),
      ),
    })),
    groups: (groups?.Groups ?? []).map(({ ExternalIds = [] }) => ({ outside: ExternalIds.length > 0 })),
  };
}

function setLike({ described, inline, managed, customer, boundary, ...more }: SetFound): SetLikeness {
  const { Description, RelayState, SessionDuration } = described?.PermissionSet ?? {};
  const { ManagedPolicyArn, CustomerManagedPolicyReference: reference } = boundary?.PermissionsBoundary ?? {};
  return {
    description: Description !== undefined,
    relay: RelayState !== undefined,
    session: SessionDuration !== undefined && isConstant(SessionDuration) ? SessionDuration : 'PT1H',
    inline: Boolean(inline?.InlinePolicy),
    managed: (managed?.AttachedManagedPolicies ?? []).length,
    customer: (customer?.CustomerManagedPolicyReferences ?? []).length,
    ...defined({ boundary: ManagedPolicyArn ? 'managed' : reference ? 'customer' : undefined }),
    tags: (more.tags?.Tags ?? []).length,
    accounts: (more.accounts?.AccountIds ?? []).length,
    stale: more.stale,
    assigned: [
      ...new Set(
        (more.assignments?.AccountAssignments ?? []).map(({ PrincipalType }) =>
          PrincipalType === 'GROUP' ? PrincipalType : 'USER',
        ),
      ),
    ],
  };
}

/** What somebody may be given besides a name, an address and where they come from. */
const givenOf: ReadonlySet<string> = new Set([
  ...['NickName', 'ProfileUrl', 'Addresses', 'PhoneNumbers', 'UserType', 'Title', 'PreferredLanguage'],
  ...['Locale', 'Timezone', 'Photos', 'Website', 'Birthdate', 'Roles'],
]);
/** Data of the same make that says nothing. */
function invented(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(invented);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, invented(item)]));
  return typeof value === 'string' ? 'Example' : value;
}

/** The situation in words. */
export function situationOf(like: Likeness, { role }: Reading): string {
  const { instance } = like;
  const parts = [
    role === 'management' ? 'management account' : role.replace('-', ' '),
    ...(like.billingOnly ? ['consolidated billing only'] : []),
    ...(like.delegated.length > 0 ? ['delegated'] : []),
    ...(instance === undefined
      ? ['no instance seen']
      : [
          instance.status === undefined ? 'instance' : `instance ${instance.status}`,
          ...(instance.customerKey ? ['customer managed key'] : []),
          ...(instance.additional.length > 0 ? ['several Regions'] : []),
          ...(instance.permissionSets ? [] : ['permission sets off']),
          ...(instance.sets.length > 0 ? ['permission sets'] : []),
          ...(instance.sets.some(({ assigned }) => assigned.length > 0) ? ['assignments'] : []),
        ]),
  ];
  return parts.join(', ');
}
