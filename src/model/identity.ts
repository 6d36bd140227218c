import type { Actor } from './call.ts';
import { shellWord } from './text/shell.ts';

/** What is on this machine: a profile of the AWS config files, or the environment's credentials. */
export type Origin = { readonly kind: 'profile'; readonly name: string } | { readonly kind: 'environment' };
/** A role that is assumed with one of these. */
interface AssumedRole {
  readonly kind: 'role';
  readonly base: Origin;
  readonly arn: string;
  readonly externalId?: string;
}
/** Where credentials come from. Never the credentials themselves. */
export type Source = Origin | AssumedRole;

/**
 * What a source rests on in the end: of an assumed role the profile or the environment it is assumed with, else the
 * source itself.
 */
export const originOf = (source: Source): Origin => (source.kind === 'role' ? source.base : source);
/** The profile whose settings (Region, log-in) count for a source; undefined for the environment's credentials. */
export const profileNameOf = (source: Source): string | undefined => {
  const origin = originOf(source);
  return origin.kind === 'profile' ? origin.name : undefined;
};
/** A source in words, to be shown: 'profile ann', 'the environment', 'role arn:…, assumed with profile ann'. */
export const sourceName = (source: Source): string => {
  if (source.kind === 'role') return `role ${source.arn}, assumed with ${sourceName(source.base)}`;
  return source.kind === 'profile' ? `profile ${source.name}` : 'the environment';
};

/** The same, with the Region that is configured for it. */
export const describeSource = (source: Source, region: string | undefined): string =>
  `${sourceName(source)}${region === undefined ? '' : `, Region ${region}`}`;

/**
 * Why a text does not name a role that can be assumed, as a sentence or two for the operator; undefined where it does.
 * The characters of names are IAM's (IAM API reference, RoleName).
 */
export function validateRoleArn(arn: string): string | undefined {
  if (/^arn:aws-[a-z-]+:/.test(arn))
    return 'This runbook supports only the standard AWS Regions, in the partition aws only: arn:aws:iam::…';
  if (!/^arn:aws:iam::\d{12}:role\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/.test(arn))
    return 'That is no role’s ARN. It looks like arn:aws:iam::111122223333:role/Administrator.';
  return /:role\/aws-reserved\/|AWSReservedSSO_/.test(arn)
    ? 'A role of IAM Identity Center is used by signing in to it, not by assuming it: use its SSO profile.'
    : undefined;
}

/** How long credentials last, as far as this machine can tell. `until`: milliseconds since 1970. */
export type CredentialLifetime =
  | { readonly is: 'until'; readonly until: number; readonly login?: Login }
  /** They end, and their source gives new ones by itself. */
  | { readonly is: 'auto-refreshed' }
  /** Keys without an end. */
  | { readonly is: 'permanent' }
  /** A session whose end is told nowhere. */
  | { readonly is: 'unknown' };

/** A log-in that a person does: with IAM Identity Center, or with `aws login`. */
export interface Login {
  readonly by: 'sso' | 'login';
  readonly profile: string;
  /** There is no AWS CLI of version 2: this program signs in itself, with a code on AWS’s page. */
  readonly here?: true;
  /** AWS does not allow the sign-in with a code: it is not offered again. */
  readonly codeForbidden?: true;
}
/**
 * The command that does it, as words to be started without a shell: 'aws', 'sso', 'login', '--profile', the profile.
 */
export const loginCommand = ({ by, profile }: Login): readonly string[] => [
  'aws',
  ...(by === 'sso' ? ['sso'] : []),
  'login',
  '--profile',
  profile,
];
/** The same as one line, to be shown or typed: quoted for a POSIX shell. */
export const loginLine = (login: Login): string => loginCommand(login).map(shellWord).join(' ');

/** What signing in is called where it is offered: what happens then. */
export const signInText = (login: Login): string =>
  login.here ? 'with a code on AWS’s page' : loginLine(login);

