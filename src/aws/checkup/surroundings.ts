import { readFile } from 'node:fs/promises';
import type { Source } from '../../model/identity.ts';
import { shellWord } from '../../model/text/shell.ts';
import { placeOf } from '../endpoint.ts';
import { Unusable } from '../local-config-error.ts';
import { proxyIn } from '../proxy.ts';
import { signInEndpoints } from '../sign-in-endpoints.ts';
import { type Check, fails, ok, warns } from './check.ts';
import { unfitKeys } from './keys.ts';

/** AWS_PROFILE beside keys: programs differ in what they take. */
export function bothSet(env: NodeJS.ProcessEnv, named: string | undefined): readonly Check[] {
  if (!env.AWS_ACCESS_KEY_ID) return [];
  if (!env.AWS_SECRET_ACCESS_KEY)
    return [
      ((named ?? env.AWS_PROFILE) ? warns : fails)(
        'environment',
        'AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not',
        'Set both, or remove the one.',
      ),
    ];
  const unfit = unfitKeys(env.AWS_ACCESS_KEY_ID, env.AWS_SESSION_TOKEN, 'AWS_SESSION_TOKEN');
  const keys = unfit
    ? [((named ?? env.AWS_PROFILE) ? warns : fails)('environment', unfit.found, unfit.remedy)]
    : [];
  if (!env.AWS_PROFILE) return keys;
  return [
    ...keys,
    warns(
      'environment',
      `AWS_PROFILE (${env.AWS_PROFILE}) and AWS_ACCESS_KEY_ID are both set. The AWS CLI takes the keys, the AWS SDK for JavaScript the profile; this program offers both, and here ${named === undefined ? 'AWS_PROFILE’s profile' : `profile ${named}`} was looked at`,
      'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN, or AWS_PROFILE.',
    ),
  ];
}

/** Where calls go. Throws nothing: what must not be is a check that fails. */
export async function endpoints(source: Source, env: NodeJS.ProcessEnv): Promise<Check> {
  try {
    const place = await placeOf(source, env);
    const { endpoint } = await signInEndpoints(source, env);
    const set = Object.keys(env).filter((name) => /^AWS_ENDPOINT_URL/.test(name) && env[name]);
    const from = set.length > 0 ? set.join(', ') : 'endpoint_url, or a services section, of the profile';
    if (place === 'aws' && endpoint === undefined && set.length === 0) return ok('endpoint', 'AWS itself');
    if (/^true$/i.test(env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? ''))
      return warns(
        'endpoint',
        `AWS itself: ${set.join(', ')} is set, and AWS_IGNORE_CONFIGURED_ENDPOINT_URLS turns it off`,
      );
    return warns(
      'endpoint',
      `calls go to ${place === 'aws' ? (endpoint ?? 'AWS itself') : place}, not to AWS (${from})`,
      'If that is not meant: remove it.',
    );
  } catch (error) {
    if (error instanceof Unusable) return fails('endpoint', error.message, error.remedy);
    throw error;
  }
}

/** Nobody's certificate is looked at: keys would be signed for whoever answers. */
export const unverified = {
  is: (env: NodeJS.ProcessEnv): boolean => env.NODE_TLS_REJECT_UNAUTHORIZED === '0',
  found: 'NODE_TLS_REJECT_UNAUTHORIZED is 0: whoever answers would be taken for AWS',
  remedy:
    'unset NODE_TLS_REJECT_UNAUTHORIZED, and name your company’s certificate with NODE_EXTRA_CA_CERTS=FILE.',
};

/** Proxies and certificates, as far as the environment tells. */
export async function network(env: NodeJS.ProcessEnv): Promise<readonly Check[]> {
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
  const { AWS_CA_BUNDLE: bundle } = env;
  if (bundle && bundle !== extra)
    found.push(
      warns(
        'tls',
        `AWS_CA_BUNDLE names ${bundle}: the AWS CLI uses it, and Node does not${extra ? `; what counts here is NODE_EXTRA_CA_CERTS (${extra})` : ''}`,
        `Name the same file with NODE_EXTRA_CA_CERTS=${shellWord(bundle)}.`,
      ),
    );
  return found.length > 0 ? found : [ok('proxy, tls', 'nothing of a proxy or of other certificates is set')];
}

function proxyChecks(env: NodeJS.ProcessEnv): readonly Check[] {
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
    if (error instanceof Unusable) return [fails('proxy', error.message, error.remedy)];
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
