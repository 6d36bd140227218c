import type { Actor } from '../../model/call.ts';
import { loginLine, originOf, profileNameOf, type Source, sourceName } from '../../model/identity.ts';
import { CredentialsError, OutcomeUnknown, passes, RequestRejected } from '../../model/reader.ts';
import { asCommand } from '../../model/text/own-commands.ts';
import type { CredentialProcessFailed } from '../credential-process/failed.ts';
import type { CodeNeeded } from './mfa.ts';

const tidy = (message: string): string => message.replace(/\s+/g, ' ').trim();

/** What is said where it is not known what went wrong: nobody is sent to sign in, or to make keys, for nothing. */
const unrecognized = (source: Source): string => {
  const name = profileNameOf(source);
  return `Read what it says: this program does not know it. ${asCommand(`cw-runbook doctor${name === undefined ? '' : ` --profile ${name}`}`)} checks the settings; or choose other credentials. Then check again here.`;
};
const connection = 'Check the connection, then check again here.';
const busy = 'Wait a minute, then check again here.';

/** A sentence of the SDK's own on a source, what it means, and what to do. None of them is AWS's. */
interface Known {
  readonly says: RegExp;
  readonly means?: string;
  readonly remedy: (source: Source) => string;
  readonly about: CredentialsError['about'];
}
const profileIn = (source: Source): string => profileNameOf(source) ?? '';
const signIn = (source: Source): string =>
  `Sign in again: ${loginLine({ by: 'sso', profile: profileIn(source) })}. Then check again here.`;
const setUp = (source: Source): string =>
  `Set it up: ${asCommand(`aws configure sso --profile ${profileIn(source)}`)}, or ${asCommand(`aws login --profile ${profileIn(source)}`)}. Then check again here.`;
export const mendSso = (profile: string): string =>
  `Correct the SSO settings of profile ${profile} in the AWS config file, or write them again: ${asCommand(`aws configure sso --profile ${profile}`)}. Then check again here.`;

const known: readonly Known[] = [
  {
    // The portal's word for a token that it does not know any more, whatever the file says of it.
    says: /Session token not found or invalid/,
    means: 'the access portal no longer accepts the sign-in',
    remedy: signIn,
    about: 'withdrawn',
  },
  {
    says: /SSO session associated with this profile has expired|^Token is expired|Cannot refresh/,
    means: 'the SSO session has expired',
    remedy: signIn,
    about: 'signed-out',
  },
  {
    says: /SSO session token associated with profile=.* was not found or is invalid|SSO session associated with this profile is invalid|Value not present for '(accessToken|expiresAt)'/,
    means: 'nobody is signed in (SSO)',
    remedy: signIn,
    about: 'signed-out',
  },
  {
    says: /re-authenticate using aws login|^Token validation failed|Failed to load token from|Failed to generate Dpop proof|Please re-?authenticate|log ?in again/i,
    remedy: (source) =>
      `Sign in again: ${loginLine({ by: 'login', profile: profileIn(source) })}. Then check again here.`,
    about: 'signed-out',
  },
  {
    // The portal's word, which is all that the SDK passes on of it.
    says: /No access|ForbiddenException/,
    remedy: () =>
      'The sign-in works, but it does not have that permission set in that account. Have it assigned, or choose other credentials. Then check again here.',
    about: 'settled',
  },
  {
    says: /invalid SSO credentials\. Required|^Sso session '.*' (could not|is missing)|Conflicting SSO|missing required property 'sso_session'|is not configured with SSO/,
    remedy: (source) => mendSso(profileIn(source)),
    about: 'settled',
  },
  {
    says: /^Could not resolve credentials using profile/,
    means: 'nothing in it says where its credentials come from',
    remedy: setUp,
    about: 'unrecognized',
  },
  {
    says: /^Detected a cycle/,
    means: 'its source_profile leads back to itself',
    remedy: (source) => `Correct source_profile of profile ${profileIn(source)}. Then check again here.`,
    about: 'settled',
  },
  {
    says: /^Unsupported credential source/,
    remedy: () =>
      'Correct credential_source: it is Environment, Ec2InstanceMetadata or EcsContainer. Then check again here.',
    about: 'settled',
  },
];

