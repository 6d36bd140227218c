import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { connect } from '../../src/aws/client.ts';
import { identifyCaller, sources } from '../../src/aws/identities.ts';
import type { Caller, Source, UnusableCredentials } from '../../src/model/identity.ts';
import { CredentialsError } from '../../src/model/reader.ts';
import { unmarked } from '../../src/model/text/own-commands.ts';
import { more, test } from '../more.ts';
import { raw, simulated } from '../simulator/simulated.ts';
import { answering, json, tags, thrown, write } from './hostile.ts';
import { awsFiles, keysOf } from './scratch.ts';

const program = 'cw-runbook/0.1.0';
const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const profile = (name: string): Source => ({ kind: 'profile', name });
const environment: Source = { kind: 'environment' };
const isCaller = (met: Caller | UnusableCredentials): Caller => {
  if ('problem' in met) throw new Error(`${met.problem} ${met.remedy}`);
  return met;
};
const isProblem = (met: Caller | UnusableCredentials): UnusableCredentials => {
  if (!('problem' in met)) throw new Error(`It is ${met.arn}`);
  expect(`${met.problem} ${met.remedy}`).not.toMatch(/\n| {4}at |\[object/);
  return met;
};
/** An STS that says so. */
const sts = (arn: string) =>
  `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>AIDA</UserId><Account>${arn.split(':')[4]}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;

test('who a profile is, and nothing else is asked', async () => {
  const { url, management, ledger, simulator } = await simulated('fresh');
  awsFiles(`[profile m]\nregion = eu-west-1\nendpoint_url = ${url}\n`, keysOf('m', management));
  expect(
    isCaller(await identifyCaller(profile('m'), { env: process.env, program, endpoint: url })),
  ).toMatchObject({
    source: profile('m'),
    account: management.id,
    region: 'eu-west-1',
    organization: { is: 'member', id: simulator.organizationId, management: management.id },
  });
  const { requests } = await ledger();
  expect(requests.map(({ operation }) => operation)).toEqual([
    'sts:GetCallerIdentity',
    'organizations:DescribeOrganization',
  ]);
  expect(requests.every(({ userAgent }) => userAgent.includes(program))).toBe(true);
});

test('a profile is itself, whatever keys and AWS_PROFILE the environment holds', async () => {
  const { url, management, withRole } = await simulated('fresh');
  const member = withRole('member');
  awsFiles('', keysOf('m', management) + keysOf('other', member), {
    AWS_ENDPOINT_URL: url,
    AWS_PROFILE: 'other',
    AWS_ACCESS_KEY_ID: member.accessKeyId,
    AWS_SECRET_ACCESS_KEY: member.secretAccessKey,
  });
  expect(
    isCaller(await identifyCaller(profile('m'), { env: process.env, program, endpoint: url })).account,
  ).toBe(management.id);
  expect(
    isCaller(await identifyCaller(environment, { env: process.env, program, endpoint: url })).account,
  ).toBe(member.id);
});

test('sources are the profiles of both files, AWS_PROFILE’s first, and the environment where it holds credentials', async () => {
  awsFiles(
    '[default]\nregion = us-east-1\n\n[profile one]\nregion = us-east-1\n\n[sso-session s]\nsso_region = us-east-1\n\n[services x]\nsts =\n  endpoint_url = https://a.test\n',
    keysOf('two', keys),
    { AWS_PROFILE: 'two' },
  );
  expect(await sources(process.env)).toEqual(['two', 'default', 'one'].map(profile));
  expect(await sources({ ...process.env, AWS_ACCESS_KEY_ID: 'A' })).toContainEqual(environment);
  awsFiles('');
  expect(await sources(process.env)).toEqual([]);
});

more('AWS that is asked too often at the start is to be waited for', async () => {
  const { url, management } = await simulated('fresh');
  awsFiles(`[profile m]\nendpoint_url = ${url}\n`, keysOf('m', management));
  await fetch(`${url}/_faults`, { method: 'POST', body: JSON.stringify({ fault: 'throttle-forever' }) });
  const met = isProblem(await identifyCaller(profile('m'), { env: process.env, program, endpoint: url }));
  expect(met.problem).toBe('profile m: AWS has had too many requests (Throttling: Rate exceeded).');
  expect(met).toMatchObject({ remedy: 'Wait a minute, then check again.', passing: true });
});

test.each([
  ["console.error('the vault is sealed'); process.exit(1)", 'the vault is sealed'],
  ['process.exit(1)', 'it printed nothing'],
])('a credential_process that fails: what it printed, never the command', async (script, printed) => {
  const command = `"${process.execPath}" -e "${script}" hidden-secret`;
  awsFiles(`[profile p]\nregion = us-east-1\ncredential_process = ${command}\n`, '');
  const { problem, remedy } = isProblem(
    await identifyCaller(profile('p'), { env: process.env, program, endpoint: 'aws' }),
  );
  expect(problem).toBe(`profile p: its credential_process failed: ${printed}`);
  expect(remedy).toContain('Fix the credential_process of profile p');
});

test('a profile that is not there: the nearest name, and all there are', async () => {
  awsFiles('[profile management]\nregion = us-east-1\n', keysOf('delegated', keys));
  const { problem, remedy } = isProblem(
    await identifyCaller(profile('managment'), { env: process.env, program, endpoint: 'aws' }),
  );
  expect(problem).toContain('managment');
  expect(remedy).toContain('Did you mean “management”?');
  expect(remedy).toContain('delegated');
});

test('no profile and no credentials: how to log in, or the demo', async () => {
  awsFiles('');
  expect(
    isProblem(await identifyCaller(profile('x'), { env: process.env, program, endpoint: 'aws' })).remedy,
  ).toMatch(/aws configure sso.*cw-runbook demo/);
  const { problem, remedy } = isProblem(
    await identifyCaller(environment, { env: process.env, program, endpoint: 'aws' }),
  );
  expect(problem).toContain('no credentials');
  expect(remedy).toMatch(/profile.*cw-runbook demo/);
});

test('a profile without anything that gives credentials', async () => {
  awsFiles('[profile bare]\nregion = us-east-1\n');
  const { problem, remedy } = isProblem(
    await identifyCaller(profile('bare'), { env: process.env, program, endpoint: 'aws' }),
  );
  expect(problem).toContain('bare');
  expect(remedy).toContain('--profile bare');
});

test('a credential_process that fails: its own words, and what to mend', async () => {
  awsFiles('[profile p]\ncredential_process = sh -c "echo the vault is sealed >&2; exit 3"\n');
  const { problem, remedy } = isProblem(
    await identifyCaller(profile('p'), { env: process.env, program, endpoint: 'aws' }),
  );
  expect(problem).toContain('the vault is sealed');
  expect(remedy).toContain('credential_process');
});

test('a credential_process that is mended works with the next look', async () => {
  const { url, management } = await simulated('fresh');
  const { home } = awsFiles('', '');
  const script = join(home, 'keys.sh');
  writeFileSync(join(home, 'config'), `[profile p]\ncredential_process = ${script}\nendpoint_url = ${url}\n`);
  writeFileSync(script, '#!/bin/sh\necho sealed >&2\nexit 1\n');
  chmodSync(script, 0o755);
  isProblem(await identifyCaller(profile('p'), { env: process.env, program, endpoint: url }));
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = management;
  writeFileSync(
    script,
    `#!/bin/sh\necho '${JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey })}'\n`,
  );
  expect(
    isCaller(await identifyCaller(profile('p'), { env: process.env, program, endpoint: url })).account,
  ).toBe(management.id);
});

