import { profileNameOf, type Source, sourceName } from '../../model/identity.ts';
import { defined } from '../../model/text/defined.ts';
import type { Environment } from '../../model/text/environment.ts';
import { profiles } from '../settings/config-files.ts';
import { addressesOf } from '../settings/endpoint.ts';
import type { Address, AwsHost, SignInService } from '../settings/endpoint-names.ts';
import { LocalConfigError } from '../settings/local-config-error.ts';
import { endOf } from '../settings/profile-chain.ts';
import { loginOf } from './login-tokens.ts';

/** For the clients inside the SDK's credential providers. Without an address: they find their endpoints in the environment. */
export interface SignInEndpoints {
  readonly address?: Address;
  readonly ignoreConfiguredEndpointUrls?: true;
  /** A host of AWS's own at which roles are assumed, in the Region that it is of. */
  readonly sts?: Address & { readonly aws: AwsHost };
}

/**
 * Where the services that give a source its credentials are asked. The SDK takes one address for all of them, and would
 * take AWS_PROFILE's word for every profile. Throws `LocalConfigError` where they must not be asked, or cannot be told apart.
 */
export async function signInEndpoints(source: Source, env: Environment): Promise<SignInEndpoints> {
  const found = await signInAddresses(source, env);
  const sts = found.find((one) => one.service === 'sts')?.address;
  const ownSts = defined({ sts: sts?.aws ? { ...sts, aws: sts.aws } : undefined });
  const distinct = new Map(
    found
      .filter(({ service, address }) => !(service === 'sts' && address?.aws))
      .map(({ address }) => [address?.url, address]),
  );
  const [only, ...others] = distinct.values();
  if (others.length === 0)
    return {
      ignoreConfiguredEndpointUrls: true,
      ...defined({ address: only }),
      ...ownSts,
    };
  if (Object.keys(env).some((key) => /^AWS_ENDPOINT_URL_(STS|SSO|SSO_OIDC|SIGNIN)$/.test(key))) return ownSts;
  throw new LocalConfigError(
    `${sourceName(source)}: its endpoints for signing in differ: ${[...distinct.keys()].map((one) => one ?? 'AWS itself').join(', ')}.`,
    'Set endpoint_url for the services sts, sso and sso_oidc alike, or set AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL_SSO and AWS_ENDPOINT_URL_SSO_OIDC.',
  );
}

/** The services that are asked for a source's credentials, and where that is not where the SDK would ask. */
export async function signInAddresses(source: Source, env: Environment) {
  const name = profileNameOf(source);
  const end = name === undefined ? undefined : endOf(name, await profiles(env).catch(() => []));
  const login = end && loginOf(end)?.by;
  const assumes = source.kind === 'role' || (end !== undefined && end.name !== name);
  const services: readonly SignInService[] = [
    ...(assumes || !login ? (['sts'] as const) : []),
    ...(login === 'sso' ? (['sso', 'sso_oidc'] as const) : []),
    ...(login === 'login' ? (['signin'] as const) : []),
  ];
  const addresses = await addressesOf(services, source, env);
  return services.map((service, n) => ({ service, address: addresses[n] }));
}
