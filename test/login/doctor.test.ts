import { appendFile, chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type CheckupOptions, checkup } from '../../src/aws/checkup/checkup.ts';
import { identifyCaller, sources } from '../../src/aws/identities.ts';
import { withoutSecrets } from '../../src/aws/settings/secrets.ts';
import { live, type Portal, portal } from './portal.ts';

const program = 'cw-runbook/0.1.0';
/** What was found, as `about is: found. remedy`. */
async function told(options: Partial<CheckupOptions> = {}): Promise<string> {
  const { checks } = await checkup({ offline: false, program, ...options }, process.env);
  return checks.map(({ about, is, found, remedy = '' }) => `${is} ${about}: ${found} | ${remedy}`).join('\n');
}
const append = (at: Portal, ...lines: readonly string[]): Promise<void> =>
  appendFile(join(at.folder, 'config'), `\n${lines.join('\n')}\n`);
const asked = async (at: Portal) => (await at.asked()).filter((one) => !one.startsWith('sso-oauth:'));

test('all well: who it is, where, for how long; two questions to AWS and no more', async () => {
  const at = await portal();
  live(at);
  const said = await told({ profile: 'management' });
  expect(said).not.toMatch(/^(fails|unknown)/m);
  expect(said).toMatch(/^ok caller: arn:aws:iam::\d{12}:user\/runbook-operator, account \d{12}/m);
  expect(said).toMatch(/^ok organization: o-\w+, managed by account \d{12}/m);
  expect(said).toMatch(/^warns endpoint: calls go to http:\/\/127\.0\.0\.1:\d+, not to AWS/m);
  expect(await asked(at)).toEqual(['sts:GetCallerIdentity', 'organizations:DescribeOrganization']);
});

test('--offline sends nothing, and starts no command', async () => {
  const at = await portal();
  await append(at, '[profile runs]', `credential_process = touch ${join(at.home, 'started')}`);
  live(at);
  expect(await told({ profile: 'management', offline: true })).toContain('unknown caller: AWS was not asked');
  expect(await told({ profile: 'runs', offline: true })).toContain('was not started (--offline)');
  expect(await asked(at)).toEqual([]);
  await expect(rm(join(at.home, 'started'))).rejects.toThrow('ENOENT');
});

test('a profile that is not there: the nearest name; AWS is not asked', async () => {
  const at = await portal();
  live(at);
  expect(await told({ profile: 'managment' })).toMatch(
    /^fails profile: there is no profile “managment” \| Did you mean “management”\?/m,
  );
  expect(await asked(at)).toEqual([]);
});

test('a log-in: missing, expired since when and how long, good, and the command that renews it', async () => {
  const at = await portal();
  live(at);
  const command = 'aws sso login --profile management-sso';
  expect(await told({ profile: 'management-sso' })).toContain(
    `fails sign-in: nobody has signed in on this machine | ${command}`,
  );
  await at.put({ accessToken: 'a', expiresAt: new Date(Date.now() - 3 * 3_600_000).toISOString() });
  expect(await told({ profile: 'management-sso' })).toMatch(
    new RegExp(`^fails sign-in: expired since \\S+Z \\(3 h ago\\) \\| ${command}$`, 'm'),
  );
  await writeFile(at.file, '{"accessToken":');
  expect(await told({ profile: 'management-sso' })).toMatch(/^fails sign-in: .*it is not JSON/m);
  await at.logIn();
  const said = await told({ profile: 'management-sso' });
  expect(said).toMatch(/^ok sign-in: good until \S+Z \(60 min\)/m);
  expect(said).toMatch(/^ok time left: until/m);
});

