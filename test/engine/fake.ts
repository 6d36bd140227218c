import type { Actor, ReadyCall } from '../../src/model/call.ts';
import { naturalKey } from '../../src/model/call.ts';
import type { Caller, Source, UnusableCredentials } from '../../src/model/identity.ts';
import type { Aws } from '../../src/model/reader.ts';
import { CredentialsError, OutcomeUnknown, RequestRejected, unwatched } from '../../src/model/reader.ts';

export const MGMT = '111111111111';
export const DELEGATE = '222222222222';
export const DEV = '333333333333';
export const PROD = '444444444444';
export const INSTANCE = 'arn:aws:sso:::instance/ssoins-1111111111111111';
const STORE = 'd-1111111111';
const SSO = 'sso.amazonaws.com';

/** The machine dies. */
export class Crash extends Error {
  override name = 'Crash';
}
export interface Clock {
  now: number;
}
interface PermSet {
  readonly arn: string;
  readonly name: string;
  policy: string;
  tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly at: number; // when it was made
  readonly provisioned: Map<string, string>; // account -> the policy it has
  readonly visibleAt: number;
}
interface Request {
  readonly id: string;
  readonly kind: 'assign' | 'provision' | 'delete';
  readonly input: In;
  readonly at: number;
  readonly why?: string;
  status: string;
  polls: number;
  apply(): void;
}
type In = Readonly<Record<string, string>>;
interface Who {
  readonly account: string;
  readonly arn: string;
  readonly region: string;
}
type Handlers = Readonly<Record<string, (input: In, who: Who) => unknown>>;

const usual = {
  region: 'eu-west-1',
  opt: 'ENABLED_BY_DEFAULT',
  organization: 'o-abc1234567',
  noInstance: false,
  closed: [] as readonly string[], // Regions that refuse
  denied: '', // a write that AWS refuses
  deniedRead: '', // a reading that AWS refuses
  untagged: false, // AWS refuses tags
  behind: true, // AWS lists the accounts that have an older version
  holders: true, // AWS lists the accounts that have a set
  flap: false, // answers come now from a new copy, now from an old one
  lag: 0, // ms until what was made is shown
  polls: 2, // how often an asynchronous request says that it is under way
  failIn: [] as readonly string[], // accounts in which an assignment fails
  directoryLag: 0, // ms more until its directory does
  delegationLag: 0, // ms more until IAM Identity Center acts on a registration that AWS Organizations lists
  listers: [] as readonly string[], // member accounts that may list accounts, as delegates of another service may
  activeAt: 0, // when the instance becomes active
};
export type Options = typeof usual;
export type World = ReturnType<typeof world>;

/** How a world stands: another one can begin so. */
export interface Standing {
  readonly made: number; // sets ever: an ARN is used once
  readonly flaps: number;
  readonly sets: readonly PermSet[];
  readonly requests: readonly Request[];
  readonly assigned: readonly {
    account: string;
    set: string;
    user: string;
    type?: string;
    visibleAt: number;
  }[];
  readonly delegated: readonly { account: string; at: number; visibleAt: number }[];
  readonly users: readonly { id: string; name: string; visibleAt: number }[];
  readonly sent: readonly string[]; // calls, by natural key, that reached AWS
  readonly effects: readonly string[]; // those that took effect
}
const beginning: Standing = {
  ...{ made: 0, flaps: 0, sets: [], requests: [], assigned: [], delegated: [], sent: [], effects: [] },
  users: [
    { id: 'u-1', name: 'ada', visibleAt: 0 },
    { id: 'u-2', name: 'bob', visibleAt: 0 },
  ],
};
const copies = <T extends object>(list: readonly T[]): T[] => list.map((one) => ({ ...one }));