const ssoConfig =
  '[profile s]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Admin\nregion = us-east-1\n\n[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://example.awsapps.com/start\n';
test('an SSO session without a token, and one that has expired: the command that renews it', async () => {
  const { home } = awsFiles(ssoConfig);
  const login = 'aws sso login --profile s';
  expect(
    isProblem(await identifyCaller(profile('s'), { env: process.env, program, endpoint: 'aws' })).remedy,
  ).toContain(login);
  mkdirSync(join(home, '.aws/sso/cache'), { recursive: true });
  // The cache file's name is the SHA-1 of the session's name.
  const { createHash } = await import('node:crypto');
  writeFileSync(
    join(home, '.aws/sso/cache', `${createHash('sha1').update('corp').digest('hex')}.json`),
    JSON.stringify({ accessToken: 'x', expiresAt: '2020-01-01T00:00:00Z' }),
  );
  const { problem, remedy } = isProblem(
    await identifyCaller(profile('s'), { env: process.env, program, endpoint: 'aws' }),
  );
  expect(problem).toContain('profile s');
  expect(problem).toContain('expired');
  expect(remedy).toContain(login);
});

test('keys that AWS does not know: what renews them is told by the profile that holds them', async () => {
  const { url } = await simulated('fresh');
  const { home } = awsFiles('', keysOf('bad', keys), { AWS_ENDPOINT_URL: url });
  const { problem, remedy } = isProblem(
    await identifyCaller(profile('bad'), { env: process.env, program, endpoint: url }),
  );
  expect(problem).toContain('does not accept');
  expect(unmarked(remedy)).toContain('new keys with aws configure --profile bad');
  expect(remedy).not.toContain('login');
  const script = join(home, 'keys.sh');
  writeFileSync(
    script,
    `#!/bin/sh\necho '${JSON.stringify({ Version: 1, AccessKeyId: keys.accessKeyId, SecretAccessKey: keys.secretAccessKey })}'\n`,
  );
  chmodSync(script, 0o755);
  writeFileSync(join(home, 'config'), `[profile p]\ncredential_process = ${script}\n`);
  const ofProcess = isProblem(
    await identifyCaller(profile('p'), { env: process.env, program, endpoint: url }),
  );
  expect(ofProcess.problem).toContain('does not accept');
  expect(ofProcess.remedy).toContain('the keys that the credential_process of profile p returns');
});

