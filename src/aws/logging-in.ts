import { loginLine, type Source } from '../model/identity.ts';
import { CredentialsFailed } from '../model/reader.ts';
import { withdrawn } from './errors.ts';
import { loginFor, tokenOf } from './login-tokens.ts';

/** The SDK refreshes a token so long before its end, and gives none where it cannot. */
const refreshed = 5 * 60_000;

/**
 * Credentials that fail because nobody is logged in say how to. The SDK's words for it differ; what lies in the cache
 * decides. Everything else stays as it is.
 */
export async function withLogin(error: unknown, source: Source): Promise<unknown> {
  if (!(error instanceof CredentialsFailed)) return error;
  const login = await loginFor(source);
  if (!login) return error;
  const token = await tokenOf(login);
  if (token.is === 'there' && token.until > Date.now() + refreshed && !error.message.includes(withdrawn))
    return error;
  return new CredentialsFailed(
    error.actor,
    error.message,
    `Log in again: ${loginLine(login)}. Then look again here.`,
    login,
  );
}