test('a credential_process that fails: its exit code and what it said, and nothing that it was given', async () => {
  const at = await portal();
  const script = join(at.home, 'vault');
  await writeFile(script, '#!/bin/sh\necho "vault is sealed: $1" >&2\nexit 7\n');
  await chmod(script, 0o755);
  await append(at, '[profile runs]', `credential_process = ${script} --token=hunter22secret`);
  live(at);
  const said = await told({ profile: 'runs' });
  expect(said).toContain(
    'fails credential_process: that of profile runs ended with exit code 7: vault is sealed: --token=…',
  );
  expect(said).not.toContain('hunter22secret');
  const vault = 'vault login -m "my vault is sealed" --key abcdefgh ROLE_ID=hunter2 s3cr3tAndLongEnough1';
  expect(withoutSecrets('no such token: abcdefgh', vault)).toBe('no such token: …');
  expect(withoutSecrets('my vault is sealed: hunter2, s3cr3tAndLongEnough1', vault)).toBe(
    'my vault is sealed: …, …',
  );
  expect(withoutSecrets('no hunter2 here', 'sh -c "vault login -token=hunter2"')).toBe('no … here');
});

test.each([
  ['echo hello', 'prints what is not JSON'],
  [`echo '{"Version": 2}'`, 'does not print "Version": 1'],
  [`echo '{"Version": 1}'`, 'prints no AccessKeyId'],
  [
    `echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"B","Expiration":"2026-01-01T00:00:00Z"}'`,
    'expired since 2026-01-01T00:00:00Z',
  ],
])('a credential_process that prints %s', async (command, says) => {
  const at = await portal();
  await append(at, '[profile runs]', `credential_process = ${command}`);
  live(at);
  expect(await told({ profile: 'runs' })).toContain(says);
});

test.each([
  ['key = before any section', 'line 1 is before the first section'],
  ['[default\nregion = a', 'line 1: the section’s name has no end'],
])('a config file that is malformed: %s', async (text, says) => {
  const at = await portal();
  await writeFile(join(at.folder, 'config'), text);
  live(at);
  const said = await told();
  expect(said).toMatch(/^fails config: /m);
  expect(said).toContain(says);
});

test('a line that is none breaks the AWS CLI, and not this program: it is named, and the rest is looked at', async () => {
  const at = await portal();
  await append(at, '[profile odd]', 'region');
  live(at);
  const said = await told({ profile: 'management' });
  expect(said).toMatch(
    /^warns config: line \d+ of \S+: it is no setting: it has no “=”\. The AWS CLI cannot read/m,
  );
  expect(said).toMatch(/^ok caller: /m);
});

test('a profile with two sources: both, which counts for whom, and what to remove', async () => {
  const at = await portal();
  await writeFile(
    join(at.folder, 'credentials'),
    '[management-sso]\naws_access_key_id = AKIDOLD\naws_secret_access_key = s\n',
  );
  live(at);
  await at.logIn();
  const said = await told({ profile: 'management-sso' });
  expect(said).toMatch(
    /^warns profile: Profile management-sso has two sources of credentials: the keys in the credentials file and IAM Identity Center \(SSO\)\. This program uses the keys in the credentials file, and the AWS CLI IAM Identity Center \(SSO\)\. \| .*remove aws_access_key_id, aws_secret_access_key from the credentials file/m,
  );
  expect(said).toMatch(/^fails caller: .*does not accept/m);
  expect(said).not.toContain('aws configure');
});

test('a credential_process is started once, and what it gives is asked about', async () => {
  const at = await portal();
  const script = join(at.home, 'keys');
  const text = await readFile(join(at.folder, 'credentials'), 'utf8');
  const [, AccessKeyId] = /\[management\]\naws_access_key_id = (.*)/.exec(text) ?? [];
  const [, SecretAccessKey] = /aws_secret_access_key = (.*)/.exec(text) ?? [];
  const json = JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey });
  await writeFile(script, `#!/bin/sh\necho x >> ${at.home}/runs\necho '${json}'\n`);
  await chmod(script, 0o755);
  await append(at, '[profile runs]', `credential_process = ${script}`);
  live(at);
  const said = await told({ profile: 'runs' });
  expect(said).toContain('ok credential_process: that of profile runs gives credentials');
  expect(said).toMatch(/^ok caller: /m);
  expect(await readFile(join(at.home, 'runs'), 'utf8')).toBe('x\n');
});

