import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settingsChecks } from '../../src/aws/checkup/settings.ts';
import { connect } from '../../src/aws/client.ts';
import { identifyCaller } from '../../src/aws/identities.ts';
import type { Source } from '../../src/model/identity.ts';
import { CredentialsError } from '../../src/model/reader.ts';
import { answering, thrown } from './hostile.ts';
import { awsFiles } from './scratch.ts';

const it: Source = { kind: 'profile', name: 'it' };
const environment: Source = { kind: 'environment' };
const keys = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 's3cr3t/Example+Key' };
const inFile = 'aws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = s3cr3t/Example+Key\n';
const refusal =
  '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error><RequestId>r-1</RequestId></ErrorResponse>';
const listening = () =>
  answering((response) => {
    response.writeHead(403, { 'content-type': 'text/xml', 'x-amzn-requestid': 'r-1' }).end(refusal);
  });

/** What a profile with one more line, or an environment with one more variable, says when it is chosen. */
async function chosen(how: { readonly line?: string; readonly set?: Readonly<Record<string, string>> }) {
  const { url, got } = await listening();
  const { home } = awsFiles(
    `[profile it]\nendpoint_url = ${url}\n${inFile}${how.line ?? ''}\n\n[default]\nendpoint_url = ${url}\n`,
    '',
    how.line === undefined ? { ...keys, ...how.set } : { ...how.set },
  );
  const met = await identifyCaller(how.line === undefined ? environment : it, {
    env: process.env,
    program: 'cw-runbook/0.1.0',
  });
  const problem = 'problem' in met ? met.problem : '';
  const remedy = 'problem' in met ? met.remedy : '';
  return { home, problem, remedy, sent: got.length };
}

const oddRegions = [
  ['"us-east-1"', 'Write us-east-1, without quotation marks.'],
  ["'eu-west-1'", 'Write eu-west-1, without quotation marks.'],
  ['N. Virginia', 'such as us-east-1'],
  ['us-east-1,', 'Write us-east-1.'],
  ['us-east-1\u200b', 'Write us-east-1.'],
  ['us east 1', 'such as us-east-1'],
  ['US-EAST-1', 'Write us-east-1.'],
  ['useast1', 'such as us-east-1'],
  ['us-east-1a.example.com', 'such as us-east-1'],
] as const;
test.each(oddRegions)('region %j: named with where it stands, and nothing is sent', async (value, remedy) => {
  const file = await chosen({ line: `region = ${value}` });
  expect(file.problem).toContain(`region of profile it (${join(file.home, 'config')}) is “`);
  expect(file.problem).toContain('is not the name of a Region');
  expect(file.remedy).toContain(remedy);
  for (const variable of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
    const set = await chosen({ set: { [variable]: value } });
    expect(set.problem).toContain(`${variable} is “`);
    expect(set.remedy).toContain(remedy);
    expect(set.sent + file.sent).toBe(0);
  }
});

test.each([' us-east-1', 'us-east-1 ', 'us-east-1\r', '\tus-east-1\r\n'])(
  'blanks around a Region are none of it: %j',
  async (value) => {
    const { sent } = await chosen({ set: { AWS_REGION: value } });
    expect(sent).toBe(1);
    expect((await chosen({ line: `region = ${value.replace('\n', '')}` })).sent).toBe(1);
  },
);

