import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connect } from '../../src/aws/client.ts';
import { enterCode } from '../../src/aws/credentials/mfa.ts';
import { identifyCaller } from '../../src/aws/identities.ts';
import type { Ask } from '../../src/engine/ask.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { meetWithCode } from '../../src/engine/sign-in.ts';
import type { Caller, CodeRequest, Source, UnusableCredentials } from '../../src/model/identity.ts';
import { codeBlocks } from '../../src/presentation/sign-in.ts';
import { codeAt } from '../../src/simulator/organization/mfa.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { clients, simulated } from '../simulator/simulated.ts';
import { awsFiles, keysOf } from './scratch.ts';

const program = 'cw-runbook/0.1.0';
const [step] = fixture.steps;
if (!step) throw new Error('a runbook without steps');
const profile = (name: string): Source => ({ kind: 'profile', name });
const needed = (met: Caller | UnusableCredentials): CodeRequest => {
  if (!('problem' in met)) throw new Error(`it is ${met.arn}`);
  if (!met.code) throw new Error(`${met.problem} ${met.remedy}`);
  return met.code;
};
const caller = (met: Caller | UnusableCredentials): Caller => {
  if ('problem' in met) throw new Error(`${met.problem} ${met.remedy}`);
  return met;
};

// The clock of this process and the simulator's: both are moved together, and nobody waits.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());
let minute = 0;
/** A machine with the keys of the management account's user, its MFA device, and profiles that take roles with them. */
async function machine(more = '') {
  minute += 600_000; // no two tests send the codes of one moment
  vi.setSystemTime(Date.UTC(2026, 10, 30, 9) + minute);
  const { url, management, withRole, ledger } = await simulated('fresh', { now: () => Date.now() });
  const member = withRole('member').id;
  const { serial } = management.mfa;
  const common = `region = us-east-1\nendpoint_url = ${url}\n`;
  const role = (name: string, base = 'keys', lines = `mfa_serial = ${serial}`) =>
    `[profile ${name}]\nrole_arn = arn:aws:iam::${member}:role/${name}WithMFA\nsource_profile = ${base}\n${lines}\n${common}\n`;
  const settings = [
    ...[`[profile keys]\n${common}`, role('one'), role('two')],
    `[profile last]\nrole_arn = arn:aws:iam::${member}:role/Plain\nsource_profile = one\n${common}`,
    `[profile user]\nmfa_serial = ${serial}\n${common}`,
    `[profile wrong]\nrole_arn = arn:aws:iam::${member}:role/WrongWithMFA\nsource_profile = keys\nmfa_serial = arn:aws:iam::${member}:mfa/nobody\n${common}`,
    `[profile unsaid]\nrole_arn = arn:aws:iam::${member}:role/UnsaidWithMFA\nsource_profile = keys\n${common}`,
  ];
  awsFiles(`${settings.join('\n')}\n${more}`, `${keysOf('keys', management)}${keysOf('user', management)}`);
  const meet = (name: string | Source) =>
    identifyCaller(typeof name === 'string' ? profile(name) : name, {
      env: process.env,
      program,
      endpoint: url,
    });
  return {
    ...{ url, member, serial, meet, keys: management },
    code: () => codeAt(management.mfa, Date.now()),
    pass: (ms: number) => vi.setSystemTime(Date.now() + ms),
    asked: async () => (await ledger()).requests.map(({ operation }) => operation),
  };
}

/** Whoever acts with the first of the profiles. */
const connected = () =>
  connect({
    ...{ env: process.env, actor: 'management', source: profile('one') },
    ...{ region: 'us-east-1', program },
  });