test('AWS_PROFILE and keys both set, no Region, a proxy, certificates that are not checked', async () => {
  const at = await portal();
  await append(at, '[profile bare]', 'aws_access_key_id = A', 'aws_secret_access_key = B');
  live(at, {
    AWS_PROFILE: 'bare',
    AWS_ACCESS_KEY_ID: 'A',
    AWS_SECRET_ACCESS_KEY: 'B',
    HTTPS_PROXY: 'http://proxy:3128',
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
  });
  const said = await told({ offline: true });
  expect(said).toMatch(/^warns environment: AWS_PROFILE \(bare\) and AWS_ACCESS_KEY_ID are both set/m);
  expect(said).toMatch(/^warns region: no Region is set/m);
  expect(said).toMatch(/^ok proxy: calls go through http:\/\/proxy:3128 \(HTTPS_PROXY\)/m);
  expect(said).toMatch(/^fails tls: NODE_TLS_REJECT_UNAUTHORIZED is 0/m);
});

test.each([
  [{ HTTP_PROXY: 'http://proxy:3128' }, /^warns proxy: HTTP_PROXY is set, and HTTPS_PROXY is not/m],
  [
    { https_proxy: 'proxy:3128', NO_PROXY: '.corp' },
    /^ok proxy: .*http:\/\/proxy:3128 .*directly to .*\.corp/m,
  ],
  [{ HTTPS_PROXY: 'socks5://ann:hunter2@proxy' }, /^fails proxy: HTTPS_PROXY names a proxy of socks5/m],
  [{ HTTPS_PROXY: 'http://ann:hunter2@:' }, /^fails proxy: HTTPS_PROXY is not the address of a proxy/m],
])('%o: doctor says where calls go', async (env, expected) => {
  live(await portal(), env);
  const said = await told({ offline: true });
  expect(said).toMatch(expected);
  expect(said).not.toContain('hunter2');
});

test('an endpoint that would get requests unencrypted fails, and nothing is sent', async () => {
  const at = await portal();
  live(at, { AWS_ENDPOINT_URL: 'http://10.0.0.1' });
  expect(await told({ profile: 'management' })).toMatch(/^fails endpoint: .*10\.0\.0\.1.*unencrypted/m);
});

test.each([
  [['sso_session = other'], 'names the section “sso-session other”', 'Sections: simulated.'],
  [['sso_session = simulated', 'sso_account_id = 1'], 'lacks sso_role_name', 'aws configure sso'],
  [['role_arn = arn:aws:iam::111122223333:role/A'], 'neither source_profile nor', 'source_profile = NAME'],
  [
    ['role_arn = arn:aws:iam::111122223333:role/A', 'source_profile = managemnt'],
    'has source_profile managemnt, which does not exist',
    'Did you mean “management”?',
  ],
  [['region = eu-west-1'], 'ames no credentials', 'aws configure sso'],
])('a profile that cannot work: %j', async (lines, found, remedy) => {
  const at = await portal();
  await append(at, '[profile odd]', ...lines);
  live(at);
  const said = await told({ profile: 'odd' });
  expect(said).toMatch(/^fails profile: /m);
  expect(said).toContain(found);
  expect(said).toContain(remedy);
  expect(await asked(at)).toEqual([]);
});

test('a role that needs an MFA code: which device, that only a terminal is asked, and AWS is not', async () => {
  const at = await portal();
  const role = ['role_arn = arn:aws:iam::111122223333:role/A', 'source_profile = management'];
  await append(at, '[profile coded]', ...role, 'mfa_serial = arn:aws:iam::444455556666:mfa/ann');
  await append(at, '[profile odd]', ...role, 'mfa_serial = a');
  live(at);
  const said = await told({ profile: 'coded' });
  expect(said).toContain('ok credentials: profile coded, account 111122223333, role A, MFA, asks for a code');
  expect(said).toMatch(
    /^warns MFA: coded needs a code of the device arn:aws:iam::444455556666:mfa\/ann .*exit code 6/m,
  );
  expect(said).toMatch(/^unknown caller: .*an MFA code is needed first/m);
  expect(said).not.toMatch(/^fails /m);
  expect(await told({ profile: 'odd' })).toMatch(
    /^fails caller: .*mfa_serial is “a”, which names no MFA device/m,
  );
  expect(await asked(at)).toEqual([]);
});

