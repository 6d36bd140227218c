import { Unusable } from './local-config-error.ts';
import type { SdkSettings } from './sdk-settings.ts';

/**
 * What every client of the SDK is told so that it looks for none of it in the environment and in the config files: each
 * would read and take apart both files up to eight times, and end with an error of its own where a value makes no sense.
 * What has a meaning for this program's calls is in `SdkSettings`.
 */
export const unasked = {
  defaultsMode: 'legacy',
  retryMode: 'standard',
  authSchemePreference: [] as string[],
  userAgentAppId: async (): Promise<undefined> => undefined,
  sigv4aSigningRegionSet: async (): Promise<undefined> => undefined,
} as const;

/** FIPS and dual-stack endpoints, for a client. `endpoint`: an address of the operator's own, which the SDK takes with neither. */
export function endpointModes({ fips, dualstack }: SdkSettings, endpoint: string | undefined) {
  for (const { on, setting } of [fips, dualstack])
    if (on && endpoint !== undefined)
      throw new Unusable(
        `${setting} is true, and the calls go to ${endpoint}: the AWS SDK cannot do both.`,
        `Remove ${setting}, or the endpoint (AWS_ENDPOINT_URL, or endpoint_url of the profile).`,
      );
  return { useFipsEndpoint: fips.on, useDualstackEndpoint: dualstack.on };
}
