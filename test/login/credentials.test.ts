import { createHash } from 'node:crypto';
import { appendFile, copyFile, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { connect } from '../../src/aws/client.ts';
import { watchToken } from '../../src/aws/credentials/login-tokens.ts';
import { identifyCaller } from '../../src/aws/identities.ts';
import type { Caller, CredentialLifetime, Source, UnusableCredentials } from '../../src/model/identity.ts';
import { patience } from '../eventually.ts';
import { live, portal } from './portal.ts';

const program = 'cw-runbook/0.1.0';
const profile = (name: string): Source => ({ kind: 'profile', name });
const caller = (met: Caller | UnusableCredentials): Caller => {
  if ('problem' in met) throw new Error(`${met.problem} ${met.remedy}`);
  return met;
};
const unusable = (met: Caller | UnusableCredentials): UnusableCredentials => {
  if (!('problem' in met)) throw new Error(`it is ${met.arn}`);
  return met;
};
const minutes = (lasts: CredentialLifetime | undefined): number =>
  lasts?.is === 'until' ? Math.round((lasts.until - Date.now()) / 60_000) : Number.NaN;

test('a profile that logs in lasts as long as its token, or its role’s credentials where they last longer', async () => {
  const at = await portal({ session: 20 * 60_000 });
  live(at);
  await at.logIn();
  const met = caller(await identifyCaller(profile('management-sso'), { env: process.env, program }));
  expect(met.arn).toMatch(
    /assumed-role\/AWSReservedSSO_AWSAdministratorAccess_[0-9a-f]{16}\/runbook-operator$/,
  );
  expect(minutes(met.lasts)).toBe(60);
  await at.put({ accessToken: (await at.token()).accessToken, expiresAt: soon(10) });
  expect(
    minutes(caller(await identifyCaller(profile('management-sso'), { env: process.env, program })).lasts),
  ).toBe(20);
  expect(caller(await identifyCaller(profile('management'), { env: process.env, program })).lasts).toEqual({
    is: 'permanent',
  });
});
const soon = (inMinutes: number): string => new Date(Date.now() + inMinutes * 60_000).toISOString();

test('a token that cannot be refreshed lasts until the SDK takes it no more, in its last 5 minutes', async () => {
  const at = await portal({ session: 60_000 });
  live(at);
  await at.logIn();
  const { accessToken } = await at.token();
  await at.put({ accessToken, expiresAt: soon(30) });
  expect(
    minutes(caller(await identifyCaller(profile('management-sso'), { env: process.env, program })).lasts),
  ).toBe(25);
  // A profile of the older form has it taken to its end.
  const config = await readFile(join(at.folder, 'config'), 'utf8');
  const [, start] = /^sso_start_url = (.*)$/m.exec(config) ?? [];
  const [, region] = /^sso_region = (.*)$/m.exec(config) ?? [];
  const [, section = ''] = /\[profile management-sso\]\n([^[]*)/.exec(config) ?? [];
  const older = section.replace(/^sso_session = .*$/m, `sso_start_url = ${start}\nsso_region = ${region}`);
  await appendFile(join(at.folder, 'config'), `\n[profile older]\n${older}`);
  await copyFile(
    at.file,
    join(
      dirname(at.file),
      `${createHash('sha1')
        .update(start ?? '')
        .digest('hex')}.json`,
    ),
  );
  expect(minutes(caller(await identifyCaller(profile('older'), { env: process.env, program })).lasts)).toBe(
    30,
  );
});

test.each([
  ['nobody has logged in', undefined],
  ['the token has expired', { expiresAt: '2026-01-01T00:00:00Z' }],
  ['the CLI’s old way to write it', { expiresAt: '2026-01-01T00:00:00UTC' }],
  ['the portal does not know it', { expiresAt: '2126-01-01T00:00:00Z', accessToken: 'withdrawn' }],
])('%s: the log-in that is missing is named, with its profile', async (_, cached) => {
  const at = await portal();
  live(at);
  await at.logIn();
  if (cached) await at.put({ accessToken: (await at.token()).accessToken, ...cached });
  else await rm(at.file);
  const problem = unusable(await identifyCaller(profile('management-sso'), { env: process.env, program }));
  expect(problem.login).toEqual({ by: 'sso', profile: 'management-sso' });
  expect(problem.remedy).toContain('aws sso login --profile management-sso');
});

test('a set that the user does not have is not mended by logging in', async () => {
  const at = await portal();
  const [management] = at.simulator.accounts;
  const lines = ['', '[profile other]', 'sso_session = simulated', `sso_account_id = ${management?.id}`];
  await appendFile(join(at.folder, 'config'), [...lines, 'sso_role_name = PowerUser', ''].join('\n'));
  live(at);
  await at.logIn();
  const problem = unusable(await identifyCaller(profile('other'), { env: process.env, program }));
  expect(problem.problem).toContain('No access');
  expect(problem.remedy).toContain('does not have that permission set in that account');
  expect(problem.login).toBeUndefined();
});

test('a role is assumed with a profile, under a name that stays the same, and lasts as long as that', async () => {
  const at = await portal();
  const member = at.simulator.accounts.find(({ role }) => role === 'member');
  live(at);
  await at.logIn();
  const arn = `arn:aws:iam::${member?.id}:role/ops/Identity`;
  const role: Source = { kind: 'role', base: { kind: 'profile', name: 'management-sso' }, arn };
  const first = caller(await identifyCaller(role, { env: process.env, program }));
  expect(first.account).toBe(member?.id);
  expect(first.arn).toMatch(
    new RegExp(`^arn:aws:sts::${member?.id}:assumed-role/Identity/cw-runbook-[\\w+=,.@-]+$`),
  );
  expect(caller(await identifyCaller(role, { env: process.env, program })).arn).toBe(first.arn);
  expect(minutes(first.lasts)).toBe(60);
  const keys = { ...role, base: { kind: 'profile', name: 'management' } } as const;
  expect(caller(await identifyCaller(keys, { env: process.env, program })).lasts).toEqual({
    is: 'auto-refreshed',
  });
});

test('a profile with a role has one identity, whatever client asks', async () => {
  const at = await portal();
  const member = at.simulator.accounts.find(({ role }) => role === 'member');
  const arn = `arn:aws:iam::${member?.id}:role/Identity`;
  const lines = [
    '',
    '[profile chain]',
    `role_arn = ${arn}`,
    'source_profile = management-sso',
    'region = eu-west-1',
  ];
  await appendFile(join(at.folder, 'config'), `${lines.join('\n')}\n`);
  live(at);
  await at.logIn();
  const first = caller(await identifyCaller(profile('chain'), { env: process.env, program }));
  const again = connect({
    env: process.env,
    actor: 'management',
    source: profile('chain'),
    region: undefined,
    program,
  });
  expect((await again.read('sts:GetCallerIdentity', {})).Arn).toBe(first.arn);
  await rm(at.file);
  const problem = unusable(await identifyCaller(profile('chain'), { env: process.env, program }));
  expect(problem.login).toEqual({ by: 'sso', profile: 'management-sso' });
});

test.each([
  ['arn:aws:iam::111122223333:user/somebody', 'no role’s ARN'],
  ['arn:aws-cn:iam::111122223333:role/Admin', 'partition aws only'],
  [
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_A_0123456789abcdef',
    'its SSO profile',
  ],
])('%s is refused before anything is asked', async (arn, says) => {
  const at = await portal();
  live(at);
  const problem = unusable(
    await identifyCaller(
      { kind: 'role', base: { kind: 'profile', name: 'management' }, arn },
      { env: process.env, program },
    ),
  );
  expect(problem.problem).toContain(says);
  expect(await at.asked()).toEqual([]);
});

test('a role that does not trust who asks is said with AWS’s word for it', async () => {
  const at = await portal();
  const [management] = at.simulator.accounts;
  const arn = `arn:aws:iam::${management?.id}:role/Identity`;
  live(at);
  const problem = unusable(
    await identifyCaller(
      { kind: 'role', base: { kind: 'profile', name: 'delegated' }, arn },
      { env: process.env, program },
    ),
  );
  expect(problem.problem).toMatch(
    /assumed with profile delegated.*is not authorized to perform: sts:AssumeRole/,
  );
  expect(problem.login).toBeUndefined();
});

test('all clients of a connection act with one set of credentials, and it is renewed before it ends', async () => {
  const at = await portal({ session: 4_000 });
  live(at);
  await at.logIn();
  const told: CredentialLifetime[] = [];
  const source = profile('management-sso');
  const aws = connect({
    env: process.env,
    actor: 'management',
    source,
    region: 'us-east-1',
    program,
    onLifetime: (one) => told.push(one),
  });
  await aws.read('sts:GetCallerIdentity', {});
  await aws.read('organizations:DescribeOrganization', {});
  await aws.read('sso:ListInstances', {});
  const given = async () => (await at.asked()).filter((one) => one === 'portal:GetRoleCredentials').length;
  expect(await given()).toBe(1);
  await expect
    .poll(
      async () => {
        await aws.read('sts:GetCallerIdentity', {});
        return given();
      },
      { timeout: patience, interval: 500 },
    )
    .toBe(2);
  expect(told.length).toBe(2);
});

test('somebody’s logging in is seen, and a token that was there before is not taken for one', async () => {
  const at = await portal();
  live(at);
  const missing = await watchToken({ by: 'sso', profile: 'management-sso' }, process.env);
  expect(await missing()).toBe(false);
  await at.logIn();
  expect(await missing()).toBe(true);
  const good = await watchToken({ by: 'sso', profile: 'management-sso' }, process.env);
  expect(await good()).toBe(false);
  await at.logIn();
  expect(await good()).toBe(true);
});
