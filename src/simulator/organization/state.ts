import type { CreateUserRequest } from '@aws-sdk/client-identitystore';
import type { Actor } from './trail.ts';

/** The simulated organization, as it is kept in its file. Times are milliseconds since 1970. */
export interface State {
  readonly simulator: 1; // the file's schema
  readonly scenario: string;
  readonly seed: string;
  /** How many ids the seed has given so far. */
  drawn: number;
  readonly organization: { readonly id: string; readonly root: string; readonly management: string };
  accounts: Account[];
  /** The id that the next created account will have: its keys can be handed out before it exists. */
  nextAccount: string;
  trusted: { readonly principal: string; readonly since: number }[];
  delegated: { readonly account: string; readonly service: string; readonly since: number }[];
  /** Delegations that were taken back: they go on for as long as they took to begin. */
  ended?: {
    readonly account: string;
    readonly service: string;
    readonly since: number;
    readonly until: number;
  }[];
  /** Consolidated billing only: not all features are enabled. */
  readonly billingOnly?: true;
  /** The organization's. */
  readonly instance?: Instance;
  /** Those that member accounts have for themselves. */
  accountInstances?: readonly AccountInstance[];
  /** Where a service control policy denies IAM Identity Center to member accounts. */
  readonly deniedRegions?: readonly string[];
  /** Opt-in Regions that are on. `account` absent: in every account. `due`: when switching on is finished. */
  optedIn: { readonly region: string; readonly account?: string; readonly due: number }[];
  users: User[];
  /** Those whom an identity provider, or Active Directory, has taken away: their ids. */
  departed?: string[];
  /** The customer managed policies that accounts have. */
  policies?: CustomerPolicy[];
  /** How many of the users are made from the seed (crowd.ts): the state file does not hold them. */
  crowd?: number;
  groups: Group[];
  sets: PermissionSet[];
  assignments: Assignment[];
  requests: AsyncRequest[];
  /** By the serial number of an MFA device: for which of its steps a code was taken last. */
  mfaTaken?: Readonly<Record<string, number>>;
  /** Absent in organizations that an earlier simulator made. */
  applications?: Application[];
}
/** The organization's instance of IAM Identity Center. */
export interface Instance {
  readonly arn: string;
  readonly store: string;
  readonly region: string;
  readonly created: number;
  /** Of the customer-managed key that encrypts it; absent where AWS owns the key. */
  readonly key?: string;
  tags: Tag[];
  /** Regions it was extended to. */
  readonly additional?: readonly {
    readonly region: string;
    readonly status: 'ACTIVE' | 'ADDING' | 'REMOVING';
    readonly added: number;
  }[];
  /** Absent: active. `active`: when it will be. */
  readonly status?: 'CREATE_IN_PROGRESS' | 'CREATE_FAILED' | 'DELETE_IN_PROGRESS';
  readonly reason?: string;
  readonly active?: number;
  /** False: permission sets are off. Absent: on. */
  permissionSets?: boolean;
}
/** An instance of one account, for its applications: it has no permission sets, and no part in the organization's. */
export interface AccountInstance {
  readonly owner: string;
  readonly name: string;
  readonly arn: string;
  readonly store: string;
  readonly region: string;
  readonly created: number;
  /** These are absent where an earlier simulator made it. */
  tags?: Tag[];
  users?: User[];
}
/** A customer managed policy of IAM, in one account. */
export interface CustomerPolicy {
  readonly account: string;
  readonly path: string;
  readonly name: string;
}
/** As AWS writes it. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}
/** An AWS managed application of the instance. */
export interface Application {
  readonly arn: string;
  readonly account: string; // that it was created from
  readonly provider: string;
  readonly name: string;
  readonly description: string;
  readonly region: string; // that it was created in
  readonly created: number;
}
/** An account of the organization. `id`: 12 digits. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly joined: number;
  readonly method: 'INVITED' | 'CREATED';
  readonly state: 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE';
}
/** What somebody is called where they come from. */
export interface ExternalId {
  readonly Issuer: string;
  readonly Id: string;
}
/** Somebody in an identity store. `by`: who made them. */
export interface User {
  readonly id: string;
  readonly userName: string;
  readonly given: string;
  readonly family: string;
  readonly display: string;
  readonly email?: string;
  readonly externalId?: ExternalId;
  /** All that was given when it was created, as it was given. Absent: what the members above say. */
  readonly attributes?: Omit<CreateUserRequest, 'IdentityStoreId' | 'UserName' | 'DisplayName'>;
  readonly status: 'ENABLED' | 'DISABLED';
  readonly created: number;
  readonly by: string;
}
/** A group in an identity store, with the ids of its memberships. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly externalId?: ExternalId;
  members: readonly { readonly id: string; readonly user: string }[];
  readonly created: number;
  readonly by: string;
}
/** A permission set of the instance, and where it is in force. */
export interface PermissionSet {
  readonly arn: string;
  readonly name: string;
  readonly created: number;
  description?: string;
  session: string; // ISO 8601
  relay?: string;
  inline?: string;
  managed: string[];
  customer: { readonly Name: string; readonly Path: string }[];
  boundary?: {
    readonly ManagedPolicyArn?: string;
    readonly CustomerManagedPolicyReference?: { readonly Name: string; readonly Path: string };
  };
  tags: Tag[];
  /** Raised by every change of what the set grants. */
  version: number;
  /** By account: the version that was provisioned there. */
  provisioned: Record<string, number>;
}
/** Who has which set in which account. `principal`: the id of a user or a group; `set`: an ARN. */
export interface Assignment {
  readonly set: string;
  readonly account: string;
  readonly type: 'USER' | 'GROUP';
  readonly principal: string;
}
interface Asynchronous {
  readonly id: string;
  readonly created: number;
  due: number;
  /** How it ends once it is due, decided when it is accepted: the reason, when it fails. */
  readonly failure?: string;
  applied: boolean;
  /** Who asked for it. Absent where an earlier simulator took it on. */
  readonly by?: Actor;
}
/** An assignment that is being made, or taken away. */
export type AssignmentRequest = Asynchronous & Assignment & { readonly kind: 'create' | 'delete' };
/** A set that is being brought up to date where it is in force. */
export type ProvisionRequest = Asynchronous & {
  readonly kind: 'provision';
  readonly set: string;
  readonly account?: string; // absent: all accounts that have the set
  readonly version: number; // of the set, when it was asked for
};
/** An account that is being made. */
export type AccountRequest = Asynchronous & {
  readonly kind: 'account';
  readonly account: string;
  readonly name: string;
  readonly email: string;
};
/** What AWS takes on now and does later: `due`, in milliseconds since 1970. */
export type AsyncRequest = AssignmentRequest | ProvisionRequest | AccountRequest;

/** What reached the simulator, and what came of it: tests count by it. */
export interface Ledger {
  readonly requests: LedgerRequest[];
  /**
   * One a state change. `n`: the request that made it. An asynchronous change is listed when it is accepted, if it is
   * going to succeed; repeating one, or putting what is there already, changes nothing and is not listed.
   */
  readonly effects: { readonly operation: string; readonly key: string; readonly n: number }[];
}
/** One request, answered or not. */
export interface LedgerRequest {
  readonly n: number;
  readonly operation: string; // sso:CreatePermissionSet
  readonly account: string; // '' when the caller is not known
  readonly region: string;
  readonly key: string;
  readonly status: number; // HTTP; 0 when nothing was answered
  readonly userAgent: string;
}
