import type { Source } from '../model/identity.ts';
import { addressOf } from './endpoint.ts';

/** Gives credentials to an SDK client. What it is given is the client's word on itself. */
export type Provider = (asked?: object) => Promise<unknown>;

/**
 * A provider for one source, made anew each time: the SDK's own chain remembers that it failed. A profile is taken by
 * its name alone, whatever the environment holds. Throws `Unusable` where its calls must not go.
 */
export async function credentialsFor(source: Source): Promise<Provider> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'; // it would be written over the screen
  const sdk = await import('./services/credentials.ts');
  const endpoint = await addressOf('sts', source);
  // Roles are assumed where the other calls go, not where AWS_PROFILE's would.
  const clientConfig = {
    ignoreConfiguredEndpointUrls: true,
    ...(endpoint === undefined ? {} : { endpoint }),
  };
  if (source.kind === 'profile')
    return sdk.fromIni({ profile: source.name, ignoreCache: true, clientConfig }) as Provider;
  const { AWS_EC2_METADATA_DISABLED: noInstance = 'false' } = process.env;
  return sdk.createCredentialChain(
    sdk.fromEnv(),
    sdk.fromTokenFile({ clientConfig }),
    sdk.fromHttp(),
    // Bastions have these; elsewhere nothing answers, and must not be waited for.
    ...(noInstance === 'false' ? [sdk.fromInstanceMetadata({ timeout: 1_000, maxRetries: 0 })] : []),
  ) as Provider;
}
