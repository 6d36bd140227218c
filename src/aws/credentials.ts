import type { Source } from '../model/identity.ts';

/**
 * A provider for one source, made anew each time: the SDK's own chain remembers that it failed. A profile is taken by
 * its name alone, whatever the environment holds.
 */
export async function credentialsFor(source: Source): Promise<() => Promise<unknown>> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'; // it would be written over the screen
  const sdk = await import('./services/credentials.ts');
  if (source.kind === 'profile')
    return sdk.fromIni({ profile: source.name, ignoreCache: true }) as () => Promise<unknown>;
  return sdk.createCredentialChain(
    sdk.fromEnv(),
    sdk.fromTokenFile(),
    sdk.fromHttp(),
    // Bastions have these; elsewhere nothing answers, and must not be waited for.
    sdk.fromInstanceMetadata({ timeout: 1_000, maxRetries: 0 }),
  ) as () => Promise<unknown>;
}
