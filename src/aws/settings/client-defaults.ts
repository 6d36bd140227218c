import type { Address } from './endpoint-names.ts';
import { LocalConfigError } from './local-config-error.ts';
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

/**
 * FIPS and dual-stack endpoints, for a client. `address`: the one that its calls go to instead; the SDK takes it with
 * neither, so that a host of AWS's own has to be of that kind itself.
 */
export function endpointModes({ fips, dualstack }: SdkSettings, address: Address | undefined) {
  const flags = [
    [fips, 'fips'],
    [dualstack, 'dualstack'],
  ] as const;
  for (const [{ on, setting }, kind] of flags)
    if (on && address !== undefined && address.aws?.[kind] !== true)
      throw new LocalConfigError(
        `${setting} is true, and the calls go to ${address.url}: the AWS SDK cannot do both.`,
        `Remove ${setting}, or the endpoint (AWS_ENDPOINT_URL, or endpoint_url of the profile).`,
      );
  const free = address === undefined;
  return { useFipsEndpoint: free && fips.on, useDualstackEndpoint: free && dualstack.on };
}
