import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { more, test } from '../more.ts';
import { minutes, trailed } from './trailed.ts';

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../docs/schemas/reconcile-1.schema.json'), 'utf8'),
);
const validate = new Ajv2020({ strict: true }).compile(schema);
const isMade = ({ name }: { readonly name: string }) => name === 'CreatePermissionSet';

test('every request of a run has its event, with both identities; the result is in the journal', async () => {
  const world = await trailed();
  await world.age(20 * minutes);
  const all = await world.requests();
  expect(all).toBeGreaterThan(4);
  const { code, out, err } = await world.reconcile();
  expect(err).toBe('');
  expect([code, out.split('\n')[0]]).toEqual([
    0,
    `The journal and CloudTrail agree: ${all} requests, and no event with this run’s id that the journal lacks.`,
  ]);
  const { events } = await world.journal();
  expect(events.findLast(({ type }) => type === 'reconciled')).toMatchObject({
    ...{ records: all, found: all, differences: [], waiting: [], unseen: [], others: [] },
  });
  const { told } = await world.json();
  expect(validate(told), JSON.stringify(validate.errors)).toBe(true);
  expect(told).toMatchObject({ format: 'cw-runbook/reconcile/1', run: world.id, recorded: true });
  const { out: log } = await world.at.cli(['audit', 'export']);
  expect(log).toMatch(/reconciled.*\d+ requests with CloudTrail/i);
});

more(
  'only LookupEvents is asked once the accounts are accepted, twice a second at most; without --yes nothing is',
  async () => {
    const world = await trailed();
    await world.age(20 * minutes);
    const before = world.at.simulator.ledger().requests.length;
    const refused = await world.at.cli(['audit', 'reconcile']);
    expect(refused.code).toBe(4);
    expect(refused.err).toMatch(/profile management: arn:.*account \d{12}.*\n.*--yes/);
    expect((await world.reconcile()).code).toBe(0);
    const asked = world.at.simulator.ledger().requests.slice(before);
    expect(new Set(asked.map(({ operation }) => operation))).toEqual(
      new Set(['sts:GetCallerIdentity', 'organizations:DescribeOrganization', 'cloudtrail:LookupEvents']),
    );
    expect(asked.filter(({ status }) => status !== 200)).toEqual([]);
  },
);

/** A run that has ended just now, and is told when to look. */
async function early() {
  const world = await trailed();
  // It has ended this moment: others may have begun with the same finished run minutes ago.
  const ended = (await world.journal()).events.at(-1)?.at ?? 0;
  await world.age(ended - Date.now(), 'kept');
  const { code, told } = await world.json();
  expect(code).toBe(3);
  expect(validate(told), JSON.stringify(validate.errors)).toBe(true);
  expect(told.waiting).toHaveLength(await world.requests());
  const { events } = await world.journal();
  const last = events.findLast((event) => event.type === 'intended' || event.type === 'anchored');
  expect(
    told.waiting
      .map(({ again }: { again: string }) => again)
      .toSorted()
      .at(-1),
  ).toBe(new Date((last?.at ?? 0) + 15 * minutes).toISOString());
  return world;
}
test('too early, it says when to look again', async () => {
  await early();
});
more('too early, and five minutes later CloudTrail has it', async () => {
  const world = await early();
  await world.age(6 * minutes, 'kept');
  expect((await world.json()).code).toBe(0);
});

test('an event that is missing, one of another request, and one that no record is of are differences', async () => {
  const world = await trailed();
  await world.age(20 * minutes);
  world.alter((events) => [
    ...events.filter(({ name }) => name !== 'RegisterDelegatedAdministrator'),
    ...events
      .filter(isMade)
      .map((event) => ({ ...event, id: 'copy', requestId: 'other', agent: event.agent.replace('#2', '#9') })),
  ]);
  await world.rewrite((events) =>
    events.map(
      (event): Event =>
        event.type === 'accepted' && event.attempt.includes('policy')
          ? { ...event, requestId: 'changed' }
          : event,
    ),
  );
  const { code, told } = await world.json();
  expect(code).toBe(2);
  expect(validate(told), JSON.stringify(validate.errors)).toBe(true);
  expect(told.differences.map(({ is }: { is: string }) => is).toSorted()).toEqual([
    'differs',
    'missing',
    'unrecorded',
  ]);
  expect(JSON.stringify(told.differences)).toMatch(
    /the journal says request changed, and CloudTrail request /,
  );
});

more('an account in which nobody may look is told, and the other one is looked at', async () => {
  const world = await trailed();
  await world.age(20 * minutes);
  const { url } = world.at.simulator;
  const delegate = world.at.account('Shared Services');
  await fetch(`${url}/_permissions`, {
    method: 'POST',
    body: JSON.stringify({ account: delegate.id, without: ['cloudtrail:LookupEvents'] }),
  });
  const { code, told } = await world.json();
  expect(code).toBe(3);
  expect(told).toMatchObject({ differences: [], waiting: [] });
  expect(told.found).toBeGreaterThan(0);
  expect(told.unseen).toMatchObject([{ says: expect.stringContaining(delegate.id) }]);
  expect(told.unseen[0].why).toMatch(/^AccessDeniedException: .*cloudtrail:LookupEvents/);
});
