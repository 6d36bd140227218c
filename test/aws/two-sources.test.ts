import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clashIn } from '../../src/aws/credentials/two-sources.ts';
import { identifyCaller } from '../../src/aws/identities.ts';
import { profiles } from '../../src/aws/settings/config-files.ts';
import type { Source, UnusableCredentials } from '../../src/model/identity.ts';
import { acceptBlocks } from '../../src/presentation/identities.ts';
import { textsOf } from '../../src/presentation/texts.ts';
import { simulated } from '../simulator/simulated.ts';
import { stepNamed } from '../ui/asks.ts';
import { awsFiles, keysOf } from './scratch.ts';

const program = 'cw-runbook/0.1.0';
const profile = (name: string): Source => ({ kind: 'profile', name });
const unusable = (met: Awaited<ReturnType<typeof identifyCaller>>): UnusableCredentials => {
  if (!('problem' in met)) throw new Error(`it is ${met.arn}`);
  return met;
};

const role = 'role_arn = arn:aws:iam::111122223333:role/A\nsource_profile = other\n';
const keys = 'aws_access_key_id = AKIDOLD\naws_secret_access_key = s\n';
const command = 'credential_process = false\n';
const web = 'role_arn = arn:aws:iam::111122223333:role/A\nweb_identity_token_file = /nonexistent\n';
const sso = 'sso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Admin\n';
const login = 'login_session = arn:aws:iam::111122223333:user/anna\n';
const lone = 'role_arn = arn:aws:iam::111122223333:role/A\n';
const machine = 'role_arn = arn:aws:iam::111122223333:role/A\ncredential_source = Environment\n';

const inConfig = 'the keys in the config file';
const inCredentials = 'the keys in the credentials file';
const ofRole = 'the role that is assumed with profile other';
const ofProcess = 'its credential_process';
const ofSso = 'IAM Identity Center (SSO)';
const ofLogin = 'its sign-in with aws login';
const ofWeb = 'its web identity token';
const ofMachine = 'credential_source Environment';

/** In the config file, in the credentials file; what this program takes of it, and what the AWS CLI takes ('' refuses). */
const pairs: readonly (readonly [string, string, string, string, string])[] = [
  ['role, keys of the credentials file', role, keys, ofRole, ofRole],
  ['role, keys of the config file', role + keys, '', ofRole, ofRole],
  ['role, process', role + command, '', ofRole, ofRole],
  ['role, sso', role + sso, '', ofRole, ofRole],
  ['role, login', role + login, '', ofRole, ofRole],
  ['role, web identity', `${role}web_identity_token_file = /nonexistent\n`, '', ofRole, ofWeb],
  ['a role without a source, keys', lone, keys, inCredentials, ''],
  ['a role without a source, process', lone + command, '', ofProcess, ''],
  ['a role without a source, sso', lone + sso, '', ofSso, ''],
  ['a role without a source, login', lone + login, '', ofLogin, ''],
  ['credential_source, keys', machine, keys, ofMachine, ofMachine],
  ['credential_source, process', machine + command, '', ofMachine, ofMachine],
  ['credential_source, sso', machine + sso, '', ofMachine, ofMachine],
  ['keys of the credentials file, web identity', web, keys, inCredentials, ofWeb],
  ['keys of the config file, web identity', web + keys, '', inConfig, ofWeb],
  ['keys of the credentials file, process', command, keys, inCredentials, inCredentials],
  ['keys of the config file, process', command + keys, '', inConfig, ofProcess],
  ['keys of the credentials file, sso', sso, keys, inCredentials, ofSso],
  ['keys of the config file, sso', sso + keys, '', inConfig, ofSso],
  ['keys of the credentials file, login', login, keys, inCredentials, inCredentials],
  ['keys of the config file, login', login + keys, '', inConfig, ofLogin],
  ['web identity, process', web + command, '', ofWeb, ofWeb],
  ['web identity, sso', web + sso, '', ofWeb, ofWeb],
  ['web identity, login', web + login, '', ofWeb, ofWeb],
  ['process, sso', command + sso, '', ofProcess, ofSso],
  ['process, login', command + login, '', ofProcess, ofLogin],
  ['sso, login', sso + login, '', ofSso, ofSso],
];
test.each(pairs)(
  '%s: both are named, which counts for whom, and what to remove',
  async (_, config, credentials, sdk, cli) => {
    awsFiles(`[profile p]\n${config}`, credentials === '' ? '' : `[p]\n${credentials}`);
    const [p] = (await profiles(process.env)).filter(({ name }) => name === 'p');
    const clash = p && clashIn(p);
    expect(clash?.found).toContain('Profile p has two sources of credentials: ');
    expect(clash?.found).toContain(sdk);
    expect(clash?.found).toContain(
      sdk === cli
        ? `This program and the AWS CLI use ${sdk}`
        : `This program uses ${sdk}, and the AWS CLI ${cli || 'refuses the profile'}.`,
    );
    expect(clash?.found.endsWith('Nobody assumes its role.')).toBe(cli === '');
    expect(clash?.remedy).toMatch(/[Rr]emove \w+.* from the (config|credentials) file/);
  },
);

