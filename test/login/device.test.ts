import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { isDevicePage } from '../../src/aws/credentials/device-page.ts';
import { tokenOf } from '../../src/aws/credentials/login-tokens.ts';
import { signInWithCode } from '../../src/aws/device-sign-in.ts';
import { identifyCaller } from '../../src/aws/identities.ts';
import type { Login, Source } from '../../src/model/identity.ts';
import { live, type Portal, portal } from './portal.ts';

const program = 'cw-runbook/0.1.0';
const login: Login = { by: 'sso', profile: 'management-sso' };
const source: Source = { kind: 'profile', name: 'management-sso' };

// Both clocks are moved together, and nobody waits.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 30, 9) }));
afterEach(() => void vi.useRealTimers());

/** A machine without the AWS CLI. Each test has a session of its own: what was signed in to before is not taken up. */
async function machine() {
  const at = await portal({ now: () => Date.now() });
  const session = `s-${at.simulator.organizationId}-${new URL(at.simulator.url).port}`;
  await rename(at, session);
  live(at, { PATH: '/nonexistent' });
  const pauses: number[] = [];
  const time = {
    now: () => Date.now(),
    sleep: async (ms: number) => {
      pauses.push(ms / 1000);
      vi.setSystemTime(Date.now() + ms);
    },
  };
  return {
    ...{ at, pauses },
    order: (body: object) =>
      fetch(`${at.simulator.url}/_faults`, { method: 'POST', body: JSON.stringify(body) }),
    begin: async () => {
      const begun = await signInWithCode(login, { env: process.env, endpoint: at.simulator.url, time: time });
      if ('problem' in begun) throw new Error(`${begun.problem} ${begun.remedy}`);
      return begun;
    },
    refused: async () => {
      const begun = await signInWithCode(login, { env: process.env, endpoint: at.simulator.url, time: time });
      return 'problem' in begun ? begun : begun.ended;
    },
    meet: (one = source) => identifyCaller(one, { env: process.env, program, endpoint: at.simulator.url }),
  };
}
async function rename({ folder }: Portal, session: string): Promise<void> {
  const file = join(folder, 'config');
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    text
      .replaceAll('sso_session = simulated', `sso_session = ${session}`)
      .replace('sso-session simulated', `sso-session ${session}`),
  );
}

test('signed in with a code: who that is, is known, and nothing of it is in a file', async () => {
  const { at, begin, meet, pauses } = await machine();
  const began = Date.now();
  const { shown, ended } = await begin();
  expect(shown).toEqual({
    ...{ profile: 'management-sso', startUrl: `${at.simulator.url}/start` },
    code: expect.stringMatching(/^[B-Z]{4}-[B-Z]{4}$/),
    page: `${at.simulator.url}/_device`,
    until: began + 600_000, // not opened: it is not https
  });
  expect(await ended).toBeUndefined();
  expect(pauses).toEqual([1]);
  const met = await meet();
  expect(met).toMatchObject({ arn: expect.stringContaining('AWSReservedSSO_AWSAdministratorAccess_') });
  expect(met).toMatchObject({ lasts: { is: 'until', login } });
  expect(await tokenOf(login, process.env)).toMatchObject({ is: 'there', renewable: true });
  const files = await readdir(at.home, { recursive: true });
  expect(files.filter((name) => name.includes('cache'))).toEqual([]);
  // Another profile of the same session is signed in to as well.
  expect(await meet({ kind: 'profile', name: 'delegated-sso' })).toMatchObject({
    arn: expect.stringContaining('AWSReservedSSO_'),
  });
});

test('while it is pending AWS is asked each interval, and less often when it says so', async () => {
  const { begin, order, pauses } = await machine();
  await order({ fault: 'sign-in-answers', error: 'authorization_pending', times: 2 });
  await order({ fault: 'sign-in-answers', error: 'slow_down', after: 2, times: 2 });
  expect(await (await begin()).ended).toBeUndefined();
  expect(pauses).toEqual([1, 1, 1, 6, 11]);
});

test('an error of AWS’s own, or none at all, is passed over as long as the code lasts', async () => {
  const { begin, order, pauses } = await machine();
  await order({ fault: 'sign-in-answers', error: 'server_error', times: 3 });
  expect(await (await begin()).ended).toBeUndefined();
  expect(pauses).toEqual([1, 1, 1, 1]);
});

/** Where AWS forbids it, the AWS CLI is what can still work: a code is not offered once more. */
const byCommand: Login = { ...login, codeForbidden: true };

