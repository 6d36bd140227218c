import { defined } from '../organization/defined.ts';
import { createIds, type Ids, keysOf } from '../organization/ids.ts';
import { enabled } from '../organization/scenario-instances.ts';
import { newSession } from '../organization/sessions.ts';
import type { Account, AsyncRequest, Instance, PermissionSet, State, User } from '../organization/state.ts';
import { never } from '../services/requests.ts';

/** What an organization is like: how many there are of each, and how they stand. No name and no id of it. */
export interface Likeness {
  readonly billingOnly: boolean;
  readonly accounts: readonly Pick<Account, 'state' | 'method'>[]; // the management account first
  readonly caller: number; // which of these asks
  readonly delegated: readonly number[]; // which of these administer IAM Identity Center
  readonly trusted: readonly string[];
  readonly optedIn: readonly { readonly region: string; readonly done: boolean }[];
  readonly instance?: InstanceLikeness;
}
interface InstanceLikeness {
  readonly region: string;
  readonly status?: Exclude<Instance['status'], undefined>;
  readonly additional: readonly {
    readonly region: string;
    readonly status: 'ACTIVE' | 'ADDING' | 'REMOVING';
  }[];
  readonly customerKey: boolean;
  readonly permissionSets: boolean;
  readonly tags: number;
  readonly applications: number;
  readonly sets: readonly SetLikeness[];
  readonly moreSets: number;
  readonly requests: Readonly<Partial<Record<'create' | 'delete' | 'provision', Standing>>>;
  readonly users: readonly UserLikeness[];
  readonly groups: readonly { readonly outside: boolean }[];
}
type Standing = 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
export interface SetLikeness {
  readonly description: boolean;
  readonly relay: boolean;
  readonly session: string;
  readonly inline: boolean;
  readonly managed: number;
  readonly customer: number;
  readonly boundary?: 'managed' | 'customer';
  readonly tags: number;
  readonly accounts: number;
  readonly stale: boolean;
  readonly assigned: readonly ('USER' | 'GROUP')[];
}
interface UserLikeness {
  readonly status: User['status'];
  readonly email: boolean;
  readonly outside: boolean; // comes from an identity provider or a directory
  readonly attributes: NonNullable<User['attributes']>; // with invented values
}

/** The scenario's organization, made over until it is like another one. */
export function likened(state: State, like: Likeness): State {
  const ids = createIds(`${state.seed} likeness`, { drawn: 0 });
  const accounts = like.accounts.map(({ state: stands, method }, n): Account => {
    const given = { id: ids.digits(12), name: `Account ${n + 1}`, email: `account-${n + 1}@example.com` };
    return { ...given, joined: enabled, method, state: stands };
  });
  const management = accounts[0]?.id ?? state.organization.management;
  const { instance: _, ...rest } = state;
  const bare: State = {
    ...rest,
    organization: { ...state.organization, management },
    ...defined({ billingOnly: like.billingOnly ? true : undefined }),
    accounts,
    trusted: like.trusted.map((principal) => ({ principal, since: enabled })),
    delegated: like.delegated.flatMap((n) =>
      accounts[n] ? [{ account: accounts[n].id, service: 'sso.amazonaws.com', since: enabled }] : [],
    ),
    optedIn: like.optedIn.map(({ region, done }) => ({ region, due: done ? enabled : never })),
    ...{ users: [], groups: [], sets: [], assignments: [], requests: [], applications: [] },
  };
  const asks = accounts[like.caller]?.id ?? management;
  return like.instance && state.instance
    ? withInstance(bare, state.instance, like.instance, asks, ids)
    : bare;
}

