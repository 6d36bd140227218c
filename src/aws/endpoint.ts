import { profiles } from './config-files.ts';
import { Unusable } from './unusable.ts';

const services = ['ACCOUNT', 'IDENTITYSTORE', 'ORGANIZATIONS', 'SSO_ADMIN', 'STS'];

/**
 * Where AWS calls go: 'aws', or the one address that replaces all its endpoints. `names`: the profiles that are going to
 * be used; without them all profiles count, as long as they agree. Throws `Unusable` where credentials must not be sent.
 */
export async function endpointOf(env: NodeJS.ProcessEnv, names?: readonly string[]): Promise<string> {
  if (/^true$/i.test(env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? '')) return 'aws';
  const set = ['AWS_ENDPOINT_URL', ...services.map((service) => `AWS_ENDPOINT_URL_${service}`)].flatMap(
    (name) => env[name] || [],
  );
  const all = env.AWS_ENDPOINT_URL || set.length > 0 ? set : await ofProfiles(names);
  const [first, ...others] = [...new Set(all.map(normal))];
  if (first === undefined) return 'aws';
  if (others.length > 0 && set.length > 0)
    throw new Unusable(
      `The environment names different endpoints: ${[first, ...others].join(', ')}.`,
      'Set AWS_ENDPOINT_URL alone, or none of the AWS_ENDPOINT_URL… variables.',
    );
  return others.length > 0 ? 'aws' : first;
}

async function ofProfiles(names: readonly string[] | undefined): Promise<readonly string[]> {
  const meant = (await profiles()).filter(({ name }) => names === undefined || names.includes(name));
  // One profile without an endpoint of its own goes to AWS: then there is no one address.
  return meant.some(({ endpoint_url }) => endpoint_url === undefined)
    ? []
    : meant.flatMap(({ endpoint_url }) => endpoint_url ?? []);
}

/** Where one profile's calls go, by its own word, if the environment does not say otherwise. */
export async function endpointOfProfile(env: NodeJS.ProcessEnv, name: string): Promise<string> {
  return endpointOf(env, [name]);
}

const loopback = /^(127(\.\d+){3}|localhost|\[::1\])$/;
function normal(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new Unusable(
      `“${text}” is not an address for an endpoint.`,
      'Set AWS_ENDPOINT_URL to a URL, or unset it.',
    );
  }
  if (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname)))
    return url.href.replace(/\/$/, '');
  throw new Unusable(
    `The endpoint ${url.href} would get your requests unencrypted.`,
    'Plain http is for this machine only (127.0.0.1). Use https, or unset AWS_ENDPOINT_URL.',
  );
}
