import { readFile } from 'node:fs/promises';
import type { Source } from '../../model/identity.ts';
import type { Environment } from '../../model/text/environment.ts';
import { shellWord } from '../../model/text/shell.ts';
import { signInAddresses, signInEndpoints } from '../credentials/sign-in-endpoints.ts';
import { endpointModes } from '../settings/client-defaults.ts';
import type { Profile } from '../settings/config-files.ts';
import { ownHosts, placeOf } from '../settings/endpoint.ts';
import { LocalConfigError } from '../settings/local-config-error.ts';
import { namedProfile } from '../settings/named-profile.ts';
import { proxyIn } from '../settings/proxy.ts';
import { quoted } from '../settings/region-name.ts';
import { sdkSettings } from '../settings/sdk-settings.ts';
import { type Check, fails, ok, warns } from './check.ts';
import { unfitKeys } from './keys.ts';

/** The profile that a variable names: under which of two names, and how it is written. */
export function profileVariables(env: Environment): readonly Check[] {
  const { AWS_PROFILE: one, AWS_DEFAULT_PROFILE: older } = env;
  const found = namedProfile(env);
  if (!found) return [];
  const { name, variable } = found;
  const written = env[variable] ?? '';
  return [
    ...(one?.trim() && older?.trim() && one.trim() !== older.trim()
      ? [
          warns(
            'environment',
            `AWS_PROFILE (${name}) and AWS_DEFAULT_PROFILE (${older.trim()}) are both set. AWS_PROFILE counts here; the AWS CLI takes AWS_DEFAULT_PROFILE`,
            'unset AWS_DEFAULT_PROFILE',
          ),
        ]
      : variable === 'AWS_DEFAULT_PROFILE'
        ? [
            ok(
              'environment',
              `AWS_DEFAULT_PROFILE names profile ${name}: it counts as AWS_PROFILE, which is not set`,
            ),
          ]
        : []),
    ...(written === name
      ? []
      : [
          warns(
            'environment',
            `${variable} is ${quoted(written)}: the blanks around it are ignored here, and the AWS CLI reads them as part of the name`,
            `Set ${variable} to ${name}, without blanks.`,
          ),
        ]),
  ];
}

/** A profile that is named beside keys: programs differ in what they take. */
export function bothSet(env: Environment, wanted: string | undefined): readonly Check[] {
  if (!env.AWS_ACCESS_KEY_ID) return [];
  const named = namedProfile(env);
  const isNamed = wanted !== undefined || named !== undefined;
  if (!env.AWS_SECRET_ACCESS_KEY)
    return [
      (isNamed ? warns : fails)(
        'environment',
        'AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not',
        'Set both, or remove the one.',
      ),
    ];
  const unfit = unfitKeys(env.AWS_ACCESS_KEY_ID, env.AWS_SESSION_TOKEN, 'AWS_SESSION_TOKEN');
  const keys = unfit ? [(isNamed ? warns : fails)('environment', unfit.found, unfit.remedy)] : [];
  if (!named) return keys;
  const { name, variable } = named;
  return [
    ...keys,
    warns(
      'environment',
      `${variable} (${name}) and AWS_ACCESS_KEY_ID are both set. The AWS CLI takes the keys, the AWS SDK for JavaScript the profile; this program offers both, and here ${wanted === undefined ? `${variable}’s profile` : `profile ${wanted}`} was checked`,
      `unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN, or ${variable}.`,
    ),
  ];
}

/** Where calls go. Throws nothing: what must not be is a check that fails. */
export async function endpoints(source: Source, env: Environment): Promise<Check> {
  try {
    const place = await placeOf(source, env);
    const signIn = (await signInAddresses(source, env)).flatMap(({ address }) => address ?? []);
    await signInEndpoints(source, env); // throws for what cannot be told apart
    const elsewhere = place === 'aws' ? signIn.find(({ aws }) => !aws)?.url : place;
    const own = [...(await ownHosts(source, env)), ...signIn];
    const settings = await sdkSettings(source, env).catch(() => undefined); // what is wrong with them has a line of its own
    if (settings)
      for (const address of [...own, ...(elsewhere === undefined ? [] : [{ url: elsewhere }])])
        endpointModes(settings, address);
    const set = Object.keys(env).filter((name) => /^AWS_ENDPOINT_URL/.test(name) && env[name]);
    const from = set.length > 0 ? set.join(', ') : 'endpoint_url, or a services section, of the profile';
    if (elsewhere !== undefined)
      return warns(
        'endpoint',
        `calls go to ${elsewhere}, not to AWS (${from})`,
        'If that is not meant: remove it.',
      );
    if (set.length > 0 && /^true$/i.test(env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? ''))
      return warns(
        'endpoint',
        `AWS itself: ${set.join(', ')} is set, and AWS_IGNORE_CONFIGURED_ENDPOINT_URLS turns it off`,
      );
    const hosts = new Set(own.map(({ url }) => new URL(url).hostname));
    return ok(
      'endpoint',
      hosts.size === 0 ? 'AWS itself' : `AWS itself, with ${[...hosts].join(', ')} (${from})`,
    );
  } catch (error) {
    if (error instanceof LocalConfigError) return fails('endpoint', error.message, error.remedy);
    throw error;
  }
}