test('a role that is assumed with a code asks for it, and is assumed once with the code that is entered', async () => {
  const { meet, member, serial, code, asked } = await machine();
  const request = needed(await meet('one'));
  expect(request).toEqual({ serial, role: `arn:aws:iam::${member}:role/oneWithMFA` });
  expect(await asked()).toEqual([]);
  enterCode(request, code());
  const { arn, lasts } = caller(await meet('one'));
  expect(arn).toMatch(/assumed-role\/oneWithMFA\//);
  expect(lasts).toEqual({ is: 'until', until: Date.now() + 3_600_000 });
  expect(await asked()).toEqual([
    'sts:AssumeRole',
    'sts:GetCallerIdentity',
    'organizations:DescribeOrganization',
  ]);
  // Whoever connects next has the same session: AWS would take no second code now.
  const aws = connected();
  expect((await aws.read('sts:GetCallerIdentity', {})).Arn).toBe(arn);
  expect(caller(await meet('one')).arn).toBe(arn);
  expect((await asked()).filter((one) => one === 'sts:AssumeRole')).toHaveLength(1);
});

test('one that AWS does not take says so in AWS’s words, and the next is tried', async () => {
  const { meet, code } = await machine();
  const wrong = String((Number(code()) + 1) % 1_000_000).padStart(6, '0');
  enterCode(needed(await meet('one')), wrong);
  const again = needed(await meet('one'));
  expect(again.refused).toBe('MultiFactorAuthentication failed with invalid MFA one time pass code.');
  expect(again.sentAt).toBeUndefined(); // the one that the device shows was not sent yet
  enterCode(again, code());
  caller(await meet('one'));
});

test('a second role: AWS takes a code once, and it is known when the last was sent', async () => {
  const { meet, code, pass, asked } = await machine();
  expect(enterCode(needed(await meet('one')), code())).toBe(true);
  caller(await meet('one'));
  const second = needed(await meet('two'));
  expect(second.sentAt).toBe(Date.now());
  expect(enterCode(second, code())).toBe(false); // nothing is sent with it
  needed(await meet('two'));
  expect((await asked()).filter((one) => one === 'sts:AssumeRole')).toHaveLength(1);
  pass(30_000);
  expect(enterCode(second, code())).toBe(true);
  expect(caller(await meet('two')).arn).toMatch(/twoWithMFA/);
});

test('a second role says to wait for the next code: before one is typed, after the same one, and no longer after that', async () => {
  const { meet, code, pass, url } = await machine();
  const screens: string[] = [];
  const typed: string[] = [];
  const answers = (source: Source) => {
    const ports = {
      now: () => Date.now(),
      enterCode,
      ask: async (ask: Ask) => {
        if (ask.is !== 'code') throw new Error(ask.is);
        screens.push(JSON.stringify(codeBlocks(ask)));
        if (typed.at(-1) === code()) pass(30_000);
        typed.push(screens.length === 2 ? (typed[0] ?? '') : code());
        return { do: 'code', code: typed.at(-1) ?? '' } as const;
      },
    };
    return meetWithCode({ step, source }, { ports } as unknown as Engine, () =>
      identifyCaller(source, { env: process.env, program, endpoint: url }),
    );
  };
  expect(await answers(profile('one'))).toHaveProperty('arn', expect.stringMatching(/oneWithMFA/));
  expect(await answers(profile('two'))).toHaveProperty('arn', expect.stringMatching(/twoWithMFA/));
  const wait = 'Wait for the next code on the device: AWS takes each code once.';
  expect(screens.map((text) => text.includes(wait))).toEqual([false, true, true]);
  expect(screens[2]).toContain('That code was sent already.');
  expect(caller(await meet('two')).arn).toMatch(/twoWithMFA/);
});

test('a code that AWS took from another window: it refuses it, and the next one does', async () => {
  const { meet, code, pass, url, member, serial, keys } = await machine();
  const elsewhere = clients(url, keys, 'us-east-1').sts;
  await elsewhere.send(
    new AssumeRoleCommand({
      ...{ RoleArn: `arn:aws:iam::${member}:role/otherWithMFA`, RoleSessionName: 'ann' },
      ...{ SerialNumber: serial, TokenCode: code() },
    }),
  );
  enterCode(needed(await meet('one')), code());
  const again = needed(await meet('one'));
  expect(again.refused).toMatch(/invalid MFA one time pass code/);
  const says = JSON.stringify(
    codeBlocks({
      ...{ is: 'code', step, source: profile('one'), request: again },
      ...{ left: 2, waits: false, repeated: false },
    }),
  );
  expect(says).toContain('If it is the same, wait for the next one.');
  pass(30_000);
  enterCode(again, code());
  caller(await meet('one'));
});

test('when the session has ended a new code is asked for', async () => {
  const { meet, code, pass } = await machine();
  enterCode(needed(await meet('one')), code());
  caller(await meet('one'));
  const aws = connected();
  await aws.read('sts:GetCallerIdentity', {});
  pass(3_600_000);
  const failed = await aws.read('sts:GetCallerIdentity', {}).catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: { role: expect.stringContaining('oneWithMFA') } });
  enterCode(needed(await meet('one')), code());
  caller(await meet('one'));
});