/** A small organization in memory, and the credentials of some of its accounts: a port of the engine, not an SDK client. */
export function world(clock: Clock, options: Partial<Options> = {}, as: Standing = beginning) {
  const o: Options = { ...usual, ...options };
  const sets = as.sets.map((one) => ({ ...one, provisioned: new Map(one.provisioned) }));
  let { made, flaps } = as;
  const [requests, assigned, delegated] = [copies(as.requests), copies(as.assigned), copies(as.delegated)];
  const [users, sent, effects] = [copies(as.users), [...as.sent], [...as.effects]];
  const groups = [{ id: 'g-1', name: 'Admins', members: ['u-1', 'u-2'] }];
  const reads: string[] = [];
  const met: string[] = []; // profiles that were asked who they are
  const expired = new Set<string>();
  const refusedOnce = new Map<string, 'Refused' | 'Unclear'>();
  /** Whose credentials each profile holds. */
  const profiles = new Map([
    ['mgmt', { account: MGMT, arn: `arn:aws:sts::${MGMT}:assumed-role/admin/op` }],
    ['delegate', { account: DELEGATE, arn: `arn:aws:sts::${DELEGATE}:assumed-role/admin/op` }],
    ['dev', { account: DEV, arn: `arn:aws:sts::${DEV}:assumed-role/admin/op` }],
  ]);
  let hook: (when: 'before' | 'after', call: ReadyCall) => void = () => {};
  const visible = ({ visibleAt }: { visibleAt: number }): boolean =>
    clock.now >= visibleAt &&
    !(o.flap && visibleAt > 0 && clock.now < visibleAt + 20_000 && ++flaps % 3 === 0);
  const setOf = (arn: string | undefined): PermSet => {
    const found = sets.find((one) => one.arn === arn);
    if (!found || !visible(found)) throw new RequestRejected('ResourceNotFoundException', `${arn}`);
    return found;
  };
  const nameOf = (account: string): string =>
    ({ [MGMT]: 'Main', [DELEGATE]: 'Identity', [DEV]: 'Dev', [PROD]: 'Prod' })[account] ?? account;
  const seesAll = ({ account }: Who): boolean =>
    account === MGMT || delegated.some((one) => one.account === account && visible(one));
  const onlyThose = (who: Who, operation: string): void => {
    if (!seesAll(who) && !o.listers.includes(who.account))
      throw new RequestRejected('AccessDeniedException', `${who.arn} may not ${operation}`);
  };
  const administrators = (who: Who, operation: string, lag = o.delegationLag): void => {
    const late = ({ account, visibleAt }: { account: string; visibleAt: number }): boolean =>
      account === who.account && visibleAt > 0 && clock.now < visibleAt + lag;
    if (!seesAll(who) || delegated.some(late))
      throw new RequestRejected(
        'AccessDeniedException',
        `User: ${who.arn} is not authorized to perform: ${operation} on resource: ${INSTANCE} because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
      );
  };
  const statusOf = ({ status, id, at, why, input }: Request) => {
    const { InstanceArn: _, ...rest } = input;
    const reason = why !== undefined && status === 'FAILED' ? { FailureReason: why } : {};
    return { Status: status, RequestId: id, CreatedDate: new Date(at), ...reason, ...rest };
  };
  const request = (kind: Request['kind'], input: In, apply: () => void, why?: string): Request => {
    const id = `r-${requests.length + 1}`;
    const more = why === undefined ? {} : { why };
    const one = { id, kind, input, at: clock.now, status: 'IN_PROGRESS', polls: 0, apply, ...more };
    requests.push(one);
    return one;
  };
  const polled = (id: string | undefined): Request => {
    const one = requests.find((r) => r.id === id);
    if (!one) throw new RequestRejected('ResourceNotFoundException', `${id}`);
    if (one.status === 'IN_PROGRESS' && ++one.polls > o.polls) {
      one.status = one.why === undefined ? 'SUCCEEDED' : 'FAILED';
      if (one.why === undefined) one.apply();
    }
    return one;
  };
  const listed = (kind: Request['kind']) =>
    requests
      .filter((r) => r.kind === kind)
      .map(({ id }) => polled(id))
      .map((r) => ({ Status: r.status, RequestId: r.id, CreatedDate: new Date(r.at) }));
  const permSet = (name: string, policy: string, accounts: readonly (readonly [string, string])[] = []) => {
    const arn = `arn:aws:sso:::permissionSet/ssoins-1/ps-${++made}`;
    const one: PermSet = { arn, name, policy, tags: [], at: 0, provisioned: new Map(accounts), visibleAt: 0 };
    sets.push(one);
    return one;
  };

  const read: Handlers = {
    // Everything is allowed.
    'iam:SimulatePrincipalPolicy': (input) => {
      const { ActionNames, ResourceArns } = input as never as Record<string, readonly string[]>;
      const one = { EvalDecision: 'allowed', OrganizationsDecisionDetail: { AllowedByOrganizations: true } };
      return {
        EvaluationResults: (ActionNames ?? []).flatMap((EvalActionName) =>
          (ResourceArns ?? []).map((EvalResourceName) => ({ EvalActionName, EvalResourceName, ...one })),
        ),
      };
    },
    'iam:GetRole': ({ RoleName }, { account }) => ({
      Role: { Arn: `arn:aws:iam::${account}:role/${RoleName}` },
    }),
    'sts:GetCallerIdentity': (_, { account, arn }) => ({ Account: account, Arn: arn }),
    'account:GetAccountInformation': (_, { account }) => ({
      AccountId: account,
      AccountName: nameOf(account),
    }),
    'organizations:DescribeOrganization': () => ({
      Organization: { Id: o.organization, MasterAccountId: MGMT, FeatureSet: 'ALL' },
    }),
    'organizations:ListAccounts': (_, who) => {
      onlyThose(who, 'organizations:ListAccounts');
      return {
        Accounts: [MGMT, DELEGATE, DEV, PROD].map((Id) => ({ Id, Name: nameOf(Id), State: 'ACTIVE' })),
      };
    },
    'organizations:ListDelegatedAdministrators': (_, who) => {
      onlyThose(who, 'organizations:ListDelegatedAdministrators');
      return {
        DelegatedAdministrators: delegated
          .filter(visible)
          .map(({ account, at }) => ({ Id: account, DelegationEnabledDate: new Date(at) })),
      };
    },
    'organizations:ListAWSServiceAccessForOrganization': () => ({
      EnabledServicePrincipals: [{ ServicePrincipal: SSO }],
    }),
    'account:ListRegions': () => ({
      Regions: ['us-east-1', 'eu-west-1', 'eu-south-1'].map((RegionName) => ({ RegionName })),
    }),
    'account:GetRegionOptStatus': () => ({ RegionOptStatus: o.opt }),
    'sso:ListApplications': (i) => {
      const { ApplicationAccount = DEV } = (i.Filter ?? {}) as { ApplicationAccount?: string };
      const one = { Name: 'QDevProfile-us-east-1', ApplicationAccount };
      return { Applications: ApplicationAccount === DEV ? [one] : [] };
    },
    'sso:ListInstances': (_, who) => {
      if (o.closed.includes(who.region)) throw new RequestRejected('AccessDeniedException', 'denied');
      if (who.region !== o.region || o.noInstance) return {};
      const one = {
        InstanceArn: INSTANCE,
        IdentityStoreId: STORE,
        OwnerAccountId: MGMT,
        Status: clock.now < o.activeAt ? 'CREATE_IN_PROGRESS' : 'ACTIVE',
      };
      return { Instances: [{ ...one, PrimaryRegion: o.region, CreatedDate: new Date('2024-06-01') }] };
    },
    'sso:DescribeInstance': (_, who) => {
      administrators(who, 'sso:DescribeInstance');
      return { InstanceArn: INSTANCE, PermissionSetsEnabled: true };
    },
    'identitystore:GetUserId': ({ AlternateIdentifier }, who) => {
      administrators(who, 'identitystore:GetUserId', o.directoryLag);
      const { UniqueAttribute } = AlternateIdentifier as unknown as { UniqueAttribute: In };
      const one = users.find(({ name }) => name === UniqueAttribute.AttributeValue);
      if (!one || !visible(one)) throw new RequestRejected('ResourceNotFoundException', 'USER not found');
      return { UserId: one.id };
    },
    'identitystore:DescribeUser': ({ UserId }) => {
      const one = users.find(({ id }) => id === UserId);
      if (!one || !visible(one)) throw new RequestRejected('ResourceNotFoundException', 'USER not found');
      return { UserId, UserName: one.name, UserStatus: 'ENABLED' };
    },
    'identitystore:ListUsers': () => ({
      Users: users.filter(visible).map(({ id, name }) => ({ UserId: id, UserName: name })),
    }),
    'identitystore:ListGroups': () => ({
      Groups: groups.map(({ id, name }) => ({ GroupId: id, DisplayName: name })),
    }),
    'identitystore:GetGroupId': ({ AlternateIdentifier }) => {
      const { UniqueAttribute } = AlternateIdentifier as unknown as { UniqueAttribute: In };
      const one = groups.find(({ name }) => name === UniqueAttribute.AttributeValue);
      if (!one) throw new RequestRejected('ResourceNotFoundException', 'GROUP not found');
      return { GroupId: one.id };
    },
    'identitystore:DescribeGroup': ({ GroupId }) => {
      const one = groups.find(({ id }) => id === GroupId);
      if (!one) throw new RequestRejected('ResourceNotFoundException', 'GROUP not found');
      return { GroupId, DisplayName: one.name };
    },
    'identitystore:ListGroupMemberships': ({ GroupId }) => ({
      GroupMemberships: (groups.find(({ id }) => id === GroupId)?.members ?? []).map((UserId) => ({
        MemberId: { UserId },
      })),
    }),
    'sso:ListPermissionSets': (_, who) => {
      administrators(who, 'sso:ListPermissionSets');
      return { PermissionSets: sets.filter(visible).map(({ arn }) => arn) };
    },
    'sso:DescribePermissionSet': ({ PermissionSetArn }) => ({
      PermissionSet: {
        PermissionSetArn,
        Name: setOf(PermissionSetArn).name,
        SessionDuration: 'PT1H',
        CreatedDate: new Date(setOf(PermissionSetArn).at),
      },
    }),
    'sso:ListTagsForResource': ({ ResourceArn }) => ({ Tags: setOf(ResourceArn).tags }),
    'sso:GetInlinePolicyForPermissionSet': (i) => ({ InlinePolicy: setOf(i.PermissionSetArn).policy }),
    'sso:ListManagedPoliciesInPermissionSet': () => ({}),
    'sso:ListCustomerManagedPolicyReferencesInPermissionSet': () => ({}),
    'sso:GetPermissionsBoundaryForPermissionSet': () => {
      throw new RequestRejected('ResourceNotFoundException', 'no boundary');
    },
    'sso:ListAccountsForProvisionedPermissionSet': (i) => {
      const { provisioned, policy } = setOf(i.PermissionSetArn);
      const behind = i.ProvisioningStatus === 'LATEST_PERMISSION_SET_NOT_PROVISIONED';
      if (!(behind ? o.behind : o.holders)) return {};
      return {
        AccountIds: [...provisioned].filter(([, has]) => !behind || has !== policy).map(([id]) => id),
      };
    },
    'sso:ListAccountAssignments': (i) => {
      setOf(i.PermissionSetArn);
      const own = assigned.filter((a) => a.account === i.AccountId && a.set === i.PermissionSetArn);
      return {
        AccountAssignments: own
          .filter(visible)
          .map(({ user, type = 'USER' }) => ({ PrincipalId: user, PrincipalType: type })),
      };
    },
    'sso:DescribeAccountAssignmentCreationStatus': (i) => ({
      AccountAssignmentCreationStatus: statusOf(polled(i.AccountAssignmentCreationRequestId)),
    }),
    'sso:ListAccountAssignmentCreationStatus': () => ({ AccountAssignmentsCreationStatus: listed('assign') }),
    'sso:DescribeAccountAssignmentDeletionStatus': (i) => ({
      AccountAssignmentDeletionStatus: statusOf(polled(i.AccountAssignmentDeletionRequestId)),
    }),
    'sso:ListAccountAssignmentDeletionStatus': () => ({ AccountAssignmentsDeletionStatus: listed('delete') }),
    'sso:DescribePermissionSetProvisioningStatus': (i) => ({
      PermissionSetProvisioningStatus: statusOf(polled(i.ProvisionPermissionSetRequestId)),
    }),
    'sso:ListPermissionSetProvisioningStatus': () => ({
      PermissionSetsProvisioningStatus: listed('provision'),
    }),
  };

  const write: Handlers = {
    'organizations:RegisterDelegatedAdministrator': ({ AccountId = '' }, { account }) => {
      if (account !== MGMT)
        throw new RequestRejected('AccessDeniedException', 'only the management account may');
      if (delegated.length > 0) throw new RequestRejected('AccountAlreadyRegisteredException', AccountId);
      delegated.push({ account: AccountId, at: clock.now, visibleAt: clock.now + o.lag });
      return {};
    },
    'organizations:DeregisterDelegatedAdministrator': () => {
      delegated.length = 0;
      return {};
    },
    'identitystore:CreateUser': ({ UserName = '' }) => {
      if (users.some(({ name }) => name === UserName))
        throw new RequestRejected('ConflictException', 'exists');
      const id = `u-${users.length + 1}`;
      users.push({ id, name: UserName, visibleAt: clock.now + o.lag });
      return { UserId: id, IdentityStoreId: STORE };
    },
    'sso:CreatePermissionSet': ({ Name = '', Tags }) => {
      const tags = (Tags ?? []) as unknown as PermSet['tags'];
      if (tags.length > 0 && o.untagged)
        throw new RequestRejected('AccessDeniedException', 'not authorized to perform: sso:TagResource');
      if (sets.some(({ name }) => name === Name))
        throw new RequestRejected('ConflictException', `PermissionSet with name ${Name} already exists.`);
      const arn = `arn:aws:sso:::permissionSet/ssoins-1/ps-${++made}`;
      const visibleAt = clock.now + o.lag;
      sets.push({ arn, name: Name, policy: '', tags, at: clock.now, provisioned: new Map(), visibleAt });
      return { PermissionSet: { PermissionSetArn: arn, Name } };
    },
    'sso:PutInlinePolicyToPermissionSet': ({ PermissionSetArn, InlinePolicy = '' }) => {
      setOf(PermissionSetArn).policy = InlinePolicy;
      return {};
    },
    'sso:DeleteInlinePolicyFromPermissionSet': ({ PermissionSetArn }) => {
      setOf(PermissionSetArn).policy = '';
      return {};
    },
    'sso:DeletePermissionSet': ({ PermissionSetArn }) => {
      const one = setOf(PermissionSetArn);
      if (one.provisioned.size > 0) throw new RequestRejected('ConflictException', 'has assignments');
      sets.splice(sets.indexOf(one), 1);
      return {};
    },
    'sso:ProvisionPermissionSet': (i) => {
      const one = setOf(i.PermissionSetArn);
      const { TargetType: _, ...input } = i; // as AWS: a status names no target where all are meant
      const apply = () => {
        for (const account of one.provisioned.keys()) one.provisioned.set(account, one.policy);
      };
      return { PermissionSetProvisioningStatus: statusOf(request('provision', input, apply)) };
    },
    'sso:CreateAccountAssignment': (i) => {
      const { TargetId = '', PermissionSetArn = '', PrincipalId = '', PrincipalType: type = '' } = i;
      const why = o.failIn.includes(TargetId) ? 'Received a 403 status error: denied by IAM' : undefined;
      const apply = () => {
        const visibleAt = clock.now + o.lag;
        assigned.push({ account: TargetId, set: PermissionSetArn, user: PrincipalId, type, visibleAt });
        const one = sets.find(({ arn }) => arn === PermissionSetArn);
        one?.provisioned.set(TargetId, one.policy);
      };
      return { AccountAssignmentCreationStatus: statusOf(request('assign', i, apply, why)) };
    },
    'sso:DeleteAccountAssignment': (i) => {
      const { TargetId = '', PermissionSetArn, PrincipalId } = i;
      const apply = () => {
        const mine = (a: (typeof assigned)[number]): boolean =>
          a.account === TargetId && a.set === PermissionSetArn;
        const at = assigned.findIndex((a) => mine(a) && a.user === PrincipalId);
        assigned.splice(at, 1);
        if (!assigned.some(mine)) setOf(PermissionSetArn).provisioned.delete(TargetId);
      };
      return { AccountAssignmentDeletionStatus: statusOf(request('delete', i, apply)) };
    },
  };

  const profileOf = (source: Source) => {
    const found = source.kind === 'profile' ? profiles.get(source.name) : undefined;
    if (!found) throw new Error('the fake knows profiles only');
    return found;
  };
  const isExpired = (source: Source): boolean => source.kind === 'profile' && expired.has(source.name);
  const sources = (): readonly Source[] => [...profiles.keys()].map((name) => ({ kind: 'profile', name }));
  const meet = (source: Source): Caller | UnusableCredentials => {
    if (source.kind === 'profile') met.push(source.name);
    if (isExpired(source)) return { problem: 'The session has expired.', remedy: 'Sign in again.' };
    const { account, arn } = profileOf(source);
    return { source, account, arn, organization: { is: 'member', id: o.organization, management: MGMT } };
  };
  const connect = (actor: Actor, source: Source, region = 'us-east-1'): Aws => {
    const handle = (handlers: Handlers, operation: string, input: unknown): unknown => {
      if (isExpired(source)) throw new CredentialsError(actor, 'The session has expired.', 'Sign in again.');
      const handler = handlers[operation];
      if (!handler) throw new Error(`the fake lacks ${operation}`);
      return handler(input as In, { ...profileOf(source), region });
    };
    const look = (operation: string, input: unknown): unknown => {
      // One permission set is asked for to learn whether one may, not to look for any.
      reads.push((input as In).MaxResults === undefined ? operation : `${operation} of one`);
      const once = refusedOnce.get(operation);
      if (once) {
        refusedOnce.delete(operation);
        throw once === 'Refused'
          ? new RequestRejected('ThrottlingException', 'slow down')
          : new OutcomeUnknown('timed out');
      }
      if (o.deniedRead === operation)
        throw new RequestRejected('AccessDeniedException', `may not ${operation}`);
      return handle(read, operation, input);
    };
    return {
      region,
      search: unwatched(),
      read: async (operation, input) => look(operation, input) as never,
      pages: async function* (operation, input) {
        yield look(operation, input) as never;
      },
      in: (other) => connect(actor, source, other),
      send: async (call) => {
        if (isExpired(source)) handle(write, call.operation, call.input);
        sent.push(naturalKey(call));
        if (o.denied === call.operation)
          throw new RequestRejected('AccessDeniedException', 'not allowed', 'req-0');
        hook('before', call);
        const output = handle(write, call.operation, call.input);
        effects.push(naturalKey(call));
        hook('after', call);
        return { output, requestId: `req-${sent.length}` };
      },
    };
  };
  return {
    ...{
      options: o,
      sets,
      requests,
      assigned,
      delegated,
      users,
      sent,
      effects,
      reads,
      met,
      expired,
      profiles,
    },
    ...{ sources, meet, connect, permSet },
    standing: (): Standing => {
      if (requests.some(({ status }) => status === 'IN_PROGRESS')) throw new Error('something is under way');
      return { made, flaps, sets, requests, assigned, delegated, users, sent, effects };
    },
    onSend: (then: typeof hook): void => {
      hook = then;
    },
    refuseOnce: (operation: string, how: 'Refused' | 'Unclear'): void => void refusedOnce.set(operation, how),
    lose: (): never => {
      throw new OutcomeUnknown('socket hang up');
    },
  };
}

/** The operations of calls, in order. */
export const operations = (keys: readonly string[]): readonly (string | undefined)[] =>
  keys.map((key) => key.split(' ')[0]);
