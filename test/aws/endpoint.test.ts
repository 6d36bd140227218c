import { expect, test } from 'vitest';
import { connect } from '../../src/aws/client.ts';
import { endpointOf, placeOf } from '../../src/aws/settings/endpoint.ts';
import { LocalConfigError } from '../../src/aws/settings/local-config-error.ts';
import type { Source } from '../../src/model/identity.ts';
import type { ReadOperation } from '../../src/model/operations.ts';
import { costOf } from '../cost.ts';
import { answering, json, thrown } from './hostile.ts';
import { awsFiles, keysOf } from './scratch.ts';

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const profile = (name: string): Source => ({ kind: 'profile', name });
const environment: Source = { kind: 'environment' };
const inEnvironment = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
const here = (set: Readonly<Record<string, string>> = {}) => ({ ...process.env, ...set });

const one: readonly ReadOperation[] = [
  'account:ListRegions',
  'iam:GetRole',
  'identitystore:ListUsers',
  'organizations:DescribeOrganization',
  'sso:ListInstances',
  'sts:GetCallerIdentity',
];
/** Asks each of the six services once. */
async function askAll(source: Source): Promise<void> {
  const aws = connect({
    env: process.env,
    actor: 'management',
    source,
    region: 'eu-west-1',
    program: 'cw-runbook/0.1.0',
  });
  for (const operation of one)
    await aws
      .read(operation, { IdentityStoreId: 'd-1111111111', RoleName: 'a' } as never)
      .catch(() => undefined);
}
const elsewhere = async () => {
  const server = await answering((response) => json(response, 400, { __type: 'AccessDeniedException' }));
  return { ...server, asked: () => server.got.map(({ headers }) => headers.authorization?.split('/')[3]) };
};
const allSix = ['account', 'iam', 'identitystore', 'organizations', 'sso', 'sts'];

test('nothing is configured: AWS itself', async () => {
  awsFiles('[default]\nregion = eu-west-1\n');
  expect(await endpointOf(here())).toBe('aws');
});

test.each([
  ['AWS_ENDPOINT_URL', () => '', (url: string) => ({ AWS_ENDPOINT_URL: url })],
  [
    'a variable for each service',
    () => '',
    (url: string) =>
      Object.fromEntries(
        ['ACCOUNT', 'IAM', 'IDENTITYSTORE', 'ORGANIZATIONS', 'SSO_ADMIN', 'STS'].map((name) => [
          `AWS_ENDPOINT_URL_${name}`,
          url,
        ]),
      ),
  ],
  ['endpoint_url of the profile', (url: string) => `[profile it]\nendpoint_url = ${url}\n`, () => ({})],
  [
    'a services section',
    (url: string) =>
      `[profile it]\nservices = ours\n\n[services ours]\n${allSix
        .map((name) => `${name === 'sso' ? 'sso_admin' : name} =\n  endpoint_url = ${url}`)
        .join('\n')}\n`,
    () => ({}),
  ],
] as const)('all six services go where %s says, and that is what is shown', async (_, config, variables) => {
  const { url, asked } = await elsewhere();
  awsFiles(config(url), keysOf('it', keys), variables(url));
  expect(await endpointOf(process.env, ['it'])).toBe(url);
  expect(await placeOf(profile('it'), process.env)).toBe(url);
  await askAll(profile('it'));
  expect(asked()).toEqual(allSix);
});

test('a profile goes where it says itself, not where AWS_PROFILE or default would', async () => {
  const [own, other] = [await elsewhere(), await elsewhere()];
  awsFiles(
    `[default]\nendpoint_url = ${other.url}\n\n[profile it]\nendpoint_url = ${own.url}\n\n[profile it2]\nregion = eu-west-1\n`,
    keysOf('it', keys) + keysOf('default', keys),
    { AWS_PROFILE: 'default', AWS_ENDPOINT_URL_S3: other.url },
  );
  await askAll(profile('it'));
  expect(own.asked()).toEqual(allSix);
  expect(other.got).toEqual([]);
  expect(await placeOf(profile('it2'), process.env)).toBe('aws');
});

test('credentials from the environment go where the default profile says, as in every SDK program', async () => {
  const { url, asked } = await elsewhere();
  awsFiles(`[default]\nendpoint_url = ${url}\n`, '', inEnvironment);
  expect(await placeOf(environment, process.env)).toBe(url);
  await askAll(environment);
  expect(asked()).toEqual(allSix);
});

