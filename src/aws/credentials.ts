import type { Source } from '../model/identity.ts';
import { addressOf } from './endpoint.ts';
import { Unusable } from './unusable.ts';

/** Gives credentials to an SDK client. What it is given is the client's word on itself. */
export type Provider = (asked?: object) => Promise<unknown>;

/**
 * A provider for one source, made anew each time: the SDK's own chain remembers that it failed. A profile is taken by
 * its name alone, whatever the environment holds. Throws `Unusable` where its calls must not go.
 */
export async function credentialsFor(source: Source): Promise<Provider> {
  const sdk = await import('./services/credentials.ts');
  const endpoint = await addressOf('sts', source);
  // Roles are assumed where the other calls go, not where AWS_PROFILE's would.
  const clientConfig = {
    ignoreConfiguredEndpointUrls: true,
    ...(endpoint === undefined ? {} : { endpoint }),
  };
  if (source.kind === 'profile')
    return sdk.fromIni({ profile: source.name, ignoreCache: true, clientConfig }) as Provider;
  const { env } = process;
  if (env.AWS_CONTAINER_CREDENTIALS_FULL_URI || env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)
    return sdk.createCredentialChain(sdk.fromEnv(), sdk.fromHttp()) as Provider;
  if (env.AWS_WEB_IDENTITY_TOKEN_FILE)
    return sdk.createCredentialChain(sdk.fromEnv(), sdk.fromTokenFile({ clientConfig })) as Provider;
  const { AWS_EC2_METADATA_DISABLED: noInstance = 'false' } = env;
  return sdk.createCredentialChain(
    sdk.fromEnv(),
    // Bastions have these; elsewhere nothing answers, and must not be waited for.
    ...(noInstance === 'false' ? [sdk.fromInstanceMetadata({ timeout: 1_000, maxRetries: 0 })] : []),
    none,
  ) as Provider;
}

async function none(): Promise<never> {
  throw new Unusable(
    'There are no credentials in the environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set, and this is no machine with a role of its own.',
    'Make a profile and log in (aws configure sso, then aws sso login), or put keys into the environment. To look around without any: cw-runbook demo.',
  );
}
