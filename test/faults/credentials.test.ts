import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bench } from './bench.ts';
import { goesOn, judge, meets, said, times, whole } from './judge.ts';

const [, create = ''] = whole;

test('21 expired-before: says so, with the command that logs in', async () => {
  const at = await bench();
  expect((await meets('21 expired-before', at, [{ fault: 'expired-before' }])).code).toBe(6);
  await goesOn(at);
});

test('22 expired-mid-bulk, while looking: what is done stays done, and the next start goes on', async () => {
  const at = await bench();
  const ended = await meets('22 expired-mid-bulk while looking', at, [
    { fault: 'expired-mid-bulk', operation: 'sso:ListPermissionSets', after: 0 },
  ]);
  expect(ended.code).toBe(6);
  await goesOn(at);
  for (const operation of whole) expect(await times(at, operation)).toBe(1);
});

test('22 expired-mid-bulk, at a change: it was not done, and is asked for again', async () => {
  const at = await bench();
  const orders = [{ fault: 'expired-mid-bulk', operation: create, after: 0 }];
  expect((await meets('22 expired-mid-bulk at a change', at, orders)).code).toBe(6);
  await goesOn(at);
  expect(await times(at, create)).toBe(2);
});

test.each(['role', 'account'])(
  '23 identity-changed to another %s, right before a change: it is not sent',
  async (to) => {
    const who = 'sts:GetCallerIdentity';
    const undisturbed = await bench();
    await undisturbed.run();
    const operations = (await undisturbed.ledger()).requests.map(({ operation }) => operation);
    const asked = operations.slice(0, operations.indexOf(create)).filter((operation) => operation === who);

    const at = await bench();
    const orders = [{ fault: 'identity-changed', operation: who, after: asked.length - 1, to }];
    expect((await meets(`23 identity-changed to another ${to}`, at, orders)).code).toBe(6);
    expect(await times(at, create)).toBe(0);
    await goesOn(at);
  },
);

test.each(['denied-by-scp', 'denied-by-boundary', 'denied-by-identity-policy', 'denied-by-session-policy'])(
  '24 %s: which policy and which action is said, and it is not tried again',
  async (fault) => {
    const at = await bench();
    expect((await meets(`24 ${fault}`, at, [{ fault, operation: create, times: 'always' }])).code).toBe(1);
    expect(await times(at, create)).toBe(1);
    await goesOn(at);
  },
);

test('24 denied-by-scp, while looking', async () => {
  const at = await bench();
  const orders = [{ fault: 'denied-by-scp', operation: 'sso:ListPermissionSets', times: 'always' }];
  expect((await meets('24 denied-by-scp while looking', at, orders)).code).toBe(5);
  await goesOn(at);
});

test('24 denied-tagging: which action is said, and the set is made without the tag', async () => {
  const at = await bench();
  expect((await meets('24 denied-tagging', at, [{ fault: 'denied-tagging' }])).code).toBe(0);
  expect(await times(at, 'sso:CreatePermissionSet')).toBe(2);
  await goesOn(at);
});

test.each([
  [20, 'behind'],
  [-20, 'ahead'],
])(
  '25 clock-skew: AWS %i minutes from here is said with both clocks, before anything is sent',
  async (minutes, name) => {
    const at = await bench();
    expect((await meets(`25 clock-skew ${name}`, at, [{ fault: 'clock-skew', minutes }])).code).toBe(6);
    for (const operation of whole) expect(await times(at, operation)).toBe(0);
    await goesOn(at);
  },
);

test('26 profile-typo: the nearest name is offered', async () => {
  const at = await bench();
  const file = join(at.home, 'aws', 'config');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('[profile management]', '[profile managment]'));
  const keys = join(at.home, 'aws', 'credentials');
  const secret = await readFile(keys, 'utf8');
  await writeFile(keys, secret.replace('[management]', '[managment]'));
  const ended = await at.run();
  await said('26 profile-typo', ended);
  expect(ended.code).toBe(6);
  await writeFile(file, text);
  await writeFile(keys, secret);
  await goesOn(at, { flags: ['--new'] });
});

test('26 credential_process that fails: its profile and what it said', async () => {
  const at = await bench();
  const file = join(at.home, 'aws', 'config');
  const keys = join(at.home, 'aws', 'credentials');
  const [text, secret] = [await readFile(file, 'utf8'), await readFile(keys, 'utf8')];
  const fails = `"${process.execPath}" -e "console.error('vault is sealed'); process.exit(1)"`;
  await writeFile(
    file,
    text.replace('[profile management]', `[profile management]\ncredential_process = ${fails}`),
  );
  await writeFile(keys, secret.slice(secret.indexOf('[delegated]')));
  const ended = await at.run();
  await said('26 credential_process', ended);
  expect(ended.code).toBe(6);
  await writeFile(file, text);
  await writeFile(keys, secret);
  await judge(at);
  await goesOn(at);
});
