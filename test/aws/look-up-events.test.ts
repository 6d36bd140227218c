import { expect } from 'vitest';
import { connect } from '../../src/aws/client.ts';
import { createLookups } from '../../src/engine/reading/look-up-events.ts';
import type { Limit } from '../../src/model/reader.ts';
import type { Wanted } from '../../src/model/reconciling/told.ts';
import type { TrailEvent } from '../../src/simulator/organization/trail.ts';
import { both, more, sampled, test } from '../more.ts';
import { simulated } from '../simulator/simulated.ts';
import { environment } from './hostile.ts';

const minute = 60_000;
/** The client of the program at a simulated CloudTrail. Both clocks go on when it waits. */
async function lookups(most = 400, skim?: Limit['skim']) {
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const world = await simulated('delegated', { now });
  const { management, simulator, url } = world;
  environment({
    ...{ AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: management.accessKeyId },
    AWS_SECRET_ACCESS_KEY: management.secretAccessKey,
  });
  const aws = connect({
    env: process.env,
    ...{ actor: 'management', source: { kind: 'environment' }, region: 'us-east-1', program: 'p/1' },
  });
  const pauses: number[] = [];
  const sleep = async (ms: number): Promise<void> => {
    pauses.push(ms);
    ahead += ms;
  };
  const from = now() - 60 * minute;
  const wanted: Wanted = {
    ...{ account: management.id, region: 'us-east-1', source: 'sso.amazonaws.com', from },
    names: ['CreatePermissionSet', 'DeletePermissionSet'],
  };
  const trail = simulator.trail();
  const add = (count: number, more: Partial<TrailEvent> = {}): void => {
    const first = trail.length;
    for (let n = 0; n < count; n++)
      trail.push({
        ...{ id: `event ${first + n}`, at: from + minute + n * 10, seen: 0, account: management.id },
        ...{ region: 'us-east-1', source: 'sso.amazonaws.com', name: 'ListPermissionSets', readOnly: true },
        ...{ requestId: `request ${first + n}`, agent: 'a', from: '192.0.2.1', asked: null, answered: null },
        by: { arn: `arn:aws:iam::${management.id}:user/a`, userId: 'AIDA' },
        ...more,
      });
  };
  const asked = () =>
    simulator.ledger().requests.filter(({ operation }) => operation === 'cloudtrail:LookupEvents');
  const made = createLookups({ now, sleep }, most, undefined, skim);
  const look = (more: Partial<Wanted> = {}) => made.look(aws, { ...wanted, ...more });
  return { ...world, look, add, asked, pauses, wanted };
}

test.each([0, 1, 49, 50, 51, 100, 1_000])(
  '%i events of a service: all of them, page by page',
  async (count) => {
    const { look, add, asked, wanted } = await lookups();
    add(count);
    const { events, looked } = await look();
    expect(new Set(events.map(({ id }) => id)).size).toBe(count);
    expect(looked).toMatchObject([{ from: wanted.from }]);
    expect(looked[0]?.why).toBeUndefined();
    expect(asked()).toHaveLength(Math.max(1, Math.ceil(count / 50)));
    expect(asked().every(({ status }) => status === 200)).toBe(true);
  },
);

both.each(sampled([10_000, 100_000], 2))(
  'of %i events those of the operations that matter are found, in few pages, and none is refused for haste',
  async (count) => {
    const { look, add, asked, pauses, wanted } = await lookups();
    add(count / 2);
    add(120, { name: 'CreatePermissionSet', readOnly: false });
    add(count / 2);
    const { events, looked } = await look();
    expect(events.filter(({ name }) => name === 'CreatePermissionSet')).toHaveLength(120);
    expect(looked).toMatchObject([{ from: wanted.from, byName: true }]);
    expect(asked().length).toBe(20 + 3 + 1);
    expect(asked().every(({ status }) => status === 200)).toBe(true);
    expect(pauses.every((ms) => ms <= 520)).toBe(true);
  },
);

