import { createServer as createProxy } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { checkup } from '../../src/aws/checkup/checkup.ts';
import { connect } from '../../src/aws/client.ts';
import { identifyCaller } from '../../src/aws/identities.ts';
import { awsHost } from '../../src/aws/settings/aws-hosts.ts';
import { endpointOf, placeOf } from '../../src/aws/settings/endpoint.ts';
import type { EndpointName } from '../../src/aws/settings/endpoint-names.ts';
import type { Source } from '../../src/model/identity.ts';
import type { ReadOperation } from '../../src/model/operations.ts';
import { thrown } from './hostile.ts';
import { awsFiles, keysOf } from './scratch.ts';

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const it: Source = { kind: 'profile', name: 'it' };

test.each<[EndpointName, string, string]>([
  ['sts', 'https://sts.eu-west-1.amazonaws.com', 'eu-west-1'],
  ['sts', 'https://sts.eu-west-1.amazonaws.com:443/', 'eu-west-1'],
  ['sts', 'https://STS.eu-west-1.amazonaws.com', 'eu-west-1'],
  ['sts', 'https://sts.amazonaws.com', 'us-east-1'],
  ['sts', 'https://sts-fips.us-east-1.amazonaws.com', 'us-east-1'],
  ['sts', 'https://sts.eu-west-1.api.aws', 'eu-west-1'],
  ['iam', 'https://iam.amazonaws.com', 'us-east-1'],
  ['organizations', 'https://organizations.us-east-1.amazonaws.com', 'us-east-1'],
  ['organizations', 'https://organizations-fips.us-east-1.amazonaws.com', 'us-east-1'],
  ['sso_admin', 'https://sso.ap-east-1.amazonaws.com', 'ap-east-1'],
  ['sso_admin', 'https://sso.eu-west-1.api.aws', 'eu-west-1'],
  ['identitystore', 'https://identitystore.eu-west-1.amazonaws.com', 'eu-west-1'],
  ['account', 'https://account.us-east-1.amazonaws.com', 'us-east-1'],
  ['sso', 'https://portal.sso.eu-west-1.amazonaws.com', 'eu-west-1'],
  ['sso_oidc', 'https://oidc.eu-west-1.amazonaws.com', 'eu-west-1'],
  ['signin', 'https://eu-west-1.signin.aws.amazon.com', 'eu-west-1'],
  ['sts', 'https://vpce-0123456789abcdef0-abcd1234.sts.eu-west-1.vpce.amazonaws.com', 'eu-west-1'],
  ['sts', 'https://vpce-0123456789abcdef0-abcd1234-eu-west-1a.sts.eu-west-1.vpce.amazonaws.com', 'eu-west-1'],
  [
    'sts',
    'https://vpce-0123456789abcdef0-abcd1234-us-west-2-lax-1a.sts.us-west-2.vpce.amazonaws.com',
    'us-west-2',
  ],
  ['sso_admin', 'https://vpce-0123456789abcdef0-abcd1234.sso.eu-west-1.vpce.amazonaws.com', 'eu-west-1'],
  ['iam', 'https://vpce-0123456789abcdef0-abcd1234.iam.us-east-1.vpce.amazonaws.com', 'us-east-1'],
])('%s at %s is AWS itself', async (service, url, region) => {
  expect(await awsHost(service, url)).toMatchObject({ region });
});

