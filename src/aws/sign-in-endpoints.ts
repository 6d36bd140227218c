import { profileNameOf, type Source, sourceName } from '../model/identity.ts';
import { profiles } from './config-files.ts';
import { addressesOf } from './endpoint.ts';
import { Unusable } from './local-config-error.ts';
import { endOf, loginOf } from './login-tokens.ts';

/** For the clients inside the SDK's credential providers. Empty: they find their endpoints in the environment. */
export interface SignInEndpoints {
  readonly endpoint?: string;
  readonly ignoreConfiguredEndpointUrls?: true;
}

/**
 * Where the services that give a source its credentials are asked. The SDK takes one address for all of them, and would
 * take AWS_PROFILE's word for every profile. Throws `Unusable` where they must not be asked, or cannot be told apart.
 */
export async function signInEndpoints(
  source: Source,
  env: NodeJS.ProcessEnv = process.env,
): Promise<SignInEndpoints> {
  const name = profileNameOf(source);
  const end = name === undefined ? undefined : endOf(name, await profiles().catch(() => []));
  const login = end && loginOf(end)?.by;
  const assumes = source.kind === 'role' || (end !== undefined && end.name !== name);
  const addresses = await addressesOf(
    [
      ...(assumes || !login ? (['sts'] as const) : []),
      ...(login === 'sso' ? (['sso', 'sso_oidc'] as const) : []),
      ...(login === 'login' ? (['signin'] as const) : []),
    ],
    source,
    env,
  );
  const distinct = [...new Set(addresses)];
  const [endpoint] = distinct;
  if (distinct.length === 1)
    return { ignoreConfiguredEndpointUrls: true, ...(endpoint === undefined ? {} : { endpoint }) };
  if (Object.keys(env).some((key) => /^AWS_ENDPOINT_URL_(STS|SSO|SSO_OIDC|SIGNIN)$/.test(key))) return {};
  throw new Unusable(
    `${sourceName(source)}: its endpoints for signing in differ: ${distinct.map((one) => one ?? 'AWS itself').join(', ')}.`,
    'Set endpoint_url for the services sts, sso and sso_oidc alike, or set AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL_SSO and AWS_ENDPOINT_URL_SSO_OIDC.',
  );
}