test('a log-in in its last 5 minutes, which the SDK does not take, is called that, and not expired', async () => {
  // For 30 seconds after it has tried to renew one of that name, the SDK does take it: a test before this one may have tried.
  vi.setSystemTime(Date.now() + 60_000);
  onTestFinished(() => void vi.useRealTimers());
  const at = await portal();
  await at.logIn(200);
  const { refreshToken: _, ...token } = await at.token();
  await at.put(token);
  live(at);
  const command = 'aws sso login --profile management-sso';
  expect(await told({ profile: 'management-sso' })).toMatch(
    new RegExp(
      `^fails sign-in: good until .*does not use a sign-in in its last 5 minutes \\| ${command}$`,
      'm',
    ),
  );
  expect(
    await identifyCaller({ kind: 'profile', name: 'management-sso' }, { env: process.env, program }),
  ).toMatchObject({
    problem: expect.stringMatching(
      /the sign-in expires \S+Z, and the AWS SDK does not use one in its last 5 minutes/,
    ),
    remedy: expect.stringContaining(command),
  });
});

test('clocks that are apart are said as such', async () => {
  const at = await portal({ faults: [] });
  live(at);
  const order = { fault: 'clock-skew', minutes: 20 };
  await fetch(`${at.simulator.url}/_faults`, { method: 'POST', body: JSON.stringify(order) });
  expect(await told({ profile: 'management' })).toMatch(/^fails clock: .*minutes behind/m);
});

test.each<[string, readonly string[], string, RegExp]>([
  [
    'a role that may not be assumed',
    ['[profile a]', 'role_arn = arn:aws:iam::111122223333:role/A', 'source_profile = management'],
    'a',
    /^fails caller: .*sts:AssumeRole.* \| These credentials work, but AWS does not let them assume the role.*trust policy/m,
  ],
  [
    'a role assumed with itself',
    ['[profile a]', 'role_arn = arn:aws:iam::111122223333:role/A', 'source_profile = a'],
    'a',
    /^fails profile: a: its source_profile leads back to itself/m,
  ],
  [
    'keys that the environment does not have',
    ['[profile a]', 'role_arn = arn:aws:iam::111122223333:role/A', 'credential_source = Environment'],
    'a',
    /^fails profile: .*credential_source Environment, and AWS_ACCESS_KEY_ID.*not both set/m,
  ],
  [
    'a token file that is not there',
    ['[profile a]', 'role_arn = arn:aws:iam::111122223333:role/A', 'web_identity_token_file = /nonexistent'],
    'a',
    /^fails profile: .*web_identity_token_file \/nonexistent, which cannot be read/m,
  ],
  [
    'a session’s key without its token',
    ['[profile a]', 'aws_access_key_id = ASIAXXXXXXXXXXXXXXXX', 'aws_secret_access_key = s'],
    'a',
    /^fails profile: .*begins with ASIA.*aws_session_token is not set/m,
  ],
  [
    'a lasting key with a token',
    [
      '[profile a]',
      'aws_access_key_id = AKIAXXXXXXXXXXXXXXXX',
      'aws_secret_access_key = s',
      'aws_session_token = t',
    ],
    'a',
    /^fails profile: .*begins with AKIA.*\| Remove aws_session_token/m,
  ],
  [
    'a section that is no profile',
    ['[a]', 'region = us-east-1'],
    'management',
    /^warns config: line \d+ of .*\[a\] is no section that counts.*\| Write \[profile a\]/m,
  ],
  [
    'a name with a blank',
    ['[profile "c d"]', 'region = us-east-1'],
    'management',
    /^warns config: .*\[profile "c d"\] has a blank in its name.*\| .*\[profile c-d\]/m,
  ],
  [
    'a section twice',
    ['[profile management]', 'region = us-east-1'],
    'management',
    /^warns config: .*\[profile management\] twice, in lines \d+ and \d+/m,
  ],
  [
    'a Region that nobody knows',
    [
      '[profile a]',
      'region = eu-west-11',
      'aws_access_key_id = AKIAXXXXXXXXXXXXXXXX',
      'aws_secret_access_key = s',
    ],
    'a',
    /^warns region: eu-west-11 .*none of the 34.*Did you mean “eu-west-1”/m,
  ],
])('%s is told as what it is', async (_, lines, profile, says) => {
  const at = await portal();
  live(at);
  await append(at, ...lines);
  expect(await told({ profile })).toMatch(says);
});

