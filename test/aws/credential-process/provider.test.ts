import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connect } from '../../../src/aws/client.ts';
import { runInTerminal } from '../../../src/aws/credential-process/provider.ts';
import {
  endProcesses,
  giveTerminal,
  limitProcesses,
  onProcesses,
  runningProcess,
} from '../../../src/aws/credential-process/running.ts';
import { identifyCaller } from '../../../src/aws/identities.ts';
import { profiles } from '../../../src/aws/settings/config-files.ts';
import type { Caller, Source, UnusableCredentials } from '../../../src/model/identity.ts';
import { eventually } from '../../eventually.ts';
import { lives } from '../../lives.ts';
import { simulated } from '../../simulator/simulated.ts';
import { awsFiles, keysOf } from '../scratch.ts';

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

/** A profile whose credential_process is a shell script, beside a simulated organization. */
async function processed(script: string, more = '') {
  const at = await simulated('fresh');
  const { home } = awsFiles('', keysOf('m', at.management));
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = at.management;
  const json = (and: object = {}): string =>
    JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey, ...and });
  writeFileSync(join(home, 'keys.json'), json());
  const file = join(home, 'keys.sh');
  const write = (text: string): void => {
    writeFileSync(file, `#!/bin/sh\ncd "${home}"\n${text}\n`);
    chmodSync(file, 0o755);
  };
  write(script);
  const config = `[profile p]\ncredential_process = ${file}\nendpoint_url = ${at.url}\n${more.replaceAll('URL', at.url)}`;
  writeFileSync(join(home, 'config'), config);
  onTestFinished(async () => {
    limitProcesses(undefined);
    await endProcesses();
  });
  return { ...at, home, json, write, read: (name: string) => readFileSync(join(home, name), 'utf8') };
}
const count = 'echo x >> runs';
const runs = (at: { read(name: string): string }): number => at.read('runs').trim().split('\n').length;

test('it has no terminal, a session of its own, and nobody at its input', async () => {
  const at = await processed(
    'ps -o pid=,sid=,pgid=,tty= -p $$ > where; (echo > /dev/tty) 2> tty; cat > input; printenv GPG_TTY > gpg; cat keys.json',
  );
  process.env.GPG_TTY = '/dev/pts/0';
  onTestFinished(() => void delete process.env.GPG_TTY);
  expect(
    caller(await identifyCaller(profile('p'), { env: process.env, program, endpoint: at.url })).account,
  ).toBe(at.management.id);
  const [, sid, pgid, tty] = at.read('where').trim().split(/\s+/);
  expect([pgid, tty]).toEqual([sid, '?']); // the it leads a session of its own
  expect(execFileSync('ps', ['-o', 'sid=', '-p', String(process.pid)], { encoding: 'utf8' }).trim()).not.toBe(
    sid,
  );
  expect(at.read('tty')).toMatch(/No such device|cannot (create|open)/);
  expect(at.read('input')).toBe('');
  expect(at.read('gpg')).toBe('');
});

test('one look at who somebody is starts it once, and what acts then acts with the same', async () => {
  const at = await processed(`${count}; cat keys.json`);
  caller(await identifyCaller(profile('p'), { env: process.env, program, endpoint: at.url }));
  const aws = connect({
    env: process.env,
    actor: 'management',
    source: profile('p'),
    region: undefined,
    program,
  });
  await aws.read('sts:GetCallerIdentity', {});
  await aws.read('organizations:DescribeOrganization', {});
  expect(runs(at)).toBe(1);
  caller(await identifyCaller(profile('p'), { env: process.env, program, endpoint: at.url }));
  expect(runs(at)).toBe(2);
});

