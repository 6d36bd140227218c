import { type Source, sourceName } from '../model/identity.ts';
import type { Environment } from '../model/text/environment.ts';
import { signInAddresses } from './credentials/sign-in-endpoints.ts';
import { addressOf, placeOf } from './settings/endpoint.ts';
import { LocalConfigError } from './settings/local-config-error.ts';

const nameOf = (where: string): string => (where === 'aws' ? 'AWS itself' : where);

/** Throws `LocalConfigError` where a source's calls would not go where the run's do. Nothing is sent then. */
export async function refuseElsewhere(
  source: Source,
  endpoint: string | undefined,
  env: Environment,
): Promise<void> {
  if (endpoint === undefined || endpoint.startsWith('demo:')) return;
  const own = await placeOf(source, env);
  if (own === endpoint) {
    // Who is at AWS hands nobody else what a log-in gave.
    const other =
      own === 'aws'
        ? (await signInAddresses(source, env)).find(({ address }) => address && !address.aws)
        : undefined;
    if (!other) return;
    throw new LocalConfigError(
      `${sourceName(source)} gets its credentials at ${other.address?.url}, and this run is at AWS itself. Nothing was sent.`,
      `Remove AWS_ENDPOINT_URL_${other.service.toUpperCase()}, or endpoint_url of ${other.service} in the services section of the profile.`,
    );
  }
  throw new LocalConfigError(
    `${sourceName(source)} sends its calls to ${nameOf(own)}, and this run is at ${nameOf(endpoint)}. Nothing was sent.`,
    own === 'aws' ? 'Choose a profile of that endpoint.' : `Set AWS_ENDPOINT_URL=${own} and start again.`,
  );
}

/** The same for CloudTrail alone, which only `audit reconcile` asks. */
export async function refuseTrailElsewhere(
  source: Source,
  endpoint: string,
  env: Environment,
): Promise<void> {
  if (endpoint.startsWith('demo:')) return;
  const address = await addressOf('cloudtrail', source, env);
  const own = address === undefined || address.aws ? 'aws' : address.url;
  if (own === endpoint) return;
  throw new LocalConfigError(
    `${sourceName(source)} asks CloudTrail at ${nameOf(own)}, and this run is at ${nameOf(endpoint)}. Nothing was sent.`,
    'Set AWS_ENDPOINT_URL_CLOUDTRAIL, or endpoint_url of cloudtrail in the profile’s services section, to the run’s endpoint, or remove it.',
  );
}