/** What an operator does to sign in without the AWS CLI: enters a code on a page of AWS. No secret is among it. */
export interface DeviceSignIn {
  readonly profile: string;
  readonly startUrl: string; // of the portal, as the profile has it
  readonly code: string;
  /** Where the code is entered, as AWS says. */
  readonly page: string;
  /** The page with the code in it, where it may be opened from here. */
  readonly opens?: string;
  readonly until: number; // the code's end, in milliseconds since 1970
}

/** Who the credentials of a source are, by `sts:GetCallerIdentity` and `organizations:DescribeOrganization`. */
export interface Caller {
  readonly source: Source;
  readonly account: string;
  readonly arn: string;
  readonly region?: string; // configured for the source
  readonly lasts?: CredentialLifetime;
  /** How many milliseconds AWS's clock is ahead of this machine's, to a second. */
  readonly clock?: number;
  /** The AWS CLI would take other credentials of the same profile: a sentence on which, and on these. */
  readonly elsewhere?: string;
  readonly organization:
    | { readonly is: 'member'; readonly id: string; readonly management: string }
    | { readonly is: 'none' } // the account stands alone
    | { readonly is: 'unknown'; readonly why: string };
}
/** A code of an MFA device, without which AWS gives nobody the role. The code itself is never kept. */
export interface CodeRequest {
  readonly serial: string; // the device's
  readonly role: string; // ARN
  /** When a code was sent last that AWS took, or may have taken, in milliseconds since 1970: it takes each code once. */
  readonly sentAt?: number;
  /** What AWS says of the code that it did not take. */
  readonly refused?: string;
}
/** Credentials that cannot be used, why, and what to do. */
export interface UnusableCredentials {
  readonly problem: string;
  readonly remedy: string;
  /** Nothing is wrong with the credentials: AWS could not be asked. */
  readonly passing?: true;
  /** A person has to log in: this is how. */
  readonly login?: Login;
  /** The profile whose credential_process gave none: it may give some where it has the terminal. */
  readonly process?: string;
  /** A code of an MFA device is what is missing. */
  readonly code?: CodeRequest;
  /** This machine's clock is what is wrong. */
  readonly clock?: true;
}

/**
 * The organization's management account: of those that act the one that AWS itself knows, and lets do what no other
 * may. Who else acts is a member account, whatever a runbook calls it.
 */
export const management: Actor = 'management';

/** Of credentials of which it is not asked yet for whom they act. */
export const whoever: Actor = 'whoever';

interface Acting {
  readonly actor: Actor;
}
/** Who acts for a member account in these steps. */
export const memberIn = (steps: readonly Acting[]): Actor =>
  steps.find(({ actor }) => actor !== management)?.actor ?? 'member';
/** Of the two that act in these steps, the one that this is not. */
export const otherThan = (actor: Actor, steps: readonly Acting[]): Actor =>
  actor === management ? memberIn(steps) : management;
/**
 * Which actor of these steps an account is. `known`: the id of the organization's management account. Every other account
 * counts as the member's: whether it is, is for a look to say.
 */
export const actorOf = (account: string, known: string, steps: readonly Acting[]): Actor =>
  account === known ? management : memberIn(steps);
interface Bound {
  readonly accounts?: Readonly<Record<Actor, string>>;
}
/** The member account that a run is tied to. */
export const memberAccountIn = ({ accounts = {} }: Bound): string | undefined =>
  Object.entries(accounts).find(([actor]) => actor !== management)?.[1];

/** The actor in words, to stand after 'the': 'management account', 'delegated administrator account'. */
export const actorName = (actor: Actor): string => `${actor.replaceAll('-', ' ')} account`;
/** The same in one word, for a row. */
export const actorLabel = (actor: Actor): string => actor.split('-')[0] ?? actor;
/** Whether a profile's name says that it is this actor's: by what is usual, or by the beginning of the actor's own name. */
export const isNamedAfter = (actor: Actor, profile: string): boolean =>
  actor === management
    ? /management|mgmt|master|payer/i.test(profile)
    : profile.toLowerCase().includes(actorLabel(actor).slice(0, 7));