test('no network', async () => {
  awsFiles('', keysOf('p', keys), { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
  const { problem, remedy } = isProblem(
    await identifyCaller(profile('p'), { env: process.env, program, endpoint: 'http://127.0.0.1:1' }),
  );
  expect(problem).toContain('cannot be reached');
  expect(remedy).toContain('connection');
});

test.each(['aws-cn', 'aws-us-gov', 'aws-eusc'])(
  'credentials of the partition %s are refused',
  async (partition) => {
    const { url, got } = await answering((response) =>
      response
        .writeHead(200, { 'content-type': 'text/xml', 'x-amzn-requestid': 'r' })
        .end(sts(`arn:${partition}:iam::111122223333:user/anna`)),
    );
    awsFiles('', keysOf('p', keys), { AWS_ENDPOINT_URL: url });
    const { problem, remedy } = isProblem(
      await identifyCaller(profile('p'), { env: process.env, program, endpoint: url }),
    );
    expect(problem).toContain(`partition ${partition}`);
    expect(problem).toMatch(/GovCloud \(US\)|China Regions|Sovereign Cloud/);
    expect(problem).toContain('Nothing was changed.');
    expect(remedy).toContain('partition aws');
    expect(got).toHaveLength(1);
  },
);

test.each(['cn-north-1', 'us-gov-west-1', 'us-iso-east-1', 'eusc-de-east-1'])(
  'a profile in %s is refused before anything is sent',
  async (region) => {
    const { url, got } = await answering((response) => json(response, 500, {}));
    awsFiles(`[profile p]\nregion = ${region}\n`, keysOf('p', keys), { AWS_ENDPOINT_URL: url });
    expect(
      isProblem(await identifyCaller(profile('p'), { env: process.env, program, endpoint: url })).problem,
    ).toContain(region);
    expect(got).toEqual([]);
  },
);

test.each([
  ['AWSOrganizationsNotInUseException', { is: 'none' }],
  ['AccessDeniedException', { is: 'unknown', why: 'no' }],
] as const)('%s of DescribeOrganization is an answer', async (code, organization) => {
  const { url } = await answering((response, { operation }) =>
    operation === 'DescribeOrganization'
      ? json(response, 400, { __type: code, Message: 'no' })
      : response
          .writeHead(200, { 'content-type': 'text/xml', 'x-amzn-requestid': 'r' })
          .end(sts('arn:aws:iam::111122223333:user/anna')),
  );
  awsFiles('', keysOf('p', keys), { AWS_ENDPOINT_URL: url });
  expect(
    isCaller(await identifyCaller(profile('p'), { env: process.env, program, endpoint: url })).organization,
  ).toEqual(organization);
});

test('a source whose calls go elsewhere than the run is refused before anything is sent', async () => {
  const { url, got } = await answering((response) => json(response, 500, {}));
  awsFiles(`[profile p]\nendpoint_url = ${url}\n`, keysOf('p', keys));
  const { problem, remedy } = isProblem(
    await identifyCaller(profile('p'), { env: process.env, program, endpoint: 'aws' }),
  );
  expect(problem).toContain(url);
  expect(problem).toContain('AWS itself');
  expect(remedy).toContain(`AWS_ENDPOINT_URL=${url}`);
  expect(got).toEqual([]);
});

test('a role of a profile acts as the role', async () => {
  const { url, management, withRole } = await simulated('fresh');
  const { id } = withRole('member');
  awsFiles(
    `[profile r]\nrole_arn = arn:aws:iam::${id}:role/OrganizationAccountAccessRole\nsource_profile = m\nregion = us-east-1\nendpoint_url = ${url}\n`,
    keysOf('m', management),
  );
  const { account, arn } = isCaller(
    await identifyCaller(profile('r'), { env: process.env, program, endpoint: url }),
  );
  expect(account).toBe(id);
  expect(arn).toContain('assumed-role/OrganizationAccountAccessRole/');
});

test('a write with a session of AssumeRole that has ended is about the credentials, and nothing was done', async () => {
  const { url, management, withRole, pass, ledger } = await simulated('fresh');
  const began = Date.now() - 2 * 3_600_000;
  pass(began - Date.now());
  const reply = await raw(url, {
    service: 'sts',
    operation: 'AssumeRole',
    credentials: management,
    date: new Date(began),
    input: {
      RoleArn: `arn:aws:iam::${withRole('member').id}:role/OrganizationAccountAccessRole`,
      RoleSessionName: 'anna',
    },
  });
  const part = (name: string): string => new RegExp(`<${name}>(.*?)</${name}>`).exec(reply.text)?.[1] ?? '';
  pass(2 * 3_600_000);
  awsFiles('', '', {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: part('AccessKeyId'),
    AWS_SECRET_ACCESS_KEY: part('SecretAccessKey'),
    AWS_SESSION_TOKEN: part('SessionToken'),
  });
  const aws = connect({
    env: process.env,
    actor: 'delegated-administrator',
    source: environment,
    region: 'us-east-1',
    program,
  });
  const error = await thrown(aws.send(write, tags));
  expect(error).toBeInstanceOf(CredentialsError);
  expect(error).toMatchObject({ actor: 'delegated-administrator' });
  expect((error as Error).message).toContain('have expired');
  expect((error as CredentialsError).remedy).toContain('new credentials');
  const { requests, effects } = await ledger();
  expect(requests.filter(({ operation }) => operation === write.operation)).toHaveLength(1);
  expect(effects).toEqual([]);
  expect(
    isProblem(await identifyCaller(environment, { env: process.env, program, endpoint: url })).problem,
  ).toContain('have expired');
});

test('a role that may not be assumed is about the credentials, and the write was not sent', async () => {
  const { url, management, ledger } = await simulated('fresh');
  awsFiles(
    `[profile r]\nrole_arn = arn:aws:iam::999999999999:role/Nobody\nsource_profile = m\nregion = us-east-1\nendpoint_url = ${url}\n`,
    keysOf('m', management),
  );
  const aws = connect({
    env: process.env,
    actor: 'management',
    source: profile('r'),
    region: 'us-east-1',
    program,
  });
  const error = await thrown(aws.send(write, tags));
  expect(error).toBeInstanceOf(CredentialsError);
  expect((error as Error).message).toContain('sts:AssumeRole');
  expect(new Set((await ledger()).requests.map(({ operation }) => operation))).toEqual(
    new Set(['sts:AssumeRole']),
  );
});

test('a file that is no config file is named', async () => {
  const { home } = awsFiles('hello = world\n');
  const { problem } = isProblem(
    await identifyCaller(profile('p'), { env: process.env, program, endpoint: 'aws' }),
  );
  expect(problem).toContain(join(home, 'config'));
});

test('files that cannot be read are named', async () => {
  const { home } = awsFiles('[profile p]\nregion = us-east-1\n');
  mkdirSync(join(home, 'folder'));
  process.env.AWS_CONFIG_FILE = join(home, 'folder');
  const { problem, remedy } = isProblem(
    await identifyCaller(profile('p'), { env: process.env, program, endpoint: 'aws' }),
  );
  expect(`${problem} ${remedy}`).toContain('folder');
});