test('credentials with an end are asked for again in time; one that is asked while it runs is started once', async () => {
  const at = await processed(`${count}; cat keys.json`);
  writeFileSync(
    join(at.home, 'keys.json'),
    at.json({ Expiration: new Date(Date.now() + 60_000).toISOString() }),
  );
  const both = await Promise.all([
    identifyCaller(profile('p'), { env: process.env, program, endpoint: at.url }),
    identifyCaller(profile('p'), { env: process.env, program, endpoint: at.url }),
  ]);
  expect(both.map((met) => caller(met).lasts)).toEqual([{ is: 'auto-refreshed' }, { is: 'auto-refreshed' }]);
  expect(runs(at)).toBe(1);
});

test.each([
  ['echo hello', 'its credential_process prints what is not JSON'],
  ['true', 'its credential_process prints nothing'],
  [`echo '{"Version":2}'`, 'does not print "Version": 1'],
  [`echo '{"Version":1,"AccessKeyId":"A"}'`, 'prints no AccessKeyId and SecretAccessKey'],
  [
    `echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"B","Expiration":"2026-01-01T00:00:00Z"}'`,
    'expired since 2026-01-01T00:00:00Z',
  ],
  [
    `echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"B","Expiration":"soon"}'`,
    'an Expiration that is no time',
  ],
])('%s', async (script, says) => {
  const at = await processed(script);
  const {
    problem,
    remedy,
    process: named,
  } = unusable(await identifyCaller(profile('p'), { env: process.env, program, endpoint: at.url }));
  expect(problem).toContain(says);
  expect(remedy).toContain('Fix the credential_process of profile p');
  expect(named).toBe('p');
});

test.each([
  [
    'a role',
    '[profile r]\nrole_arn = arn:aws:iam::ID:role/OrganizationAccountAccessRole\nsource_profile = p\nendpoint_url = URL\n',
  ],
  [
    'a role of a role',
    '[profile q]\nrole_arn = arn:aws:iam::ID:role/One\nsource_profile = p\n\n[profile r]\nrole_arn = arn:aws:iam::ID:role/OrganizationAccountAccessRole\nsource_profile = q\nendpoint_url = URL\n',
  ],
])('%s that is assumed with it', async (_, more) => {
  const at = await processed(`${count}; cat keys.json`);
  const { id } = at.withRole('member');
  writeFileSync(
    join(at.home, 'config'),
    `${readFileSync(join(at.home, 'config'), 'utf8')}\n${more.replaceAll('URL', at.url).replaceAll('ID', id)}`,
  );
  const { account, arn } = caller(
    await identifyCaller(profile('r'), { env: process.env, program, endpoint: at.url }),
  );
  expect(account).toBe(id);
  expect(arn).toMatch(/assumed-role\/OrganizationAccountAccessRole\/cw-runbook-/);
  expect(runs(at)).toBe(1);
  // Where it fails, it is named by the profile that has it.
  at.write('echo sealed >&2; exit 1');
  expect(
    unusable(await identifyCaller(profile('r'), { env: process.env, program, endpoint: at.url })).problem,
  ).toBe('profile r: the credential_process of profile p failed: sealed');
});

test('a credential_process of the credentials file', async () => {
  const at = await processed('cat keys.json');
  writeFileSync(join(at.home, 'config'), `[profile p]\nendpoint_url = ${at.url}\n`);
  writeFileSync(join(at.home, 'credentials'), `[p]\ncredential_process = ${join(at.home, 'keys.sh')}\n`);
  expect(
    caller(await identifyCaller(profile('p'), { env: process.env, program, endpoint: at.url })).account,
  ).toBe(at.management.id);
});

test('what it prints on standard error is masked', async () => {
  const at = await processed(
    'echo "no access for AKIAIOSFODNN7EXAMPLE with wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" >&2; exit 3',
  );
  expect(
    unusable(await identifyCaller(profile('p'), { env: process.env, program, endpoint: at.url })).problem,
  ).toBe('profile p: its credential_process failed: no access for … with …');
});