test('a byte order mark; a file that a variable names and is not there; a certificate for the CLI alone', async () => {
  const at = await portal();
  const file = join(at.folder, 'config');
  await writeFile(file, `\ufeff${await readFile(file, 'utf8')}`);
  const bundle = join(at.home, 'company.pem');
  await writeFile(bundle, '-----BEGIN CERTIFICATE-----\n');
  live(at, { AWS_CA_BUNDLE: bundle, NODE_EXTRA_CA_CERTS: undefined });
  const said = await told({ profile: 'management', offline: true });
  expect(said).toMatch(/^warns config: .* begins with a byte order mark/m);
  expect(said).toMatch(
    /^warns tls: AWS_CA_BUNDLE names \S+\/company.pem: the AWS CLI uses it.*NODE_EXTRA_CA_CERTS=\S+\/company.pem/m,
  );
  live(at, { AWS_CA_BUNDLE: `"${bundle}"` });
  expect(await told({ profile: 'management', offline: true })).toMatch(
    /^warns tls: AWS_CA_BUNDLE names .*, in which no certificate can be read\. The AWS CLI fails with it/m,
  );
  live(at, { AWS_CONFIG_FILE: join(at.folder, 'missing') });
  expect(await told({ profile: 'management', offline: true })).toMatch(
    /^warns config: .*missing does not exist, and AWS_CONFIG_FILE names it/m,
  );
});

test('the older name of AWS_PROFILE, blanks around a name, and both names set', async () => {
  const at = await portal();
  live(at, { AWS_DEFAULT_PROFILE: 'management' });
  expect(await told({ offline: true })).toMatch(
    /^ok environment: AWS_DEFAULT_PROFILE names profile management[\s\S]*^ok profile: management has lasting keys/m,
  );
  live(at, { AWS_DEFAULT_PROFILE: 'delegated', AWS_PROFILE: ' management ' });
  const said = await told({ offline: true });
  expect(said).toMatch(
    /^warns environment: AWS_PROFILE \(management\) and AWS_DEFAULT_PROFILE \(delegated\) are both set\. AWS_PROFILE counts here/m,
  );
  expect(said).toMatch(/^warns environment: AWS_PROFILE is “ management ”: the blanks around it/m);
  expect(said).toMatch(/^ok profile: management has lasting keys/m);
  expect((await sources(process.env))[0]).toEqual({ kind: 'profile', name: 'management' });
});

test('a Region in quotes, and a switch that is none, fail where they stand; AWS is not asked', async () => {
  const at = await portal();
  live(at, { AWS_REGION: '"us-east-1"' });
  expect(await told({ profile: 'management' })).toMatch(
    /^fails region: AWS_REGION is “"us-east-1"”, .* \| Write us-east-1, without quotation marks/m,
  );
  live(at, { AWS_USE_FIPS_ENDPOINT: 'yes' });
  expect(await told({ profile: 'management' })).toMatch(/^fails setting: AWS_USE_FIPS_ENDPOINT is “yes”/m);
  live(at, { AWS_USE_FIPS_ENDPOINT: 'true' });
  expect(await told({ profile: 'management', offline: true })).toMatch(
    /^fails endpoint: AWS_USE_FIPS_ENDPOINT is true, and the calls go to http:.* \| Remove AWS_USE_FIPS_ENDPOINT/m,
  );
  expect(await asked(at)).toEqual([]);
});
