import type * as AccountSdk from '@aws-sdk/client-account';
import type * as CloudTrailSdk from '@aws-sdk/client-cloudtrail';
import type * as IamSdk from '@aws-sdk/client-iam';
import type * as IdentityStoreSdk from '@aws-sdk/client-identitystore';
import type * as OrganizationsSdk from '@aws-sdk/client-organizations';
import type * as SsoSdk from '@aws-sdk/client-sso-admin';
import type * as StsSdk from '@aws-sdk/client-sts';
import type { Ids } from '../organization/ids.ts';
import type { State } from '../organization/state.ts';
import type { TrailEvent } from '../organization/trail.ts';
import type { Caller } from '../protocol/caller.ts';
import type { Service } from '../protocol/model.ts';
import type { Permissions } from './permissions.ts';

/** What an operation is given besides its input. */
export interface Context {
  /** For a read: the organization as it is visible, which may lag behind. For a write: as it is; changed in place. */
  readonly state: State;
  /** The organization as it is, for the few reads that are never behind. */
  readonly truth: State;
  /** What CloudTrail has, of all accounts. */
  readonly trail: readonly TrailEvent[];
  readonly caller: Caller;
  readonly service: Service;
  readonly operation: string; // CreatePermissionSet
  readonly list: string; // that pages and their tokens are of
  readonly region: string; // of the signature's scope
  readonly requestId: string;
  readonly now: number;
  readonly settle: number; // ms
  readonly delegationLag: number; // ms
  /** Why an asynchronous request that is taken on now is going to fail, where a fault wants that. */
  readonly fails: string | undefined;
  readonly ids: Ids;
  readonly permissions: Permissions;
  /** To be called once, after all refusals, when the state is really another than before. */
  readonly effect: () => void;
}

/** The SDK's request types let required members be undefined; what reaches an operation has been validated. */
export type Valid<I> = { readonly [K in keyof I]: Exclude<I[K], undefined> };
type CommandNames<S> = { [K in keyof S]: K extends `${infer N}Command` ? N : never }[keyof S];
type Handler<C> = C extends abstract new (
  ...input: never
) => { input: infer I; resolveMiddleware(...a: never): (...a: never) => Promise<{ output: infer O }> }
  ? (input: Valid<I>, at: Context) => Omit<O, '$metadata'>
  : never;
/** Operations of one service, typed by its SDK: what they take and what they answer. */
type Operations<S> = {
  readonly [N in CommandNames<S> & string]?: Handler<S[`${N}Command` & keyof S]>;
};
/** AWS Account Management's. */
export type AccountOperations = Operations<typeof AccountSdk>;
/** CloudTrail's. */
export type CloudTrailOperations = Operations<typeof CloudTrailSdk>;
/** IAM's. */
export type IamOperations = Operations<typeof IamSdk>;
/** The identity store's. */
export type IdentityStoreOperations = Operations<typeof IdentityStoreSdk>;
/** AWS Organizations'. */
export type OrganizationsOperations = Operations<typeof OrganizationsSdk>;
/** IAM Identity Center's. */
export type SsoOperations = Operations<typeof SsoSdk>;
/** AWS STS's. */
export type StsOperations = Operations<typeof StsSdk>;

/** A time of the state as the SDK's types have it. `ms`: since 1970. */
export const date = (ms: number): Date => new Date(ms);
