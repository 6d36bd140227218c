import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutInlinePolicyToPermissionSetCommand } from '@aws-sdk/client-sso-admin';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { view } from '../simulator/simulated.ts';
import { days, minutes, trailed } from './trailed.ts';

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../docs/schemas/reconcile-1.schema.json'), 'utf8'),
);
const validate = new Ajv2020({ strict: true }).compile(schema);
const isMade = ({ name }: { readonly name: string }) => name === 'CreatePermissionSet';

test('every request of a run has its event, with both identities; the result is in the journal', async () => {
  const world = await trailed();
  await world.age(20 * minutes);
  const { code, out, err } = await world.reconcile();
  expect(err).toBe('');
  expect([code, out.split('\n')[0]]).toEqual([
    0,
    'The journal and CloudTrail agree: 14 requests, and no event with this run’s id that the journal lacks.',
  ]);
  const { events } = await world.journal();
  expect(events.at(-1)?.type).toBe('closed');
  expect(events.at(-2)).toMatchObject({
    type: 'reconciled',
    ...{ records: 14, found: 14, differences: [], waiting: [], unseen: [], others: [] },
  });
  const { told } = await world.json();
  expect(validate(told), JSON.stringify(validate.errors)).toBe(true);
  expect(told).toMatchObject({ format: 'cw-runbook/reconcile/1', run: world.id, recorded: true });
  const { out: log } = await world.at.cli(['audit', 'export']);
  expect(log).toMatch(/reconciled.*14 requests with CloudTrail/i);
});

test('only LookupEvents is asked once the accounts are accepted, twice a second at most; without --yes nothing is', async () => {
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
});

test('too early, it says when to look again; five minutes later CloudTrail has it', async () => {
  const world = await trailed();
  const { code, told } = await world.json();
  expect(code).toBe(3);
  expect(validate(told), JSON.stringify(validate.errors)).toBe(true);
  expect(told.waiting).toHaveLength(14);
  const { events } = await world.journal();
  const last = events.findLast((event) => event.type === 'anchored');
  expect(
    told.waiting
      .map(({ again }: { again: string }) => again)
      .toSorted()
      .at(-1),
  ).toBe(new Date((last?.at ?? 0) + 15 * minutes).toISOString());
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

test('a record that was taken out of the journal leaves its event behind', async () => {
  const world = await trailed();
  await world.age(20 * minutes);
  const { events } = await world.journal();
  const gone = events.flatMap((event) =>
    event.type === 'intended' && event.call.operation === 'sso:PutInlinePolicyToPermissionSet'
      ? [event.attempt]
      : [],
  );
  await world.rewrite((all) => all.filter((event) => !('attempt' in event && gone.includes(event.attempt))));
  const { code, told } = await world.json();
  expect(code).toBe(2);
  expect(told.differences).toMatchObject([{ is: 'unrecorded' }]);
  expect(told.differences[0].says).toMatch(/^PutInlinePolicyToPermissionSet, .*bears this run’s id/);
});

test('what another made of the set meanwhile is told, and is no difference', async () => {
  const world = await trailed();
  const { sso } = view(world.at.simulator).as(world.at.account('Shared Services'));
  const { events } = await world.journal();
  const put = events.flatMap((event) =>
    event.type === 'intended' && event.call.operation === 'sso:PutInlinePolicyToPermissionSet'
      ? [event.call.input]
      : [],
  )[0];
  if (put === undefined) throw new Error('no policy was put');
  await sso.send(new PutInlinePolicyToPermissionSetCommand({ ...put }));
  const end = (events.at(-1)?.at ?? 0) - 1_000;
  world.alter((all) => all.map((event, n) => (n === all.length - 1 ? { ...event, at: end } : event)));
  await world.age(20 * minutes);
  const { code, told } = await world.json();
  expect(told.others).toMatchObject([
    expect.stringMatching(/^PutInlinePolicyToPermissionSet, .*with the credentials of this run$/),
  ]);
  expect(code).toBe(0);
});

test('an account in which nobody may look is told, and the other one is looked at', async () => {
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
  expect(told).toMatchObject({ found: 6, differences: [], waiting: [] });
  expect(told.unseen[0]).toMatchObject({ says: expect.stringContaining(delegate.id) });
  expect(told.unseen[0].why).toMatch(/^AccessDeniedException: .*cloudtrail:LookupEvents/);
});

test('what is older than 90 days cannot be looked up', async () => {
  const world = await trailed();
  await world.age(91 * days);
  const { code, told } = await world.json();
  expect(code).toBe(3);
  expect(told.unseen[0].why).toMatch(/90 days/);
  expect(told.differences).toEqual([]);
});

test('credentials of another account are not taken; what the other identity sees is told', async () => {
  const world = await trailed();
  await world.age(20 * minutes);
  const answers = join(world.at.home, 'other.json');
  const profiles = { management: 'management', 'delegated-administrator': 'management' };
  await writeFile(answers, JSON.stringify({ profiles }));
  const { code, told, err } = await world.json('--answers', answers);
  expect(code).toBe(6);
  expect(told).toMatchObject({ found: 1, differences: [] });
  expect(err).toMatch(/profile management acts for account/);
});

test('a throttled lookup is asked again, slower', async () => {
  const world = await trailed();
  await world.age(20 * minutes);
  await fetch(`${world.at.simulator.url}/_faults`, {
    method: 'POST',
    body: JSON.stringify({ fault: 'throttle-burst', operation: 'cloudtrail:LookupEvents', times: 3 }),
  });
  expect((await world.json()).code).toBe(0);
});

test('events that come late are awaited: trail-late', async () => {
  const world = await trailed();
  await world.age(20 * minutes);
  const later = Date.now() + 60 * minutes;
  world.alter((events) => events.map((event) => (isMade(event) ? { ...event, seen: later } : event)));
  const { code, told } = await world.json();
  expect(code).toBe(2);
  expect(told.differences).toMatchObject([{ is: 'missing' }]);
});
