import type { CredentialLifetime, Source } from '../../model/identity.ts';
import { profileNameOf } from '../../model/identity.ts';
import type { Environment } from '../../model/text/environment.ts';
import { profiles } from '../settings/config-files.ts';
import { chainOf } from '../settings/profile-chain.ts';
import { loginOf, takenUntil, tokenOf } from './login-tokens.ts';
import { codedRoles, codedUntil } from './mfa.ts';

/** What the SDK gives: secrets, of which only the end is taken from here on. */
export interface ProvidedCredentials {
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** How long what a source has given lasts. Looks at the config files and at cached log-ins; asks nobody. */
export async function lastingOf(
  source: Source,
  given: ProvidedCredentials,
  env: Environment,
): Promise<CredentialLifetime> {
  const coded = await codedLasting(source, given, env);
  if (coded) return coded;
  const base = await lastingOfOrigin(source, given, env);
  if (source.kind !== 'role') return base;
  // The role is assumed again for as long as what it is assumed with lasts.
  if (base.is === 'auto-refreshed' || base.is === 'permanent') return { is: 'auto-refreshed' };
  const own = given.expiration?.getTime() ?? 0;
  return base.is === 'until' ? { ...base, until: Math.max(own, base.until) } : { is: 'until', until: own };
}

/** Where a code of an MFA device is needed for them: nobody renews them without another. */
async function codedLasting(
  source: Source,
  { expiration }: ProvidedCredentials,
  env: Environment,
): Promise<CredentialLifetime | undefined> {
  const name = profileNameOf(source);
  if (name === undefined) return undefined;
  const roles = codedRoles(source, chainOf(name, await profiles(env).catch(() => [])));
  if (roles.length === 0) return undefined;
  const until = Math.max(expiration?.getTime() ?? 0, ...roles.map((role) => codedUntil(role) ?? 0));
  return { is: 'until', until };
}

async function lastingOfOrigin(
  source: Source,
  given: ProvidedCredentials,
  env: Environment,
): Promise<CredentialLifetime> {
  const { sessionToken, expiration } = given;
  const own: CredentialLifetime = expiration
    ? { is: 'until', until: expiration.getTime() }
    : { is: sessionToken === undefined ? 'permanent' : 'unknown' };
  const name = profileNameOf(source);
  if (name === undefined) return ofEnvironment(source, own, env);
  const all = await profiles(env).catch(() => []);
  const profile = all.find((one) => one.name === name);
  const end = chainOf(name, all)?.end;
  if (!profile || !end) return own;
  const login = loginOf(end);
  if (login?.by === 'sso') {
    const token = await tokenOf(login, env);
    // The time in which calls still work: what is in hand to its end, and what the token still gives.
    const until = token.is === 'there' ? takenUntil(token, end) : 0;
    return { is: 'until', until: Math.max(expiration?.getTime() ?? 0, until), login };
  }
  if (login || end.settings.credential_process || end.settings.web_identity_token_file)
    return own.is === 'until' ? { is: 'auto-refreshed' } : own;
  if (end.settings.credential_source) return { is: 'auto-refreshed' };
  const { aws_access_key_id: keys, aws_session_token: session } = end.settings;
  if (keys === undefined) return own;
  if (end === profile && source.kind !== 'role') return own;
  return session === undefined ? { is: 'auto-refreshed' } : own;
}

/** The machine's and the container's credentials are renewed by whoever gives them; keys are as they are. */
function ofEnvironment(source: Source, own: CredentialLifetime, env: Environment): CredentialLifetime {
  const { AWS_ACCESS_KEY_ID: keys, AWS_SESSION_TOKEN: session } = env;
  if (!keys) return own.is === 'until' ? { is: 'auto-refreshed' } : own;
  if (source.kind === 'role' && session === undefined) return { is: 'auto-refreshed' };
  return own;
}
