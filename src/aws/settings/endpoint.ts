import { profileNameOf, type Source } from '../../model/identity.ts';
import type { Service } from '../../model/operations/sdk.ts';
import { defined } from '../../model/text/defined.ts';
import type { Environment } from '../../model/text/environment.ts';
import { awsHost } from './aws-hosts.ts';
import { type Profile, profiles } from './config-files.ts';
import { endpointAddress } from './endpoint-address.ts';
import type { Address, EndpointName, SignInService } from './endpoint-names.ts';
import { LocalConfigError } from './local-config-error.ts';
import { namedProfile } from './named-profile.ts';

/** The services as AWS_ENDPOINT_URL_… and the config file's `services` sections name them. */
const names: Readonly<Record<Service, EndpointName>> = {
  account: 'account',
  cloudtrail: 'cloudtrail',
  iam: 'iam',
  identitystore: 'identitystore',
  organizations: 'organizations',
  sso: 'sso_admin',
  sts: 'sts',
};
/** A run needs these at one place. CloudTrail it does not: who asks that, looks where it is (`refuseTrailElsewhere`). */
const services = (Object.keys(names) as Service[]).filter((service) => service !== 'cloudtrail');
/**
 * Where a source's calls to a service go: an address, or undefined for AWS's own. The SDK would take AWS_PROFILE's word
 * for every profile, so it is told. Order: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export async function addressOf(
  service: Service,
  source: Source,
  env: Environment,
): Promise<Address | undefined> {
  return addressed(names[service], env, await profileOf(source, env));
}

/** The same for the services that give credentials. */
export async function addressesOf(
  wanted: readonly SignInService[],
  source: Source,
  env: Environment,
): Promise<readonly (Address | undefined)[]> {
  const profile = await profileOf(source, env);
  return Promise.all(wanted.map((name) => addressed(name, env, profile)));
}

/** The addresses that are set for the calls of a source, and are AWS's own. */
export async function ownHosts(source: Source, env: Environment): Promise<readonly Address[]> {
  const profile = await profileOf(source, env);
  const all = await Promise.all(services.map((service) => addressed(names[service], env, profile)));
  return all.flatMap((address) => (address?.aws ? [address] : []));
}

async function addressed(
  name: EndpointName,
  env: Environment,
  profile: Profile | undefined,
): Promise<Address | undefined> {
  const url = given(name, env, profile);
  if (url === undefined) return undefined;
  const aws = await awsHost(name, url);
  return { url, ...defined({ aws }) };
}

async function profileOf(source: Source, env: Environment): Promise<Profile | undefined> {
  if (env.AWS_ENDPOINT_URL || ignores(env)) return undefined; // nothing in the files counts then
  const name = profileNameOf(source) ?? namedProfile(env)?.name ?? 'default';
  return (await profiles(env)).find((profile) => profile.name === name);
}

const ignores = (env: Environment): boolean => /^true$/i.test(env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? '');

function given(name: EndpointName, env: Environment, profile: Profile | undefined): string | undefined {
  if (ignores(env)) return undefined;
  const own = [`AWS_ENDPOINT_URL_${name.toUpperCase()}`, 'AWS_ENDPOINT_URL'].find((one) => env[one]);
  if (own) return endpointAddress(env[own] ?? '', own);
  if (profile === undefined || /^true$/i.test(profile.settings.ignore_configured_endpoint_urls ?? ''))
    return undefined;
  const { services: section } = profile.settings;
  if (section !== undefined && profile.services === undefined)
    throw new LocalConfigError(
      `The profile ${profile.name} names the section “services ${section}”, and the AWS config file has none.`,
      'Correct the profile: its services line, or the section.',
    );
  const ofService = profile.services?.[`${name}.endpoint_url`];
  if (ofService)
    return endpointAddress(ofService, `endpoint_url of ${name} in the section “services ${section}”`);
  return profile.endpoint_url
    ? endpointAddress(profile.endpoint_url, `endpoint_url of profile ${profile.name}`)
    : undefined;
}

/** Where all of a source's calls go: 'aws', or one address. Throws `LocalConfigError` where they would go to different places. */
export async function placeOf(source: Source, env: Environment): Promise<string> {
  return placed(await profileOf(source, env), env);
}
async function placed(profile: Profile | undefined, env: Environment): Promise<string> {
  const places: { readonly service: Service; readonly place: string }[] = [];
  for (const service of services) {
    const address = await addressed(names[service], env, profile);
    places.push({ service, place: address === undefined || address.aws ? 'aws' : address.url });
  }
  const distinct = [...new Set(places.map(({ place }) => place))];
  const [only = 'aws', ...others] = distinct;
  if (others.length === 0) return only;
  const each = distinct.map(
    (place) =>
      `${place === 'aws' ? 'AWS itself' : place} (${places
        .filter((one) => one.place === place)
        .map((one) => names[one.service])
        .join(', ')})`,
  );
  throw new LocalConfigError(
    `The calls would go to different endpoints: ${each.join(', ')}.`,
    'Set AWS_ENDPOINT_URL, or the profile’s endpoint_url, for all services alike; or none of them.',
  );
}

/**
 * Where AWS calls go: 'aws', or the one address that replaces all its endpoints. `chosen`: the profiles that are going to
 * be used; without them AWS_PROFILE counts, else all profiles, as long as they agree ('aws' where they do not: the
 * odd one is refused when it is chosen). Throws `LocalConfigError` where credentials must not be sent.
 */
export async function endpointOf(env: Environment, chosen?: readonly string[]): Promise<string> {
  const environment: Source = { kind: 'environment' };
  if (env.AWS_ENDPOINT_URL || ignores(env)) return placeOf(environment, env);
  if (chosen) return agreed(await Promise.all(chosen.map((name) => placeOf({ kind: 'profile', name }, env))));
  const named = namedProfile(env);
  if (named) return placeOf({ kind: 'profile', name: named.name }, env);
  // Read once: there may be thousands of profiles.
  const all: (Profile | undefined)[] = [...(await profiles(env))];
  if (all.length === 0) return placeOf(environment, env);
  if (env.AWS_ACCESS_KEY_ID) all.push(all.find((profile) => profile?.name === 'default'));
  if (services.some((service) => env[`AWS_ENDPOINT_URL_${names[service].toUpperCase()}`]))
    return agreed(await Promise.all(all.map((profile) => placed(profile, env))));
  // One bad profile must not keep the others from being used: it says so itself when it is chosen.
  return agreed(
    await Promise.all(
      all.map((profile) =>
        placed(profile, env).catch((error: unknown) => {
          if (error instanceof LocalConfigError) return 'aws';
          throw error;
        }),
      ),
    ),
  );
}
const agreed = ([first = 'aws', ...others]: readonly string[]): string =>
  others.every((place) => place === first) ? first : 'aws';
