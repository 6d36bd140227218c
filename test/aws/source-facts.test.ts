import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sources } from '../../src/aws/identities.ts';
import { factsOfSources } from '../../src/aws/source-facts.ts';
import { describeFacts } from '../../src/model/access/source-facts.ts';
import { awsFiles } from './scratch.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 30, 9) }));
afterEach(() => void vi.useRealTimers());

const hour = 3_600_000;
const session = 'sso_session = corp\nsso_account_id = 111122223333\nsso_role_name = AdministratorAccess\n';
const old = (start: string) =>
  `sso_start_url = https://${start}.awsapps.com/start\nsso_region = us-east-1\nsso_account_id = 444455556666\nsso_role_name = ReadOnly\n`;
const config = `
[profile admin]
${session}
[profile old]
${old('old')}
[profile gone]
${old('gone')}
[profile role]
role_arn = arn:aws:iam::777788889999:role/path/Auditor
source_profile = admin
[profile coded]
role_arn = arn:aws:iam::777788889999:role/Auditor
source_profile = keys
mfa_serial = arn:aws:iam::111122223333:mfa/ann
[profile out]
role_arn = arn:aws:iam::777788889999:role/Auditor
source_profile = gone
[profile process]
credential_process = false
[profile login]
login_session = arn:aws:iam::123456789012:user/ann
[profile empty]
region = us-east-1
[profile circle]
role_arn = arn:aws:iam::777788889999:role/Auditor
source_profile = round
[profile round]
role_arn = arn:aws:iam::777788889999:role/Auditor
source_profile = circle
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = us-east-1
`;
const credentials = `
[keys]
aws_access_key_id = AKIAEXAMPLE
aws_secret_access_key = not-to-be-seen
[session]
aws_access_key_id = ASIAEXAMPLE
aws_secret_access_key = not-to-be-seen
aws_session_token = not-to-be-seen
`;
function signIn(home: string, name: string, more: object): void {
  const folder = join(home, '.aws', 'sso', 'cache');
  mkdirSync(folder, { recursive: true });
  const file = `${createHash('sha1').update(name).digest('hex')}.json`;
  writeFileSync(join(folder, file), JSON.stringify({ accessToken: 'not-to-be-seen', ...more }));
}
const at = (ms: number): string => new Date(Date.now() + ms).toISOString();

test('each source says what it is, of which account, and whether somebody has to sign in first', async () => {
  const { home } = awsFiles(config, credentials);
  const client = { refreshToken: 'r', clientId: 'c', clientSecret: 's', registrationExpiresAt: at(hour) };
  signIn(home, 'corp', { expiresAt: at(-hour), ...client });
  signIn(home, 'https://old.awsapps.com/start', { expiresAt: at(6 * hour) });
  signIn(home, 'https://gone.awsapps.com/start', { expiresAt: at(-hour) });
  const facts = await factsOfSources(await sources(process.env), process.env);
  expect(facts.map(describeFacts)).toEqual([
    'profile admin, account 111122223333, SSO AdministratorAccess, signed in',
    'profile old, account 444455556666, SSO ReadOnly, signed in, 6 h',
    'profile gone, account 444455556666, SSO ReadOnly, sign in first',
    'profile role, account 777788889999, role Auditor, signed in',
    'profile coded, account 777788889999, role Auditor, MFA, asks for a code',
    'profile out, account 777788889999, role Auditor, sign in first',
    'profile process, account not known, process, not known',
    'profile login, account 123456789012, aws login, sign in first',
    'profile empty, account not known, incomplete, not known',
    'profile circle, account not known, incomplete, not known',
    'profile round, account not known, incomplete, not known',
    'profile keys, account not known, access keys',
    'profile session, account not known, session keys, not known',
  ]);
  expect(JSON.stringify(facts)).not.toContain('not-to-be-seen');
});

test('thousands of profiles of one sign-in are looked up at once', async () => {
  const many = Array.from({ length: 5_000 }, (_, n) => `[profile p${n}]\n${session}`).join('\n');
  const { home } = awsFiles(
    `${many}\n[sso-session corp]\nsso_start_url = https://c/start\nsso_region = us-east-1\n`,
  );
  signIn(home, 'corp', { expiresAt: at(hour) });
  const all = await sources(process.env);
  const facts = await factsOfSources(all, process.env);
  expect(facts).toHaveLength(5_000);
  expect(facts.at(-1)?.state).toMatchObject({ is: 'signed-in' });
});

test('keys of the environment need no sign-in; those of a session are not known', async () => {
  awsFiles('', '', { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 's' });
  expect((await factsOfSources([{ kind: 'environment' }], process.env)).map(describeFacts)).toEqual([
    'the environment, account not known, environment',
  ]);
  const session = { AWS_ACCESS_KEY_ID: 'ASIA', AWS_SESSION_TOKEN: 't' };
  expect((await factsOfSources([{ kind: 'environment' }], session)).map(describeFacts)).toEqual([
    'the environment, account not known, environment, not known',
  ]);
});
