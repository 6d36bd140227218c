import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { program } from '../program/demo.ts';
import { openTerminal } from '../terminal.ts';
import { questionOf } from '../words.ts';
import { bench } from './bench.ts';
import { goesOn, judge, meets, said, times, whole } from './judge.ts';

const [, create = ''] = whole;
/** The look after the first change: two others ask the same before it. */
const whetherRegistered = { operation: 'organizations:ListDelegatedAdministrators', after: 2 };

test('15 hang: after the time that is set nothing is known, and it is looked', async () => {
  const [lost, late] = [await bench(), await bench()];
  const [ofLost, ofLate] = await Promise.all([
    meets('15 hang', lost, [{ fault: 'hang', operation: create }], { shipped: true }),
    meets('15 hang after the effect', late, [{ fault: 'hang-after-effect', operation: create }], {
      shipped: true,
    }),
  ]);
  for (const ended of [ofLost, ofLate]) expect(ended).toMatchObject({ code: 0, err: '' });
  const [, seconds = ''] = /no answer in time \((\d+) s\)/.exec(ofLate.out) ?? [];
  expect(ofLate.took).toBeGreaterThan(Number(seconds) * 1_000);
  expect(await times(lost, create)).toBe(2); // seen not to have happened, and made again
  expect(await times(late, create)).toBe(1); // adopted
  await goesOn(lost);
  await goesOn(late);
});

test('16 dns-fail at the start: said, and nothing is sent', async () => {
  const at = await bench();
  const ended = await at.run({ env: { AWS_ENDPOINT_URL: 'https://aws.invalid' } });
  await said('16 dns-fail', ended);
  expect(ended.code).toBe(3);
  expect((await at.ledger()).requests.filter(({ userAgent }) => userAgent.includes('cw-runbook'))).toEqual(
    [],
  );
  await goesOn(at, { flags: ['--new'] });
});

test('16 offline at the start: said, and the next start begins', async () => {
  const at = await bench();
  const ended = await meets('16 offline', at, [], { env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' } });
  expect(ended.code).toBe(3);
  await goesOn(at, { flags: ['--new'] });
});

test('16 offline at the start: the first screen is drawn, and says so when credentials are chosen', async () => {
  const at = await bench();
  const terminal = openTerminal({
    args: [program],
    env: {
      CW_RUNBOOK_HOME: at.state,
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_CONFIG_FILE: join(at.home, 'aws', 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(at.home, 'aws', 'credentials'),
    },
  });
  await terminal.waitFor(questionOf('before-you-start.understood'));
  terminal.press('enter');
  await terminal.waitFor('Whose credentials?');
  terminal.press('enter');
  await terminal.waitFor('AWS’s endpoint cannot be reached (connect ECONNREFUSED');
  terminal.press('q');
  expect((await terminal.exit).code).toBe(3);
});

test('17 offline-mid-run while looking: it waits, and goes on by itself when the network is back', async () => {
  const at = await bench();
  const orders = [{ fault: 'offline', ...whetherRegistered, ms: 4_000 }]; // longer than the SDK tries again
  const patient = { flags: ['--patience', '20000'] };
  const ended = await meets('17 offline-mid-run while looking', at, orders, patient);
  expect(ended).toMatchObject({ code: 0, err: '' });
  for (const operation of whole) expect(await times(at, operation)).toBe(1);
  await goesOn(at);
});

test('17 offline-mid-run while sending: nothing is sent again before it was looked', async () => {
  const at = await bench();
  const orders = [{ fault: 'offline', operation: create, ms: 4_000 }];
  const patient = { flags: ['--patience', '8000'] };
  const ended = await meets('17 offline-mid-run while sending', at, orders, patient);
  expect(ended).toMatchObject({ code: 0, err: '' });
  const { requests } = await at.ledger();
  const operations = requests.map(({ operation }) => operation);
  const [first, second] = [operations.indexOf(create), operations.lastIndexOf(create)];
  expect(operations.slice(first + 1, second)).toContain('sso:ListPermissionSets');
  await goesOn(at);
});

test.each([200, 503])(
  '18 captive-portal with HTTP %i: named as such, at the start and on the way',
  async (status) => {
    const start = await bench();
    const always = { fault: 'captive-portal', status, times: 'always' };
    expect((await meets(`18 captive-portal ${status} at the start`, start, [always])).code).toBe(3);
    await goesOn(start);
    const way = await bench();
    expect(
      (await meets(`18 captive-portal ${status} on the way`, way, [{ ...always, ...whetherRegistered }]))
        .code,
    ).toBe(3);
    await goesOn(way);
  },
);

test('18 captive-portal instead of the answer to a change: it is looked, and made once', async () => {
  const at = await bench();
  const ended = await meets('18 captive-portal at a change', at, [
    { fault: 'captive-portal', operation: create },
  ]);
  expect(ended).toMatchObject({ code: 0, err: '' });
  expect(await times(at, create)).toBe(2);
  await goesOn(at);
});

test('19 proxy-mitm: the certificate is named; once it is trusted, all goes through', async () => {
  const at = await bench('fresh', {
    faults: [{ fault: 'proxy-mitm', operation: '*', after: 0, times: 1, parameters: {} }],
  });
  const { url = '', certificate = '' } = at.simulator.intercepted ?? {};
  const env = { AWS_ENDPOINT_URL: url };
  const ended = await at.run({ env, shipped: true });
  await said('19 proxy-mitm', ended);
  expect(ended.code).toBe(3);
  const trusted = join(at.home, 'proxy.pem');
  await writeFile(trusted, certificate);
  const through = await at.run({ env: { ...env, NODE_EXTRA_CA_CERTS: trusted }, shipped: true });
  expect(through, through.err).toMatchObject({ code: 0, err: '' });
  expect((await at.ledger()).effects.map(({ operation }) => operation)).toEqual(whole);
  await judge(at);
});

test('20 stray AWS_ENDPOINT_URL: another place is shown, and one without TLS is refused', async () => {
  const at = await bench();
  const ended = await at.run({ env: { AWS_ENDPOINT_URL: 'http://10.0.0.1:8080' } });
  await said('20 stray-endpoint', ended);
  expect(ended.code).toBe(6);
  expect((await at.run()).out).toContain(`at ${at.simulator.url}`);
  await goesOn(at);
});
