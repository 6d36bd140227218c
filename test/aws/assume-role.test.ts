import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { identifyCaller } from '../../src/aws/identities.ts';
import type { Source, UnusableCredentials } from '../../src/model/identity.ts';
import { live, portal } from '../login/portal.ts';
import { simulated } from '../simulator/simulated.ts';
import { answering } from './hostile.ts';
import { awsFiles, keysOf } from './scratch.ts';

const program = 'cw-runbook/0.1.0';
const profile = (name: string): Source => ({ kind: 'profile', name });
const unusable = (met: Awaited<ReturnType<typeof identifyCaller>>): UnusableCredentials => {
  if (!('problem' in met)) throw new Error(`it is ${met.arn}`);
  expect(`${met.problem} ${met.remedy}`).not.toMatch(/\n|undefined|\[object| {2}/);
  return met;
};
const noSignIn = /(log|sign) in again|sso login|aws login|aws configure (?!export)|new keys/i;

const arn = 'role_arn = arn:aws:iam::ID:role/OrganizationAccountAccessRole';
const settings: readonly (readonly [string, readonly string[], RegExp, RegExp])[] = [
  [
    'too long',
    [arn, 'duration_seconds = 43200'],
    /duration_seconds = 43200.*MaxSessionDuration/,
    /Correct duration_seconds of profile r\..*900 to 43200/,
  ],
  ['too short', [arn, 'duration_seconds = 60'], /duration_seconds = 60/, /900 to 43200/],
  [
    'no number',
    [arn, 'duration_seconds = 12h'],
    /duration_seconds is “12h”, which is not a number of seconds/,
    /900 to 43200/,
  ],
  ['an ARN that is short', ['role_arn = nonsense'], /role_arn = nonsense/, /arn:aws:iam::111122223333:role/],
  [
    'an ARN without a role',
    ['role_arn = arn:aws:iam::ID:user/somebody'],
    /role_arn = arn:aws:iam::\d+:user/,
    /arn:aws:iam::111122223333:role/,
  ],
  ['an ARN of 11 digits', ['role_arn = arn:aws:iam::11112222333:role/A'], /role_arn = arn/, /12 digits/],
  ['an external id of one letter', [arn, 'external_id = x'], /external_id = x/, /2 to 1224 characters/],
  [
    'a name with a blank',
    [arn, 'role_session_name = anna smith'],
    /role_session_name = anna smith/,
    /2 to 64 characters/,
  ],
  ['a name of one letter', [arn, 'role_session_name = a'], /role_session_name = a/, /2 to 64 characters/],
  [
    'an MFA device that is none',
    [arn, 'mfa_serial = anna!'],
    /mfa_serial is “anna!”, which names no MFA device/,
    /arn:aws:iam::111122223333:mfa\/NAME/,
  ],
];
test.each(settings)('%s: the setting is named, and no log-in is advised', async (_, lines, says, todo) => {
  const { url, management, withRole } = await simulated('fresh');
  const { id } = withRole('member');
  const own = lines.join('\n').replaceAll('ID', id);
  awsFiles(
    `[profile r]\n${own}\nsource_profile = m\nregion = us-east-1\nendpoint_url = ${url}\n`,
    keysOf('m', management),
  );
  const { problem, remedy, login } = unusable(
    await identifyCaller(profile('r'), { env: process.env, program, endpoint: url }),
  );
  expect(problem).toMatch(/^profile r/);
  expect(problem).toMatch(says);
  expect(remedy).toMatch(todo);
  expect(remedy).not.toMatch(noSignIn);
  expect(login).toBeUndefined();
});

test('12 hours over SSO: role chaining ends after an hour, and a new log-in would not change it', async () => {
  const at = await portal();
  const member = at.simulator.accounts.find(({ role }) => role === 'member');
  await appendFile(
    join(at.folder, 'config'),
    `\n[profile r]\nrole_arn = arn:aws:iam::${member?.id}:role/Identity\nsource_profile = management-sso\nduration_seconds = 43200\n`,
  );
  live(at);
  await at.logIn();
  const { problem, remedy, login } = unusable(
    await identifyCaller(profile('r'), { env: process.env, program }),
  );
  expect(problem).toMatch(
    /profile r: AWS does not take duration_seconds = 43200\. STS says: .*1 hour session limit/,
  );
  expect(remedy).toMatch(/3600 at most where the role is assumed with the credentials of another role/);
  expect(remedy).not.toMatch(noSignIn);
  expect(login).toBeUndefined();
});

test('a role that is named here: STS’s word for it, and no profile is blamed', async () => {
  const { url, management } = await simulated('fresh');
  awsFiles(`[profile m]\nendpoint_url = ${url}\n`, keysOf('m', management));
  const source: Source = {
    kind: 'role',
    base: { kind: 'profile', name: 'm' },
    arn: 'arn:aws:iam::111122223333:role/A',
    externalId: 'x',
  };
  const { problem, remedy } = unusable(
    await identifyCaller(source, { env: process.env, program, endpoint: url }),
  );
  expect(problem).toMatch(
    /^role arn:aws:iam::111122223333:role\/A: AWS does not take external_id\. STS says: /,
  );
  expect(remedy).not.toMatch(noSignIn);
});

const refusals: readonly (readonly [number, string, string])[] = [
  [
    403,
    'RegionDisabledException',
    'STS is not activated in this region for account 111122223333. Your account token may be disabled',
  ],
  [400, 'PackedPolicyTooLarge', 'Serialized token too large for session'],
  [400, 'SomethingNew', 'This SSO token thing is not what we expected'],
  [400, 'ValidationError', 'Something else about the token is invalid'],
];
test.each(refusals)(
  '%i %s of STS is shown as it is, and no log-in is advised',
  async (status, code, message) => {
    const { url } = await answering((response) =>
      response
        .writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': 'r' })
        .end(
          `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
        ),
    );
    awsFiles(
      `[profile r]\nrole_arn = arn:aws:iam::111122223333:role/A\nsource_profile = sso-m\nregion = us-east-1\nendpoint_url = ${url}\n`,
      keysOf('sso-m', { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 's' }),
    );
    const { problem, remedy, login } = unusable(
      await identifyCaller(profile('r'), { env: process.env, program, endpoint: url }),
    );
    expect(problem).toContain(message);
    expect(remedy).not.toMatch(noSignIn);
    expect(login).toBeUndefined();
  },
);

test.each([
  ['throttled', 400, 'Throttling', 'Rate exceeded', /Wait a minute/],
  ['an error of AWS’s own', 503, 'ServiceUnavailable', 'later', /Check the connection/],
])('STS that is %s passes, and is no matter of the credentials', async (_, status, code, message, todo) => {
  const { url } = await answering((response) =>
    response
      .writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': 'r' })
      .end(
        `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
      ),
  );
  awsFiles(
    `[profile r]\nrole_arn = arn:aws:iam::111122223333:role/A\nsource_profile = m\nregion = us-east-1\nendpoint_url = ${url}\n`,
    keysOf('m', { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 's' }),
  );
  const { remedy, passing } = unusable(
    await identifyCaller(profile('r'), { env: process.env, program, endpoint: url }),
  );
  expect(passing).toBe(true);
  expect(remedy).toMatch(todo);
  expect(remedy).not.toMatch(noSignIn);
});
const ssoLines = 'sso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Admin\n';
test.each([
  [
    'a session that is not there',
    `[profile p]\n${ssoLines}`,
    /names the section “sso-session corp”, and the config file has none/,
    /Correct the SSO settings of profile p/,
  ],
  [
    'a session without its Region',
    `[profile p]\n${ssoLines}\n[sso-session corp]\nsso_start_url = https://a.awsapps.com/start\n`,
    /invalid SSO credentials\. Required parameters/,
    /Correct the SSO settings of profile p/,
  ],
  [
    'half of the older settings',
    '[profile p]\nsso_start_url = https://a.awsapps.com/start\nsso_region = us-east-1\n',
    /invalid SSO credentials/,
    /Correct the SSO settings of profile p/,
  ],
  [
    'a circle',
    '[profile p]\nrole_arn = arn:aws:iam::111122223333:role/A\nsource_profile = q\n\n[profile q]\nrole_arn = arn:aws:iam::111122223333:role/B\nsource_profile = p\n',
    /leads back to itself/,
    /Correct source_profile/,
  ],
  [
    'a source that nobody knows',
    '[profile p]\nrole_arn = arn:aws:iam::111122223333:role/A\ncredential_source = Moon\n',
    /Unsupported credential source/,
    /Environment, Ec2InstanceMetadata or EcsContainer/,
  ],
  [
    'a role with two sources',
    '[profile p]\nrole_arn = arn:aws:iam::111122223333:role/A\ncredential_source = Environment\nsource_profile = q\n',
    /refuse a profile with both/,
    /Remove .*source_profile.*or credential_source/,
  ],
])('%s: the settings are to be mended, and nobody has to log in', async (_, config, says, todo) => {
  awsFiles(config);
  const { problem, remedy, login } = unusable(
    await identifyCaller(profile('p'), { env: process.env, program, endpoint: 'aws' }),
  );
  expect(problem).toMatch(says);
  expect(remedy).toMatch(todo);
  expect(remedy).not.toMatch(/(log|sign) in again/i);
  expect(login).toBeUndefined();
});

test('a portal that cannot be reached is a matter of the connection', async () => {
  const at = await portal();
  live(at);
  await at.logIn();
  live(at, { AWS_ENDPOINT_URL_SSO: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_SSO_OIDC: 'http://127.0.0.1:1' });
  const { problem, remedy, passing } = unusable(
    await identifyCaller(profile('management-sso'), { env: process.env, program }),
  );
  expect(problem).toContain('ECONNREFUSED');
  expect(remedy).toContain('Check the connection');
  expect(passing).toBe(true);
});