test('a page that was read as it came is not taken apart: its age, the next page and nothing else', async () => {
  const skimmed: number[] = [];
  const Events = [{ EventTime: new Date(0) }];
  const { look, add, asked } = await lookups(400, (body) => {
    const text = Buffer.from(body).toString();
    skimmed.push(text.length);
    const [, NextToken] = /"NextToken":"([^"]+)"/.exec(text) ?? [];
    return text.includes('event 70"') || NextToken === undefined ? undefined : { Events, NextToken };
  });
  add(300);
  const { events } = await look();
  expect([asked().length, skimmed.length]).toEqual([6, 6]);
  expect(events.length).toBe(100);
});

test('it stops at its limit, and says how far it came', async () => {
  const { look, add, wanted } = await lookups(22);
  add(5_000);
  add(500, { name: 'CreatePermissionSet', readOnly: false });
  const { events, looked } = await look();
  expect(events.length).toBeGreaterThan(100);
  const [covered, rest] = looked;
  expect(covered?.from).toBeGreaterThan(wanted.from);
  expect(rest).toMatchObject({ from: wanted.from, why: expect.stringContaining('after 22 pages') });
});

test('where it stops, events of the same second may be unread: it says no more than it knows', async () => {
  const { look, add, simulator, wanted } = await lookups(22);
  add(1_100, { at: wanted.from + 50 * minute });
  add(500, { name: 'CreatePermissionSet', readOnly: false });
  const { events, looked } = await look({ names: ['CreatePermissionSet'] });
  const known = new Set(events.map(({ id }) => id));
  const from = looked[0]?.from ?? 0;
  const younger = simulator.trail().filter(({ name, at }) => name === 'CreatePermissionSet' && at >= from);
  expect(younger.length).toBeGreaterThan(1);
  expect(younger.filter(({ id }) => !known.has(id))).toEqual([]);
});

test('events outside of the time, of another service, account or Region are none of it', async () => {
  const { look, add, wanted, named } = await lookups();
  add(1, { at: wanted.from - minute });
  add(1, { source: 'sts.amazonaws.com', name: 'CreatePermissionSet' });
  add(1, { account: named('Workloads Dev').id });
  add(1, { region: 'eu-west-1' });
  add(1);
  expect((await look()).events).toHaveLength(1);
  expect((await look({ until: wanted.from + 1_000 })).events).toHaveLength(0);
});

test('only some operations, where a service has too many', async () => {
  const { look, add, asked } = await lookups();
  add(1, { source: 'sts.amazonaws.com', name: 'GetCallerIdentity' });
  add(1, { source: 'sts.amazonaws.com', name: 'AssumeRole' });
  const { events } = await look({ source: 'sts.amazonaws.com', names: ['GetCallerIdentity'], only: true });
  expect(events.map(({ name }) => name)).toEqual(['GetCallerIdentity']);
  expect(asked()).toHaveLength(1);
});

more('who may not look is told AWS’s words; a throttled lookup waits, longer each time', async () => {
  const { look, add, url, management, pauses } = await lookups();
  add(1);
  const order = (body: object) => fetch(`${url}/_faults`, { method: 'POST', body: JSON.stringify(body) });
  // The SDK tries five times by itself.
  await order({ fault: 'throttle-burst', operation: 'cloudtrail:LookupEvents', times: 6 });
  expect((await look()).events).toHaveLength(1);
  expect(pauses.some((ms) => ms > 700)).toBe(true);
  await fetch(`${url}/_permissions`, {
    method: 'POST',
    body: JSON.stringify({ account: management.id, denied: ['cloudtrail:*'] }),
  });
  const { events, looked } = await look();
  expect([events.length, looked[0]?.why]).toEqual([
    0,
    expect.stringMatching(/^AccessDeniedException: .*explicit deny in an identity-based policy/),
  ]);
});
