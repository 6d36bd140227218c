import { DeleteAccountAssignmentCommand } from '@aws-sdk/client-sso-admin';
import { describe, expect, test } from 'vitest';
import { applyEvent, emptyRun } from '../../src/model/run.ts';
import { unconfirmedSends } from '../confirmations.ts';
import { clients } from '../simulator/simulated.ts';
import { changes, seeing } from '../words.ts';
import { type Runner, runner } from './in-process.ts';

const create = 'sso:CreatePermissionSet';
/** How often the program sent it, as its journal tells: what is lost on the way never comes to AWS. */
const sent = async ({ events }: Runner, operation: string): Promise<number> =>
  (await events()).filter((event) => event.type === 'intended' && event.call.operation === operation).length;
const portal = (operation: string, status = 403): object => ({
  ...{ fault: 'captive-portal', operation, times: 'always', status },
});
const strangers: readonly (readonly [string, (operation: string) => object])[] = [
  ['a page with HTTP 403', (operation) => portal(operation)],
  ['a page with HTTP 500', (operation) => portal(operation, 500)],
  ['a page with HTTP 200', (operation) => portal(operation, 200)],
  ['a broken connection', (operation) => ({ fault: 'offline', operation, times: 'always', ms: 0 })],
];

describe.each(strangers)('%s instead of AWS’s answer, always', (_, fault) => {
  test('a routine change is sent twice and no more, and what came back is said', async () => {
    const at = await runner('delegated');
    await at.order('_faults', fault(create));
    const { code, said } = await at.run();
    expect(code, said).toBe(3);
    expect(await sent(at, create)).toBe(2);
    expect(unconfirmedSends(await at.events())).toEqual([]);
    expect(said).toMatch(seeing`${changes.create} CodeWhisperer_administrator: sent 2 times, without effect`);
    expect(said).toMatch(/AWS shows that it had no effect[\s\S]*--reconfirm N/);
  });
});

test.each([
  [0, 1],
  [3, 4],
])('--reconfirm %i: sent %i times', async (reconfirm, times) => {
  const at = await runner('delegated');
  await at.order('_faults', portal(create));
  expect(await at.run({}, {}, { reconfirm })).toMatchObject({ code: 3 });
  expect(await sent(at, create)).toBe(times);
});

test('what takes effect the second time needs nobody', async () => {
  const at = await runner('delegated');
  await at.order('_faults', { ...portal(create), times: 1 });
  const { code, said } = await at.run();
  expect(code, said).toBe(0);
  expect(said).toMatch(/^warning +permission-set: .*Sent before, at 20.*what answered is not AWS/m);
  expect(unconfirmedSends(await at.events())).toEqual([]);
});

describe.each([
  'organizations:RegisterDelegatedAdministrator',
  create,
  'sso:PutInlinePolicyToPermissionSet',
  'sso:CreateAccountAssignment',
])('%s never gets through', (operation) => {
  const dangerous = operation.startsWith('organizations:');
  test(`${dangerous ? 'confirmed by name: once' : 'routine: twice'} in each start, and each start ends`, async () => {
    const at = await runner('fresh');
    await at.order('_faults', portal(operation, 503));
    const first = await at.run();
    expect(first.code, first.said).toBe(dangerous ? 4 : 3);
    const once = await sent(at, operation);
    expect(once).toBe(dangerous ? 1 : 2);
    const again = await at.run();
    expect(again.code, again.said).toBe(dangerous ? 4 : 3);
    expect(again.said).toMatch(/^warning .*Sent before, at 20/m);
    expect(await sent(at, operation)).toBe(2 * once);
    expect(unconfirmedSends(await at.events())).toEqual([]);
  });
});

test.each([
  'sso:DeleteAccountAssignment',
  'sso:DeletePermissionSet',
  'organizations:DeregisterDelegatedAdministrator',
])('undo: %s never gets through: sent once in each start', async (operation) => {
  const at = await runner('fresh');
  expect(await at.run()).toMatchObject({ code: 0 });
  await at.order('_faults', portal(operation));
  const { code, said } = await at.undo();
  expect(code, said).toBe(4);
  expect(said).toMatch(/: sent once, without effect[\s\S]*It needs a new confirmation/);
  expect(await sent(at, operation)).toBe(1);
  expect(await at.undo()).toMatchObject({ code: 4 });
  expect(await sent(at, operation)).toBe(2);
  expect(unconfirmedSends(await at.events())).toEqual([]);
});

describe('what this run did and somebody else takes away', () => {
  /** Another program takes the assignment away as soon as it is seen. */
  async function fought() {
    const at = await runner('fresh');
    expect(await at.run()).toMatchObject({ code: 0 });
    const made = (await at.events()).reduce(applyEvent, emptyRun).attempts.at(-1);
    const taken = async (): Promise<void> => {
      if (made?.intent.call.operation !== 'sso:CreateAccountAssignment') throw new Error('no assignment');
      const { sso } = clients(
        at.simulator.url,
        at.simulator.accounts[0] ?? expect.fail(),
        at.simulator.region,
      );
      await sso.send(new DeleteAccountAssignmentCommand(made.intent.call.input));
    };
    return { ...at, taken };
  }
  const assign = 'sso:CreateAccountAssignment';

  test('it is named, and nothing is sent', async () => {
    const at = await fought();
    await at.taken();
    const { code, said } = await at.run();
    expect(code, said).toBe(2);
    expect(said).toMatch(
      /this run did it at 20.* It has been undone since, by somebody else or by another program/,
    );
    expect(await sent(at, assign)).toBe(1);
    const [, key = ''] = /--confirm '?(assign-administrator\.[^'\s]+?)'?\.\s/.exec(said) ?? [];
    const agreed = await at.run({}, {}, { confirm: [key] });
    expect(agreed.code, agreed.said).toBe(0);
    expect(await sent(at, assign)).toBe(2);
    expect(unconfirmedSends(await at.events())).toEqual([]);
  });
});