test('in a chain the role that wants the code asks for it, and its session carries the rest', async () => {
  const { meet, code, pass } = await machine();
  const request = needed(await meet('last'));
  expect(request.role).toMatch(/oneWithMFA$/);
  enterCode(request, code());
  const { arn, lasts } = caller(await meet('last'));
  expect(arn).toMatch(/assumed-role\/Plain\//);
  expect(lasts).toEqual({ is: 'until', until: Date.now() + 3_600_000 });
  pass(60_000);
  caller(await meet('last'));
});

test('a role that is typed in is assumed with the device of the profile that it is assumed with', async () => {
  const { meet, member, serial, code } = await machine();
  const arn = `arn:aws:iam::${member}:role/TypedWithMFA`;
  const source: Source = { kind: 'role', base: { kind: 'profile', name: 'user' }, arn };
  const request = needed(await meet(source));
  expect(request).toMatchObject({ serial, role: arn });
  enterCode(request, code());
  expect(caller(await meet(source)).lasts).toEqual({ is: 'until', until: Date.now() + 3_600_000 });
});

test('a device that is not the user’s: no other code would help, and that is said', async () => {
  const { meet, code } = await machine();
  enterCode(needed(await meet('wrong')), code());
  const met = await meet('wrong');
  expect(met).toMatchObject({ problem: expect.stringMatching(/unable to validate MFA code/) });
  expect(met).toMatchObject({ remedy: expect.stringMatching(/mfa_serial/) });
  expect(met).not.toHaveProperty('code');
});

test('a role that is denied, of a profile that names no device: that it may need a code is said', async () => {
  const { meet } = await machine();
  expect(await meet('unsaid')).toMatchObject({ remedy: expect.stringMatching(/mfa_serial/) });
});

test('the same through a credential_process', async () => {
  const { meet, code, url, member, serial, keys } = await machine();
  const printed = JSON.stringify({
    ...{ Version: 1, AccessKeyId: keys.accessKeyId, SecretAccessKey: keys.secretAccessKey },
  });
  awsFiles(
    `[profile p]\ncredential_process = echo '${printed}'\nregion = us-east-1\nendpoint_url = ${url}\n
[profile r]\nrole_arn = arn:aws:iam::${member}:role/ProcessWithMFA\nsource_profile = p\nmfa_serial = ${serial}\nregion = us-east-1\nendpoint_url = ${url}\n`,
  );
  enterCode(needed(await meet('r')), code());
  expect(caller(await meet('r')).arn).toMatch(/ProcessWithMFA/);
});

test('a session that AWS does not take any more is given up, and a new code is asked for', async () => {
  const { meet, code, pass, url } = await machine();
  enterCode(needed(await meet('one')), code());
  caller(await meet('one'));
  const order = { fault: 'expired-before', operation: 'sts:GetCallerIdentity', times: 1 };
  await fetch(`${url}/_faults`, { method: 'POST', body: JSON.stringify(order) });
  const { role } = needed(await meet('one'));
  expect(role).toMatch(/oneWithMFA$/);
  pass(30_000);
  enterCode(needed(await meet('one')), code());
  caller(await meet('one'));
});