/** Whoever has one of these would be handed session tokens. */
const customers = [
  'https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com',
  'https://sts.execute-api.eu-west-1.amazonaws.com',
  'https://vpce-0123456789abcdef0-abcd1234.execute-api.eu-west-1.vpce.amazonaws.com',
  'https://sts.s3.eu-west-1.amazonaws.com',
  'https://sts.s3.amazonaws.com',
  'https://sts.s3-eu-west-1.amazonaws.com',
  'https://sts.s3-us-west-2.amazonaws.com',
  'https://sts.eu-west-1.s3.amazonaws.com',
  'https://sts.eu-west-1.amazonaws.com.s3.amazonaws.com',
  'https://sts.s3.dualstack.eu-west-1.amazonaws.com',
  'https://sts.s3-website-eu-west-1.amazonaws.com',
  'https://sts.s3-website.eu-west-1.amazonaws.com',
  'https://sts.s3-accelerate.amazonaws.com',
  'https://sts-111122223333.s3-accesspoint.eu-west-1.amazonaws.com',
  'https://sts-123456.eu-west-1.elb.amazonaws.com',
  'https://internal-sts-1.eu-west-1.elb.amazonaws.com',
  'https://sts-0123456789abcdef.elb.eu-west-1.amazonaws.com',
  'https://ec2-203-0-113-5.eu-west-1.compute.amazonaws.com',
  'https://ec2-203-0-113-5.compute-1.amazonaws.com',
  'https://sts.eu-west-1.elasticbeanstalk.com',
  'https://d111111abcdef8.cloudfront.net',
  'https://abcdefghij.lambda-url.eu-west-1.on.aws',
  'https://sts.lambda-url.eu-west-1.on.aws',
  'https://vpce-svc-0123456789abcdef0.eu-west-1.vpce.amazonaws.com',
  'https://vpce-0123456789abcdef0-abcd1234.vpce-svc-0123456789abcdef0.eu-west-1.vpce.amazonaws.com',
  'https://vpce-svc-0123456789abcdef0.sts.eu-west-1.vpce.amazonaws.com',
  'https://vpce-0123456789abcdef0-abcd1234.s3.eu-west-1.vpce.amazonaws.com',
  'https://bucket.vpce-0123456789abcdef0-abcd1234.s3.eu-west-1.vpce.amazonaws.com',
  'https://sts.vpce-0123456789abcdef0-abcd1234.s3.eu-west-1.vpce.amazonaws.com',
  'https://vpce-0123456789abcdef0-abcd1234.sts.eu-west-1.vpce.amazonaws.com.example.test',
  'https://vpce-0123456789abcdef0-abcd1234-us-east-1a.sts.eu-west-1.vpce.amazonaws.com',
  'https://search-sts-abc.eu-west-1.es.amazonaws.com',
  'https://sts.auth.eu-west-1.amazoncognito.com',
  'https://sts.mskabc.c1.kafka.eu-west-1.amazonaws.com',
  'https://sts.abc.eu-west-1.rds.amazonaws.com',
  'https://sts.awsapprunner.com',
  'https://eu-west-1.console.aws.amazon.com',
  // and what only looks like it
  'https://sts.eu-west-1.amazonaws.com:8443',
  'https://sts.eu-west-1.amazonaws.com/path',
  'https://sts.eu-west-1.amazonaws.com.',
  'https://sts.eu-west-1.amazonaws.com.example.test',
  'https://stseu-west-1.amazonaws.com',
  'https://xsts.eu-west-1.amazonaws.com',
  'https://sts.eu-west-99.amazonaws.com',
  'https://sts.cn-north-1.amazonaws.com.cn',
  'https://amazonaws.com',
];
test.each(customers)(
  '%s is not AWS’s own for STS, nor for any service that gives credentials',
  async (url) => {
    expect(await awsHost('sts', url)).toBeUndefined();
    for (const service of ['sso', 'sso_oidc', 'signin'] as const)
      expect(await awsHost(service, url), service).toBeUndefined();
    awsFiles('[profile it]\nregion = eu-west-1\n', keysOf('it', keys), { AWS_ENDPOINT_URL_STS: url });
    expect((await thrown(placeOf(it, process.env))) as Error).toMatchObject({
      message: expect.stringContaining('different endpoints'),
    });
    awsFiles('[profile it]\nregion = eu-west-1\n', keysOf('it', keys), { AWS_ENDPOINT_URL: url });
    expect(await placeOf(it, process.env)).not.toBe('aws');
    expect(await identifyCaller(it, { env: process.env, program: 'p/1', endpoint: 'aws' })).toMatchObject({
      problem: expect.stringContaining('Nothing was sent'),
    });
  },
);

