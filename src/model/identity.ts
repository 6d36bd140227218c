import type { Actor } from './call.ts';

/** Where credentials come from. Never the credentials themselves. */
export type Source = { readonly kind: 'profile'; readonly name: string } | { readonly kind: 'environment' };

export const sourceName = (source: Source): string =>
  source.kind === 'profile' ? `profile ${source.name}` : 'the environment';

/** Who the credentials of a source are, by `sts:GetCallerIdentity` and `organizations:DescribeOrganization`. */
export interface Caller {
  readonly source: Source;
  readonly account: string;
  readonly arn: string;
  readonly region?: string; // configured for the source
  readonly organization:
    | { readonly is: 'member'; readonly id: string; readonly management: string }
    | { readonly is: 'none' } // the account stands alone
    | { readonly is: 'unknown'; readonly why: string };
}
/** Credentials that cannot be used, why, and what to do. */
export interface Unusable {
  readonly problem: string;
  readonly remedy: string;
  /** Nothing is wrong with the credentials: AWS could not be asked. */
  readonly passing?: true;
}

/** Which actor of the run an account is. */
export const actorOf = (account: string, management: string): Actor =>
  account === management ? 'management' : 'delegated-administrator';

export const actorName = (actor: Actor): string =>
  actor === 'management' ? 'management account' : 'delegated administrator account';