test.each(['"true"', 'yes', '1', 'on', 'true,', 'wahr'])(
  'a switch that is neither true nor false is named: %j',
  async (value) => {
    for (const [variable, key] of [
      ['AWS_USE_FIPS_ENDPOINT', 'use_fips_endpoint'],
      ['AWS_USE_DUALSTACK_ENDPOINT', 'use_dualstack_endpoint'],
      ['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'ignore_configured_endpoint_urls'],
    ] as const) {
      for (const { problem, remedy, sent } of [
        await chosen({ set: { [variable]: value } }),
        await chosen({ line: `${key} = ${value}` }),
      ]) {
        expect(problem).toMatch(new RegExp(`(${variable}|${key} of profile it .*) is “`));
        expect(problem).toContain('can only be true or false');
        expect(remedy).toContain('without quotation marks');
        expect(sent).toBe(0);
      }
    }
  },
);

test.each(['true', ' TRUE ', 'true\r'])(
  'FIPS or dual-stack and an endpoint of one’s own: %j',
  async (value) => {
    for (const how of [
      { set: { AWS_USE_FIPS_ENDPOINT: value } },
      { set: { AWS_USE_DUALSTACK_ENDPOINT: value } },
      { line: `use_fips_endpoint = ${value}` },
      { line: `use_dualstack_endpoint = ${value}` },
    ]) {
      const { problem, remedy, sent } = await chosen(how);
      const name = Object.keys(how.set ?? {})[0] ?? how.line?.split(' ')[0] ?? '';
      expect(problem).toMatch(new RegExp(`^${name}.* is true, and the calls go to http://127.0.0.1:\\d+`));
      expect(remedy).toContain(`Remove ${name}`);
      expect(sent).toBe(0);
    }
  },
);
test('switched off, they are in nobody’s way', async () => {
  expect((await chosen({ set: { AWS_USE_FIPS_ENDPOINT: 'FALSE' } })).sent).toBe(1);
  expect((await chosen({ line: 'use_dualstack_endpoint = false' })).sent).toBe(1);
});

test.each([
  ['AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE\r', 'a carriage return (U+000D), as number 12 of 12'],
  ['AWS_ACCESS_KEY_ID', '"AKIDEXAMPLE"', 'quotation marks'],
  ['AWS_SECRET_ACCESS_KEY', 's3cr3t\u200bExample', 'a zero-width space (U+200B), as number 7 of 14'],
  ['AWS_SECRET_ACCESS_KEY', ' s3cr3tExample', 'a blank, as number 1 of 14'],
  ['AWS_SESSION_TOKEN', 's3cr3t\nExample', 'a line end (U+000A), as number 7 of 14'],
  ['AWS_SESSION_TOKEN', 's3cr3tExample\r', 'a carriage return (U+000D), as number 14 of 14'],
  ['AWS_SESSION_TOKEN', 's3cr3tü', 'U+00FC'],
])('%s that cannot be sent: %j', async (variable, value, says) => {
  const set = await chosen({ set: { [variable]: value } });
  expect(set.problem).toContain(variable);
  expect(set.problem).toContain(says);
  expect(`${set.problem}${set.remedy}`).not.toContain('s3cr3t');
  expect(set.sent).toBe(0);
  if (/[\r\n]$|^\s|\n/.test(value)) return; // a line of a file has none of these
  const file = await chosen({ line: `${variable.toLowerCase()} = ${value}` });
  expect(file.problem).toContain(`${variable.toLowerCase()} of profile it (${join(file.home, 'config')})`);
  expect(file.sent).toBe(0);
});

test('what a credential_process gives is looked at, too', async () => {
  const printed = JSON.stringify({
    Version: 1,
    AccessKeyId: 'AKIDEXAMPLE',
    SecretAccessKey: 's3cr3t',
    SessionToken: 'to\u200bken',
  });
  const { home } = awsFiles('');
  writeFileSync(join(home, 'given.json'), printed);
  writeFileSync(join(home, 'config'), `[profile it]\ncredential_process = cat ${join(home, 'given.json')}\n`);
  const met = await identifyCaller(it, { env: process.env, program: 'cw-runbook/0.1.0' });
  expect(met).toMatchObject({
    problem: expect.stringMatching(
      /profile it: the session token that it gives .*\(U\+200B\), as number 3 of 6/,
    ),
  });
});

test('the Region of a log-in is looked at where it stands', async () => {
  const sso = 'sso_account_id = 111122223333\nsso_role_name = r\n';
  const { home } = awsFiles(
    `[profile it]\nsso_session = s\n${sso}\n[sso-session s]\nsso_region = "eu-west-1"\nsso_start_url = https://x.awsapps.com/start\n`,
  );
  expect(await identifyCaller(it, { env: process.env, program: 'p/1' })).toMatchObject({
    problem: `sso_region of sso-session s (${join(home, 'config')}) is “"eu-west-1"”, which is not the name of a Region.`,
  });
});

/** Whatever the SDK reads of itself: none of it may end the program, and what counts is named. */
const read = [
  'retry_mode',
  'max_attempts',
  'defaults_mode',
  'sts_regional_endpoints',
  'ca_bundle',
  'account_id_endpoint_mode',
  'request_min_compression_size_bytes',
  'disable_request_compression',
  'sigv4a_signing_region_set',
  'auth_scheme_preference',
  'sdk_ua_app_id',
  'cli_timestamp_format',
  'output',
  'ec2_metadata_v1_disabled',
  'ec2_metadata_service_endpoint_mode',
  'duration_seconds',
  'endpoint_discovery_enabled',
  'aws_account_id',
  'aws_credential_scope',
  'credential_source',
  'services',
  'role_session_name',
];
test.each(read)(
  '%s with garbage, in quotes, as a variable: the program goes on, or says what it is',
  async (key) => {
    const variable = `AWS_${key.toUpperCase()}`.replace(/^AWS_AWS_/, 'AWS_');
    const more: Readonly<Record<string, string>> = { sdk_ua_app_id: 'AWS_SDK_UA_APP_ID' };
    for (const value of ['garbage', '"standard"', '-1', 'ü', 'x'.repeat(60)]) {
      const file = await chosen({ line: `${key} = ${value}` });
      expect([key, value, file.problem, file.sent]).toEqual([
        key,
        value,
        file.sent > 0 ? expect.stringContaining('AccessDenied') : expect.stringContaining(key),
        expect.any(Number),
      ]);
      const set = await chosen({ set: { [more[key] ?? variable]: value } });
      expect([key, value, set.problem, set.sent]).toEqual([
        key,
        value,
        expect.stringContaining('AccessDenied'),
        1,
      ]);
    }
  },
);

test.each(['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_EC2_METADATA_SERVICE_ENDPOINT'])(
  '%s that is no address is named',
  async (variable) => {
    const { problem, sent } = await chosen({ set: { [variable]: '"garbage"', AWS_ACCESS_KEY_ID: '' } });
    expect((await chosen({ set: { [variable]: '"garbage"' } })).sent).toBe(1);
    expect(problem).toBe(`${variable} is not an address.`);
    expect(sent).toBe(0);
  },
);

test('a FIPS endpoint that AWS does not have is not called a machine that is offline', async () => {
  awsFiles(`[profile it]\n${inFile}`, '', { AWS_USE_FIPS_ENDPOINT: 'true', AWS_REGION: 'eu-west-1' });
  const aws = connect({
    env: process.env,
    actor: 'management',
    source: it,
    region: 'eu-west-1',
    program: 'p/1',
  });
  // Nothing of this name is ever there: RFC 6761.
  const failed = Object.assign(new Error('getaddrinfo ENOTFOUND'), {
    code: 'ENOTFOUND',
    hostname: 'x.invalid',
  });
  const { noSuchEndpoint } = await import('../../src/aws/not-sent.ts');
  const said = await noSuchEndpoint(failed, 'management', it, process.env);
  expect(aws.region).toBe('eu-west-1');
  expect(said).toBeInstanceOf(CredentialsError);
  expect(said?.message).toMatch(/^AWS_USE_FIPS_ENDPOINT is true, and the name x\.invalid cannot be resolved/);
});

test('whatever else the SDK throws before it sends anything: the settings there are, and what to do', async () => {
  const { url, got } = await listening();
  awsFiles(`[profile it]\nendpoint_url = ${url}\n${inFile}`);
  const aws = connect({
    env: process.env,
    actor: 'management',
    source: it,
    region: 'not a host',
    program: 'p/1',
  });
  const error = (await thrown(aws.read('sso:ListInstances', {}))) as CredentialsError;
  expect(error).toBeInstanceOf(CredentialsError);
  expect(error.message).toMatch(
    /^profile it: the AWS SDK could not make the request sso:ListInstances: .*Nothing was sent/,
  );
  expect(error.remedy).toContain('endpoint_url of profile it');
  expect(got).toEqual([]);
});

test('what is wrong is filed under what it is about, whatever the profile and its file are called', async () => {
  const filed = async (lines: string): Promise<unknown> => {
    awsFiles(`[profile region]\n${lines}\n`, '', {});
    const checks = await settingsChecks({ kind: 'profile', name: 'region' }, process.env);
    return checks.map(({ about, is }) => [about, is]);
  };
  expect(await filed('aws_access_key_id = AKIA EXAMPLE')).toEqual([['setting', 'fails']]);
  expect(await filed('use_fips_endpoint = perhaps')).toEqual([['setting', 'fails']]);
  expect(await filed('region = nowhere')).toEqual([['region', 'fails']]);
});
