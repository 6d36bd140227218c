import { loginLine, profileNameOf, type Source, sourceName } from '../model/identity.ts';
import { CredentialsFailed } from '../model/reader.ts';
import type { Profile } from './config-files.ts';
import { newKeys, withdrawn } from './errors.ts';
import { endFor, loginOf, refreshed, tokenOf } from './login-tokens.ts';

/**
 * Credentials that fail say what renews them: by the profile that they come from, and by what lies in the cache where
 * somebody logs in to it. The SDK's words for it differ, and AWS's do not tell. Everything else stays as it is.
 */
export async function withLogin(error: unknown, source: Source): Promise<unknown> {
  if (!(error instanceof CredentialsFailed)) return error;
  const end = await endFor(source);
  if (!end) return error;
  // What AWS itself does not accept is made anew, whatever is cached.
  const refused = error.remedy === newKeys(profileNameOf(source) ?? '');
  const login = loginOf(end);
  if (!login) return refused ? new CredentialsFailed(error.actor, error.message, renewalOf(end)) : error;
  const token = await tokenOf(login);
  const there = token.is === 'there' && token.until > Date.now() + refreshed;
  if (there && !refused && !error.message.includes(withdrawn)) return error;
  const soon = token.is === 'there' && token.until > Date.now() && !there && !token.renewable;
  return new CredentialsFailed(
    error.actor,
    soon
      ? `${sourceName(source)}: the log-in ends ${new Date(token.until).toISOString().slice(0, 16)}Z, and the AWS SDK takes none in its last 5 minutes`
      : error.message,
    `Log in again: ${loginLine(login)}. Then look again here.`,
    login,
  );
}

/** Of a profile to which nobody logs in. */
const renewalOf = ({ name, settings }: Profile): string =>
  settings.credential_process && !settings.aws_access_key_id
    ? `These are the keys that the credential_process of profile ${name} gives: see to it, or choose other credentials. Then look again here.`
    : newKeys(name);