/** Nobody's certificate is looked at: keys would be signed for whoever answers. */
export const unverified = {
  is: (env: Environment): boolean => env.NODE_TLS_REJECT_UNAUTHORIZED === '0',
  found: 'NODE_TLS_REJECT_UNAUTHORIZED is 0: whoever answers would be taken for AWS',
  remedy:
    'unset NODE_TLS_REJECT_UNAUTHORIZED, and name your company’s certificate with NODE_EXTRA_CA_CERTS=FILE.',
};

/** Proxies and certificates, as far as the environment tells. */
export async function network(env: Environment, profile?: Profile): Promise<readonly Check[]> {
  const found: Check[] = [];
  found.push(...proxyChecks(env));
  if (unverified.is(env)) found.push(fails('tls', unverified.found, unverified.remedy));
  const extra = env.NODE_EXTRA_CA_CERTS;
  if (extra && !(await isCertificate(extra)))
    found.push(
      fails(
        'tls',
        `NODE_EXTRA_CA_CERTS names ${extra}, in which no certificate can be read`,
        'Name a file with certificates in PEM form.',
      ),
    );
  else if (extra) found.push(ok('tls', `NODE_EXTRA_CA_CERTS adds the certificates of ${extra}`));
  const bundles = [
    { setting: 'AWS_CA_BUNDLE', file: env.AWS_CA_BUNDLE },
    { setting: `ca_bundle of profile ${profile?.name}`, file: profile?.settings.ca_bundle },
  ];
  for (const { setting, file } of bundles)
    if (file && file !== extra) found.push(await bundleCheck(setting, file, extra));
  return found.length > 0 ? found : [ok('proxy, tls', 'no proxy is set, and no certificates of your own')];
}

/** Certificates that the AWS CLI is given, and Node is not. */
async function bundleCheck(setting: string, file: string, extra: string | undefined): Promise<Check> {
  if (!(await isCertificate(file)))
    return warns(
      'tls',
      `${setting} names ${file}, in which no certificate can be read. The AWS CLI fails with it; this program does not use it`,
      `Name a file with certificates in PEM form, without quotation marks, or remove ${setting}.`,
    );
  return warns(
    'tls',
    `${setting} names ${file}: the AWS CLI uses it, and Node does not${extra ? `; what counts here is NODE_EXTRA_CA_CERTS (${extra})` : ''}`,
    `Name the same file with NODE_EXTRA_CA_CERTS=${shellWord(file)}.`,
  );
}

function proxyChecks(env: Environment): readonly Check[] {
  try {
    const proxy = proxyIn(env);
    const { NO_PROXY, no_proxy: but = NO_PROXY } = env;
    if (proxy)
      return [
        ok(
          'proxy',
          `calls go through ${proxy.shown} (${proxy.variable})${but ? `, and directly to what NO_PROXY lists: ${hostsOnly(but)}` : ''}`,
        ),
      ];
    const name = ['http_proxy', 'HTTP_PROXY'].find((one) => env[one]);
    if (name === undefined) return [];
    return [
      warns(
        'proxy',
        `${name} is set, and HTTPS_PROXY is not: calls to AWS go over https, and so directly`,
        'If the network lets nothing through but the proxy: set HTTPS_PROXY as well.',
      ),
    ];
  } catch (error) {
    if (error instanceof LocalConfigError) return [fails('proxy', error.message, error.remedy)];
    throw error;
  }
}
/** What is no host is left out: somebody may have put a whole address there, with its password. */
const hostsOnly = (list: string): string =>
  list
    .split(/[,\s]+/)
    .filter((one) => one !== '')
    .map((one) => (/^[\w.*:[\]-]+(\/\d+)?$/.test(one) ? one : '…'))
    .join(', ');
const isCertificate = async (file: string): Promise<boolean> =>
  (await readFile(file, 'utf8').catch(() => '')).includes('-----BEGIN CERTIFICATE-----');
