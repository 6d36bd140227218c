import { type Source, sourceName } from '../model/identity.ts';
import { signInAddresses } from './credentials/sign-in-endpoints.ts';
import { placeOf } from './settings/endpoint.ts';
import { LocalConfigError } from './settings/local-config-error.ts';

/** Throws `LocalConfigError` where a source's calls would not go where the run's do. Nothing is sent then. */
export async function refuseElsewhere(source: Source, endpoint: string | undefined): Promise<void> {
  if (endpoint === undefined || endpoint.startsWith('demo:')) return;
  const own = await placeOf(source);
  if (own === endpoint) {
    // Who is at AWS hands nobody else what a log-in gave.
    const other =
      own === 'aws'
        ? (await signInAddresses(source)).find(({ address }) => address && !address.aws)
        : undefined;
    if (!other) return;
    throw new LocalConfigError(
      `${sourceName(source)} gets its credentials at ${other.address?.url}, and this run is at AWS itself. Nothing was sent.`,
      `Remove AWS_ENDPOINT_URL_${other.service.toUpperCase()}, or endpoint_url of ${other.service} in the services section of the profile.`,
    );
  }
  const name = (where: string): string => (where === 'aws' ? 'AWS itself' : where);
  throw new LocalConfigError(
    `${sourceName(source)} sends its calls to ${name(own)}, and this run is at ${name(endpoint)}. Nothing was sent.`,
    own === 'aws' ? 'Choose a profile of that endpoint.' : `Set AWS_ENDPOINT_URL=${own} and start again.`,
  );
}