test('one that takes longer than is waited for is ended, with all that it has started', async () => {
  const at = await processed('sleep 300 & echo $! > child; echo $$ > leader; trap "" TERM; sleep 300');
  let limit = 350;
  let met: UnusableCredentials;
  do {
    limit *= 2; // until it has begun: a busy machine takes its time
    limitProcesses(limit);
    met = unusable(await identifyCaller(profile('p'), { env: process.env, program, endpoint: at.url }));
  } while (!existsSync(join(at.home, 'leader')));
  const { problem, remedy } = met;
  expect(problem).toMatch(/had not ended after \d+ m?s, and was stopped/);
  expect(remedy).toContain('--timeout');
  await endProcesses();
  expect(['child', 'leader'].map((name) => lives(Number(at.read(name))))).toEqual([false, false]);
});

test('what it has left running ends with this program, and not before', async () => {
  const at = await processed('sleep 300 > /dev/null 2>&1 & echo $! > child; cat keys.json');
  caller(await identifyCaller(profile('p'), { env: process.env, program, endpoint: at.url }));
  expect(lives(Number(at.read('child')))).toBe(true);
  await endProcesses();
  expect(lives(Number(at.read('child')))).toBe(false);
});

test('one that keeps its output open in the background is not waited for', async () => {
  const at = await processed('sleep 300 & cat keys.json');
  expect(
    caller(await identifyCaller(profile('p'), { env: process.env, program, endpoint: at.url })).account,
  ).toBe(at.management.id);
});

test('while it runs it can be seen, with what it says; handed the terminal, it starts anew, and who waits goes on', async () => {
  const at = await processed(
    'echo $$ > leader; echo "Touch your key" >&2; if [ -e go ]; then cat keys.json; else sleep 300; fi',
  );
  const seen: (string | undefined)[] = [];
  onTestFinished(onProcesses(() => void seen.push(runningProcess()?.profile)));
  const meeting = identifyCaller(profile('p'), { env: process.env, program, endpoint: at.url });
  await eventually(() =>
    expect(runningProcess()).toMatchObject({ profile: 'p', said: 'Touch your key', terminal: false }),
  );
  const first = Number(at.read('leader'));
  writeFileSync(join(at.home, 'go'), '');
  let lent = 0;
  await giveTerminal(async (meanwhile) => {
    lent++;
    expect(lives(first)).toBe(false);
    await meanwhile();
  });
  expect(lent).toBe(1);
  expect(caller(await meeting).account).toBe(at.management.id);
  expect(runningProcess()).toBeUndefined();
  expect(seen.at(-1)).toBeUndefined();
});

test('what was run in the terminal is taken by the next look, and is not asked for twice', async () => {
  const at = await processed(`${count}; cat keys.json`);
  const [p] = (await profiles(process.env)).filter(({ name }) => name === 'p');
  if (!p) throw new Error('no profile p');
  await runInTerminal(p, process.env, (meanwhile) => meanwhile());
  caller(await identifyCaller(profile('p'), { env: process.env, program, endpoint: at.url }));
  expect(runs(at)).toBe(1);
  caller(await identifyCaller(profile('p'), { env: process.env, program, endpoint: at.url }));
  expect(runs(at)).toBe(2);
  expect(existsSync(join(at.home, 'runs'))).toBe(true);
});

test('a terminal that cannot be given is told of as such, and nobody waits for ever', async () => {
  const at = await processed('sleep 300');
  const meeting = identifyCaller(profile('p'), { env: process.env, program, endpoint: at.url });
  await eventually(() => expect(runningProcess()?.profile).toBe('p'));
  await giveTerminal(() => Promise.reject(new Error('it is suspended')));
  expect(unusable(await meeting).problem).toContain('failed: the terminal was not given');
  const [p] = (await profiles(process.env)).filter(({ name }) => name === 'p');
  if (!p) throw new Error('no profile p');
  await expect(runInTerminal(p, process.env, () => Promise.reject(new Error('no')))).rejects.toThrow(
    'terminal was not given',
  );
});