test('http, a name or a password, or another service’s host are never AWS itself', async () => {
  expect(await awsHost('sts', 'https://organizations.us-east-1.amazonaws.com')).toBeUndefined();
  for (const url of [
    'http://sts.eu-west-1.amazonaws.com',
    'https://a@sts.eu-west-1.amazonaws.com',
    'https://sts.eu-west-1.amazonaws.com?a',
  ])
    expect(await awsHost('sts', url)).toBeUndefined();
});

const vpce = 'https://vpce-0123456789abcdef0-abcd1234.sts.eu-west-1.vpce.amazonaws.com';
test.each([
  ['a variable', '[profile it]\nregion = eu-west-1\n', { AWS_ENDPOINT_URL_STS: vpce }],
  [
    'a services section',
    `[profile it]\nservices = ours\n\n[services ours]\nsts =\n  endpoint_url = ${vpce}\n`,
    {},
  ],
])('one service by PrivateLink, the others at AWS’s own: one place (%s)', async (_, config, set) => {
  awsFiles(config, keysOf('it', keys), set);
  expect(await placeOf(it, process.env)).toBe('aws');
  expect(await endpointOf(process.env, ['it'])).toBe('aws');
  const { checks } = await checkup({ profile: 'it', offline: true, program: 'p/1' }, process.env);
  expect(checks).toContainEqual(
    expect.objectContaining({
      about: 'endpoint',
      is: 'ok',
      found: expect.stringContaining(new URL(vpce).hostname),
    }),
  );
});

/** A proxy that lets nobody through, and notes where to. */
async function gate() {
  const to: string[] = [];
  const server = createProxy().on('connect', ({ url = '' }, socket) => {
    to.push(url);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { to, proxy: `http://127.0.0.1:${(server.address() as { readonly port: number }).port}` };
}

test('a host of AWS’s own is asked for its Region, and no other: the rest goes where the SDK sends it', async () => {
  const { to, proxy } = await gate();
  awsFiles('[profile it]\nregion = us-east-1\n', keysOf('it', keys), {
    HTTPS_PROXY: proxy,
    AWS_ENDPOINT_URL_STS: vpce,
    AWS_ENDPOINT_URL_SSO_ADMIN: 'https://sso.eu-west-1.api.aws',
  });
  const aws = connect({
    env: process.env,
    actor: 'management',
    source: it,
    region: 'us-east-1',
    program: 'p/1',
  });
  const ask = async (operation: ReadOperation, region: string) => {
    to.splice(0);
    await thrown(aws.in(region).read(operation, {} as never));
    return [...new Set(to)];
  };
  expect(await ask('sts:GetCallerIdentity', 'us-east-1')).toEqual([`${new URL(vpce).hostname}:443`]);
  expect(await ask('sso:ListInstances', 'eu-west-1')).toEqual(['sso.eu-west-1.api.aws:443']);
  expect(await ask('sso:ListInstances', 'us-east-1')).toEqual(['sso.us-east-1.amazonaws.com:443']);
  expect(await ask('organizations:DescribeOrganization', 'eu-west-1')).toEqual([
    'organizations.us-east-1.amazonaws.com:443',
  ]);
});

test('who logs in somewhere else than at AWS is not taken for a run that is at AWS', async () => {
  awsFiles(
    '[profile it]\nsso_session = s\nsso_account_id = 111122223333\nsso_role_name = r\n\n[sso-session s]\nsso_region = eu-west-1\nsso_start_url = https://x.awsapps.com/start\n',
    '',
    { AWS_ENDPOINT_URL_SSO: 'https://a1.execute-api.eu-west-1.amazonaws.com' },
  );
  expect(await identifyCaller(it, { env: process.env, program: 'p/1', endpoint: 'aws' })).toMatchObject({
    problem: expect.stringMatching(/gets its credentials at https:\/\/a1\.execute-api.* Nothing was sent/),
    remedy: expect.stringContaining('AWS_ENDPOINT_URL_SSO'),
  });
});
