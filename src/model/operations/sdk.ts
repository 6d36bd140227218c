import type * as Account from '@aws-sdk/client-account';
import type * as CloudTrail from '@aws-sdk/client-cloudtrail';
import type * as Iam from '@aws-sdk/client-iam';
import type * as IdentityStore from '@aws-sdk/client-identitystore';
import type * as Organizations from '@aws-sdk/client-organizations';
import type * as SsoAdmin from '@aws-sdk/client-sso-admin';
import type * as Sts from '@aws-sdk/client-sts';

/** The services, under the prefix that IAM and CloudTrail use for them. Types only: nothing is loaded here. */
export interface Sdk {
  account: typeof Account;
  cloudtrail: typeof CloudTrail;
  iam: typeof Iam;
  identitystore: typeof IdentityStore;
  organizations: typeof Organizations;
  sso: typeof SsoAdmin;
  sts: typeof Sts;
}
/** The prefix of an operation's name: 'sso' for IAM Identity Center. */
export type Service = keyof Sdk;

/** Every operation the SDKs have, named as IAM names it: `sso:CreatePermissionSet`. */
type SdkOperation = {
  [S in Service]: { [K in keyof Sdk[S]]: K extends `${infer N}Command` ? `${S}:${N}` : never }[keyof Sdk[S]];
}[Service];
type Looks = `${string}:${'Get' | 'List' | 'Describe' | 'Simulate' | 'Lookup'}${string}`;
/** Those that only look, by their names: the SDKs tell it no other way. */
export type SdkRead = SdkOperation & Looks;
/** All others. */
export type SdkWrite = Exclude<SdkOperation, Looks>;

type CommandOf<Op> = Op extends `${infer S extends Service}:${infer N}`
  ? Sdk[S][`${N}Command` & keyof Sdk[S]] extends abstract new (
      ...input: never
    ) => infer C
    ? C
    : never
  : never;
/** An operation's input as the SDK has it: its required members may be `undefined`, so calls are written as `Input`. */
export type RawInput<Op> = CommandOf<Op> extends { input: infer I } ? I : never;
/** An operation's answer as the SDK gives it, without `$metadata`. A list that AWS leaves out is `undefined`. */
export type Output<Op> =
  CommandOf<Op> extends {
    resolveMiddleware(...a: never): (...a: never) => Promise<{ output: infer O }>;
  }
    ? Omit<O, '$metadata'>
    : never;
/** The names of an operation's input members. */
export type Member<Op> = keyof RawInput<Op> & string;

/** Paths to a text in a reply: 'PermissionSet.PermissionSetArn'. */
export type TextPath<T> = {
  [K in keyof T & string]: NonNullable<T[K]> extends string
    ? K
    : NonNullable<T[K]> extends Date | readonly unknown[]
      ? never
      : NonNullable<T[K]> extends object
        ? `${K}.${TextPath<NonNullable<T[K]>>}`
        : never;
}[keyof T & string];