/** What one of the SDK's credential providers threw. `unclear`: why no answer can be trusted, if the text tells of that. */
export function providerFailed(
  message: string,
  { actor, source }: { readonly actor: Actor; readonly source: Source },
  unclear: (text: string) => string | undefined,
): CredentialsError {
  const said = tidy(message);
  // What went wrong with a request stands there with its name before it, and without its kind.
  const [, name = '', rest = said] = /^(\w*(?:Error|Exception)): (.*)$/.exec(said) ?? [];
  const found = known.find(({ says }) => says.test(said) || says.test(rest));
  if (found)
    return new CredentialsError(
      actor,
      `${sourceName(source)}: ${found.means ?? said}`,
      found.remedy(source),
      undefined,
      { about: found.about },
    );
  if (passes(name))
    return new CredentialsError(actor, `${sourceName(source)}: ${said}`, busy, undefined, passing);
  const why = unclear(said);
  if (why !== undefined)
    return new CredentialsError(actor, `${sourceName(source)}: ${why}`, connection, undefined, passing);
  return new CredentialsError(actor, `${sourceName(source)}: ${said}`, unrecognized(source), undefined, {
    about: 'unrecognized',
  });
}
const passing = { passing: true, about: 'settled' } as const;

/** A credential_process that gave none. What it said is for the screen alone. */
export function processFailed(
  { profile, message, said, timedOut }: CredentialProcessFailed,
  { actor, source }: { readonly actor: Actor; readonly source: Source },
): CredentialsError {
  const whose =
    source.kind === 'profile' && source.name === profile
      ? 'its credential_process'
      : `the credential_process of profile ${profile}`;
  return new CredentialsError(
    actor,
    `${sourceName(source)}: ${whose} ${message}`,
    timedOut
      ? `It may have been waiting for somebody, and nobody can answer it here. Sign in to what it uses first, give it longer with --timeout, or start cw-runbook in a terminal, where it can be given the terminal.`
      : `Fix the credential_process of profile ${profile}, or choose other credentials. Then check again here.`,
    undefined,
    { said, process: profile, about: 'settled' },
  );
}

export const onlyHere =
  'Start cw-runbook in a terminal: it asks for the code. No other command does. Or use credentials that need no code, such as an SSO profile.';
/** A role that nobody is given without a code of an MFA device. */
export function codeNeeded(
  { request }: CodeNeeded,
  { actor, source }: { readonly actor: Actor; readonly source: Source },
): CredentialsError {
  const { serial, refused } = request;
  return new CredentialsError(
    actor,
    refused === undefined
      ? `${sourceName(source)}: a code of the MFA device ${serial} is needed`
      : `${sourceName(source)}: AWS did not accept the MFA code. ${refused}`,
    onlyHere,
    undefined,
    { about: 'settled', code: request },
  );
}

/** Why a request for credentials got none: AWS refused it, or no answer can be trusted. */
export function refusedCredentials(found: Error, actor: Actor, source: Source): CredentialsError {
  const said = tidy(found instanceof RequestRejected ? `${found.code}: ${found.message}` : found.message);
  const says = `${sourceName(source)}: AWS gives no credentials: ${said}`;
  if (found instanceof OutcomeUnknown)
    return new CredentialsError(actor, says, connection, undefined, passing);
  if (found instanceof RequestRejected && passes(found.code))
    return new CredentialsError(actor, says, busy, undefined, passing);
  if (found instanceof RequestRejected && /MultiFactorAuthentication failed/.test(found.message))
    return new CredentialsError(
      actor,
      says,
      'Correct mfa_serial of the profile: it names the device of the user whose keys assume the role (aws iam list-mfa-devices). No other code would help. Then check again here.',
      undefined,
      { about: 'settled' },
    );
  if (
    found instanceof RequestRejected &&
    /^AccessDenied/.test(found.code) &&
    /AssumeRole/.test(found.message)
  )
    return new CredentialsError(
      actor,
      says,
      'These credentials work, but AWS does not let them assume the role. The role may not exist; its trust policy may not name them, or may require an external ID or an MFA code (mfa_serial in the profile); or their own policies may not allow sts:AssumeRole. Correct that, or choose other credentials, then check again.',
      undefined,
      { about: 'settled' },
    );
  return new CredentialsError(actor, says, unrecognized(source), undefined, { about: 'settled' });
}

/** AWS does not accept the credentials: what renews them, where they are no log-in's. */
export function howToRenew(from: Source): string {
  const source = originOf(from);
  return source.kind === 'environment'
    ? `Put new credentials into the environment and start again, or choose a profile. To look around without any: ${asCommand('cw-runbook demo')}.`
    : newKeys(source.name);
}
/** Of a profile that is known to hold keys, or of which nothing else is known. */
export const newKeys = (profile: string): string =>
  `Renew the credentials of profile ${profile} (new keys with ${asCommand(`aws configure --profile ${profile}`)}, or by whatever wrote them), then check again here.`;