function withInstance(state: State, before: Instance, like: InstanceLikeness, asks: string, ids: Ids): State {
  const { management } = state.organization;
  const { arn, store, created } = before;
  const instance: Instance = {
    ...{ arn, store, created, region: like.region, tags: tagged(like.tags) },
    ...defined({
      status: like.status,
      key: like.customerKey ? `arn:aws:kms:${like.region}:${management}:key/${ids.uuid()}` : undefined,
      permissionSets: like.permissionSets ? undefined : false,
    }),
    additional: like.additional.map((one) => ({ ...one, added: enabled })),
  };
  const by = ids.uuid();
  const users = like.users.map(({ status, email, outside, attributes }, n): User => {
    const name = `person-${n + 1}`;
    return {
      ...{ id: ids.uuid(), userName: name, given: 'Jane', family: 'Doe', display: `Person ${n + 1}` },
      ...defined({
        email: email ? `${name}@example.com` : undefined,
        externalId: outside ? { Issuer: 'https://idp.example.com/scim', Id: ids.word(20) } : undefined,
      }),
      ...{ attributes, status, created: enabled, by },
    };
  });
  const [user] = users;
  const groups = like.groups.map(({ outside }, n) => ({
    ...{ id: ids.uuid(), name: `Group ${n + 1}`, description: 'A group', created: enabled, by },
    ...defined({
      externalId: outside ? { Issuer: 'https://idp.example.com/scim', Id: ids.word(20) } : undefined,
    }),
    members: user ? [{ id: ids.uuid(), user: user.id }] : [],
  }));
  const plain = { ...noSet, session: 'PT1H' };
  const sets = [...like.sets, ...Array.from({ length: like.moreSets }, () => plain)].map((set, n) =>
    setLike(set, n, instance, state.accounts, ids),
  );
  const assignments = like.sets.flatMap(({ assigned }, n) => {
    const set = sets[n];
    const [account] = Object.keys(set?.provisioned ?? {});
    if (!set || account === undefined) return [];
    return assigned.flatMap((type) => {
      const principal = type === 'USER' ? user?.id : groups[0]?.id;
      return principal === undefined ? [] : [{ set: set.arn, account, type, principal }];
    });
  });
  const requests = Object.entries(like.requests).flatMap(([kind, stands]): AsyncRequest[] => {
    const [set] = sets;
    const account = state.accounts.at(-1)?.id;
    if (!set || !user || account === undefined || stands === undefined) return [];
    const common = {
      ...{ id: ids.uuid(), created: enabled, set: set.arn, account },
      ...(stands === 'IN_PROGRESS' ? { due: never - 1, applied: false } : { due: enabled, applied: true }),
      ...defined({ failure: stands === 'FAILED' ? 'Received a 403 status error: Access Denied' : undefined }),
    };
    if (kind === 'provision') return [{ ...common, kind, version: 1 }];
    const made = kind === 'create' ? 'create' : 'delete';
    return [{ ...common, kind: made, type: 'USER', principal: user.id }];
  });
  const applications = Array.from({ length: like.applications }, (_, n) => ({
    arn: `arn:aws:sso::${management}:application/${arn.split('/')[1]}/apl-${ids.hex(16)}`,
    account: asks,
    provider: 'arn:aws:sso::aws:applicationProvider/quicksight',
    ...{ name: `Application ${n + 1}`, description: 'An application', region: like.region, created },
  }));
  return { ...state, instance, users, groups, sets, assignments, requests, applications };
}

const noSet: Omit<SetLikeness, 'session'> = {
  ...{ description: false, relay: false, inline: false, managed: 0, customer: 0, tags: 0, accounts: 0 },
  ...{ stale: false, assigned: [] },
};
function boundaryOf(
  like: SetLikeness['boundary'],
  policy: PermissionSet['customer'][number],
): PermissionSet['boundary'] {
  switch (like) {
    case undefined:
      return undefined;
    case 'managed':
      return { ManagedPolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' };
    case 'customer':
      return { CustomerManagedPolicyReference: policy };
  }
}
function setLike(
  like: SetLikeness,
  n: number,
  { arn }: Instance,
  accounts: readonly Account[],
  ids: Ids,
): PermissionSet {
  const policy = { Name: 'example-policy', Path: '/' };
  return {
    arn: `${arn.replace(':instance/', ':permissionSet/')}/ps-${ids.hex(16)}`,
    ...{ name: `Set-${n + 1}`, created: enabled, session: like.session, version: 2, tags: tagged(like.tags) },
    ...defined({
      description: like.description ? 'A permission set' : undefined,
      relay: like.relay ? 'https://console.aws.amazon.com/' : undefined,
      inline: like.inline ? JSON.stringify({ Version: '2012-10-17', Statement: [] }) : undefined,
    }),
    managed: Array.from({ length: like.managed }, (_, one) => `arn:aws:iam::aws:policy/Example${one + 1}`),
    customer: Array.from({ length: like.customer }, (_, one) => ({ ...policy, Name: `example-${one + 1}` })),
    ...defined({ boundary: boundaryOf(like.boundary, policy) }),
    provisioned: Object.fromEntries(
      (like.accounts === 0 ? [] : accounts.slice(-like.accounts)).map(({ id }) => [id, like.stale ? 1 : 2]),
    ),
  };
}
const tagged = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ Key: `Key${n + 1}`, Value: 'Value' }));

/** Credentials of who asks there: a user’s lasting keys, or a session of a role. */
export function credentialsIn(
  state: State,
  { caller }: Likeness,
  as: { readonly role?: string },
): { readonly accessKeyId: string; readonly secretAccessKey: string; readonly token?: string } {
  const account = state.accounts[caller]?.id ?? state.organization.management;
  if (as.role === undefined) return keysOf(state.seed, account);
  const expires = 8.64e15;
  return newSession(state.seed, { account, role: as.role, name: 'someone', expires, id: 'likeness' });
}
