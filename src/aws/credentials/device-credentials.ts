import type { Source } from '../../model/identity.ts';
import type { Environment } from '../../model/text/environment.ts';
import type { Profile } from '../settings/config-files.ts';
import { SignInRefused, signInService } from './device-service.ts';
import { portalOf, tokenIn } from './device-sign-in.ts';
import { type DeviceToken, deviceTokenOf, dropToken, holdToken } from './device-tokens.ts';
import { refreshed } from './login-tokens.ts';
import { signInClient } from './sign-in-client.ts';

/** As the SDK's own providers name what they throw: it is understood by that. */
class ProviderFailed extends Error {
  override name = 'CredentialsProviderError';
}

/**
 * The credentials of a profile whose operator signed in from the screen: the permission set's in that account, for the
 * token that this process holds. Throws as the SDK's providers do.
 */
export function fromDeviceSignIn(profile: Profile, source: Source, env: Environment): () => Promise<unknown> {
  const { sso_account_id: accountId = '', sso_role_name: roleName = '' } = profile.settings;
  return async () => {
    const token = await current(profile, source, env);
    const { region } = await portalOf(profile, env);
    const { clientConfig } = await signInClient(source, env);
    const { SSOClient, GetRoleCredentialsCommand } = await import('../services/sign-in.ts');
    const portal = new SSOClient({ ...clientConfig, region } as object);
    const asked = new GetRoleCredentialsCommand({ accountId, roleName, accessToken: token.accessToken });
    const { roleCredentials: given } = await portal.send(asked).catch((error: unknown) => {
      if (!(error instanceof Error)) throw error;
      if (error.name === 'UnauthorizedException') dropToken(profile);
      throw new ProviderFailed(String(error));
    });
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = given ?? {};
    if (!accessKeyId || !secretAccessKey || !sessionToken || !expiration)
      throw new ProviderFailed('SSO returns an invalid temporary credential.');
    return { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(expiration), accountId };
  };
}

/** The token that is in hand, refreshed where it ends soon and can be. */
async function current(profile: Profile, source: Source, env: Environment): Promise<DeviceToken> {
  const token = deviceTokenOf(profile);
  if (!token) throw expired();
  const { client, region, refreshToken, until } = token;
  if (refreshToken === undefined || until - Date.now() > refreshed) return token;
  const ask = await signInService(source, region, env);
  try {
    const given = await ask('/token', { ...client, grantType: 'refresh_token', refreshToken });
    const next = { refreshToken, ...tokenIn(given, { client, region }, Date.now()) };
    holdToken(profile, next);
    return next;
  } catch (error) {
    if (until > Date.now()) return token;
    if (!(error instanceof SignInRefused) || error.$metadata.httpStatusCode >= 500) throw error;
    dropToken(profile);
    throw expired();
  }
}
const expired = (): ProviderFailed =>
  new ProviderFailed('The SSO session associated with this profile has expired.');