test('a role is assumed where its profile’s calls go', async () => {
  const [own, other] = [await elsewhere(), await elsewhere()];
  awsFiles(
    `[default]\nendpoint_url = ${other.url}\n\n[profile it]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = base\nendpoint_url = ${own.url}\n`,
    keysOf('base', keys),
  );
  await askAll(profile('it'));
  expect(own.got[0]?.body).toContain('Action=AssumeRole');
  expect(other.got).toEqual([]);
});

test.each([
  [{ AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true', AWS_ENDPOINT_URL: 'https://example.test' }, ''],
  [{ AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, 'endpoint_url = https://example.test'],
  [{}, 'endpoint_url = https://example.test\nignore_configured_endpoint_urls = true'],
])('configured endpoints are ignored where that is asked: %j', async (set, line) => {
  awsFiles(`[profile it]\n${line}\n`, keysOf('it', keys), set);
  expect(await placeOf(profile('it'), process.env)).toBe('aws');
  expect(await endpointOf(process.env)).toBe('aws');
});

test.each([
  ['http://example.test', 'unencrypted'],
  ['http://127.0.0.1.example.test', 'unencrypted'],
  ['ftp://127.0.0.1', 'unencrypted'],
  ['example.test', 'not an address'],
])('%s gets no requests', async (url, says) => {
  awsFiles('', '', { AWS_ENDPOINT_URL: url, ...inEnvironment });
  const error = await thrown(endpointOf(process.env));
  expect(error).toBeInstanceOf(LocalConfigError);
  expect((error as LocalConfigError).message).toContain(says);
  expect((error as LocalConfigError).message).toContain(url);
  expect((error as LocalConfigError).remedy).toContain('AWS_ENDPOINT_URL');
  const aws = connect({
    env: process.env,
    actor: 'management',
    source: environment,
    region: undefined,
    program: 'cw-runbook/0.1.0',
  });
  await expect(aws.read('sts:GetCallerIdentity', {})).rejects.toThrow(says);
});

test.each(['http://127.0.0.1:1', 'http://localhost:1', 'http://[::1]:1', 'https://example.test'])(
  '%s may get requests',
  async (url) => {
    awsFiles('', '', { AWS_ENDPOINT_URL: url });
    expect(await endpointOf(process.env)).toBe(url);
  },
);

test('different endpoints for different services are named, and refused', async () => {
  awsFiles('[default]\n', '', {
    AWS_ENDPOINT_URL_STS: 'https://one.test',
    AWS_ENDPOINT_URL_SSO_ADMIN: 'https://two.test',
  });
  const { message } = (await thrown(endpointOf(process.env))) as LocalConfigError;
  expect(message).toContain('https://one.test (sts)');
  expect(message).toContain('https://two.test (sso_admin)');
  expect(message).toContain('AWS itself (account, iam, identitystore, organizations)');
});

test('profiles of different endpoints have no one place; those of the same have', async () => {
  const simulated = 'endpoint_url = http://127.0.0.1:1';
  awsFiles(`[profile a]\n${simulated}\n\n[profile b]\n${simulated}\n\n[profile c]\nregion = eu-west-1\n`);
  expect(await endpointOf(process.env, ['a', 'b'])).toBe('http://127.0.0.1:1');
  expect(await endpointOf(process.env)).toBe('aws');
  expect(await endpointOf(here({ AWS_PROFILE: 'a' }))).toBe('http://127.0.0.1:1');
});

test('a services section that is not there is named', async () => {
  awsFiles('[profile it]\nservices = gone\n', keysOf('it', keys));
  await expect(placeOf(profile('it'), process.env)).rejects.toThrow('section “services gone”');
});

test('the files are read once, however many profiles they have', async () => {
  const profiles = (n: number): string =>
    Array.from({ length: n }, (_, at) => `[profile p${at}]\nregion = us-east-1\n`).join('');
  const took = (n: number): Promise<number> => {
    awsFiles(profiles(n));
    return costOf(async () => expect(await endpointOf(process.env)).toBe('aws'), 3);
  };
  const few = Math.max(2, await took(100));
  // Forty times as many: forty times the work, and 1,600 times where each reads the files for itself.
  expect((await took(4_000)) / few).toBeLessThan(250);
});