test('as a source_profile, its keys come before its role and its credential_process', async () => {
  awsFiles(`[profile p]\n${role}`, `[p]\n${keys}`);
  const [p] = (await profiles(process.env)).filter(({ name }) => name === 'p');
  expect(p && clashIn(p, true)?.found).toContain(`This program and the AWS CLI use ${inCredentials}`);
});

test('one source is no clash, nor is a role that is assumed with the keys of its own profile', async () => {
  awsFiles(
    `[profile a]\n${sso}\n[profile b]\nrole_arn = arn:aws:iam::111122223333:role/A\nsource_profile = b\n${keys}\n[profile c]\n${web}\n[profile d]\n${role}\n[profile e]\n${command}`,
  );
  for (const one of await profiles(process.env))
    expect([one.name, clashIn(one)]).toEqual([one.name, undefined]);
});

test('keys that are dead beside an SSO log-in that is good: no new key is advised, and what to remove is', async () => {
  const { url } = await simulated('fresh');
  const { home } = awsFiles(
    `[profile p]\n${sso}endpoint_url = ${url}\n\n[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://example.awsapps.com/start\n`,
    `[p]\n${keys}`,
  );
  mkdirSync(join(home, '.aws/sso/cache'), { recursive: true });
  writeFileSync(
    join(home, '.aws/sso/cache', `${createHash('sha1').update('corp').digest('hex')}.json`),
    JSON.stringify({ accessToken: 'x', expiresAt: '2126-01-01T00:00:00Z' }),
  );
  const {
    problem,
    remedy,
    login: offered,
  } = unusable(await identifyCaller(profile('p'), { env: process.env, program, endpoint: url }));
  expect(problem).toContain('does not accept the credentials');
  expect(problem).toContain(`This program uses ${inCredentials}, and the AWS CLI ${ofSso}.`);
  expect(remedy).toMatch(
    /If IAM Identity Center \(SSO\) is meant, remove aws_access_key_id, aws_secret_access_key from the credentials file\./,
  );
  expect(remedy).not.toMatch(/aws configure|login/);
  expect(offered).toBeUndefined();
});

test('a credential_process that fails beside SSO settings: what it said, and both sources', async () => {
  const { url } = await simulated('fresh');
  awsFiles(`[profile p]\n${command}${sso}endpoint_url = ${url}\n`);
  const { problem, remedy } = unusable(
    await identifyCaller(profile('p'), { env: process.env, program, endpoint: url }),
  );
  expect(problem).toBe('profile p: its credential_process failed: it printed nothing');
  expect(remedy).toContain(
    'This program uses its credential_process, and the AWS CLI IAM Identity Center (SSO).',
  );
});

test('keys that work beside SSO settings: who acts here is not who acts with the AWS CLI, and it is said', async () => {
  const { url, management } = await simulated('fresh');
  awsFiles(`[profile p]\n${sso}endpoint_url = ${url}\n`, keysOf('p', management));
  const met = await identifyCaller(profile('p'), { env: process.env, program, endpoint: url });
  if ('problem' in met) throw new Error(met.problem);
  expect(met.elsewhere).toContain(`This program uses ${inCredentials}, and the AWS CLI ${ofSso}.`);
  const shown = textsOf(
    acceptBlocks({ is: 'accept', step: stepNamed('delegate'), actor: 'management', caller: met }, 'aws'),
  );
  expect(shown.join(' ').replace(/\s+/g, ' ')).toContain(`${met.elsewhere} Commands that are printed here`);
});