test.each([
  ['access_denied', /the sign-in was denied on the page\./, /Sign in again and allow it/, login],
  ['expired_token', /the code expired before the sign-in was allowed/, /you get a new code/, login],
  [
    'invalid_grant',
    /AWS does not allow a sign-in with a code here \(invalid_grant/,
    /AWS CLI version 2/,
    byCommand,
  ],
  ['unauthorized_client', /\(unauthorized_client/, /aws sso login --profile management-sso/, byCommand],
  ['invalid_client', /\(invalid_client/, /AWS CLI version 2/, byCommand],
  ['unsupported_grant_type', /\(unsupported_grant_type/, /AWS CLI version 2/, byCommand],
])('%s ends it, and is said with what to do', async (error, problem, remedy, next) => {
  const { refused, order, meet } = await machine();
  await order({ fault: 'sign-in-answers', error });
  expect(await refused()).toEqual({
    problem: expect.stringMatching(problem),
    remedy: expect.stringMatching(remedy),
    login: next,
  });
  expect(await meet()).toMatchObject({ problem: expect.stringMatching(/nobody is signed in/), login });
});

test.each(['sso-oauth:RegisterClient', 'sso-oauth:StartDeviceAuthorization'])(
  'forbidden at %s already',
  async (operation) => {
    const { refused, order } = await machine();
    await order({ fault: 'sign-in-answers', operation, error: 'unauthorized_client' });
    expect(await refused()).toMatchObject({
      problem: expect.stringMatching(/does not allow.*unauthorized_client/),
      login: byCommand,
    });
  },
);

test('nobody enters it: it ends with the code', async () => {
  const { refused, order, pauses } = await machine();
  await order({ fault: 'sign-in-answers', error: 'slow_down', times: 'always' });
  expect(await refused()).toMatchObject({ problem: expect.stringMatching(/the code expired/) });
  expect(pauses.slice(0, 4)).toEqual([1, 6, 11, 16]);
  expect(pauses.reduce((sum, pause) => sum + pause)).toBeGreaterThanOrEqual(600);
});

test('a token is refreshed in memory; once the portal’s session is over, somebody has to sign in again', async () => {
  const { at, begin, meet } = await machine();
  await (await begin()).ended;
  vi.setSystemTime(Date.now() + 58 * 60_000);
  expect(await meet()).toMatchObject({ arn: expect.any(String) });
  expect((await at.asked()).filter((one) => one === 'sso-oauth:CreateToken')).toHaveLength(2);
  vi.setSystemTime(Date.now() + 8 * 3_600_000);
  expect(await meet()).toMatchObject({ problem: expect.stringMatching(/has expired|nobody/), login });
  expect(await tokenOf(login, process.env)).toMatchObject({ is: 'missing' });
});

test('a page of somebody else’s is shown, and is not opened', async () => {
  const { begin, order } = await machine();
  await order({ fault: 'sign-in-page', page: 'https://sign-in.example.com/' });
  const { shown, ended } = await begin();
  expect(shown.page).toBe('https://sign-in.example.com/');
  expect(shown).not.toHaveProperty('opens');
  await ended;
});

const start = 'https://d-1234567890.awsapps.com/start';
test.each([
  [true, 'https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH'],
  [true, 'https://d-1234567890.awsapps.com/start/#/device?user_code=ABCD-EFGH'],
  [false, 'http://device.sso.eu-west-1.amazonaws.com/'],
  [false, 'https://device.sso.us-east-1.amazonaws.com/'],
  [false, 'https://device.sso.eu-west-1.amazonaws.com.example.com/'],
  [false, 'https://d-1234567890.awsapps.com@example.com/start'],
  [false, 'https://d-1234567890.awsapps.com:8443/start'],
  [false, 'https://d-0987654321.awsapps.com/start'],
  [false, 'javascript:alert(1)'],
  [false, 'file:///etc/passwd'],
  [false, ''],
])('opened: %s, %s', (opens, page) => {
  expect(isDevicePage(page, start, 'eu-west-1')).toBe(opens);
});

test('a profile that would sign in elsewhere than the run is at: nothing is sent', async () => {
  const { at } = await machine();
  const met = await signInWithCode(login, {
    env: process.env,
    endpoint: 'aws',
    time: { now: Date.now, sleep: async () => undefined },
  });
  expect(met).toMatchObject({
    problem: expect.stringMatching(/this run is at AWS itself\. Nothing was sent/),
  });
  expect(await at.asked()).toEqual([]);
});

test('what answers is no service of AWS: it is said, and nobody is asked for a code', async () => {
  const { at } = await machine();
  const page = createServer((_, response) => response.end('<html>Welcome to the hotel</html>'));
  await new Promise<void>((done) => page.listen(0, '127.0.0.1', done));
  onTestFinished(() => void page.close());
  const { port } = page.address() as { port: number };
  const url = `http://127.0.0.1:${port}`;
  live(at, { AWS_ENDPOINT_URL: url, AWS_ENDPOINT_URL_SSO: url, AWS_ENDPOINT_URL_SSO_OIDC: url });
  const met = await signInWithCode(login, {
    env: process.env,
    endpoint: url,
    time: { now: Date.now, sleep: async () => undefined },
  });
  expect(met).toMatchObject({ problem: expect.stringMatching(/what answered is not AWS/), login });
});
