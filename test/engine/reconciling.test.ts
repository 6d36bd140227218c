import { expect, test } from 'vitest';
import { createLookups } from '../../src/engine/reading/look-up-events.ts';
import { newJournal } from '../../src/journal/format.ts';
import type { Event } from '../../src/model/event.ts';
import { writes } from '../../src/model/operations.ts';
import { reconcile } from '../../src/model/reconciling/reconcile.ts';
import { toldBy, wantedFor } from '../../src/model/reconciling/told.ts';
import { DELEGATE } from './four-accounts.ts';
import { setup } from './process.ts';

const hour = 60 * 60_000;
/** A person's run, its journal, and what looking it up in CloudTrail an hour later gives. */
async function walked() {
  const { w, p, disk, clock } = setup({ anchors: true });
  const journal = (events: readonly Event[]) =>
    newJournal(
      {
        ...{ journal: 4, run: 'run-1', program: 'cw-runbook/1.0.0', simulated: true },
        ...{ endpoint: 'in process', started: new Date(0).toISOString() },
      },
      events,
    );
  p.engine.ports.head = () => ({ record: disk.length, hash: journal(disk).head });
  expect(await p.all()).toBe('finished');
  clock.now += hour;
  const lookUp = async (events: readonly Event[]) => {
    const told = toldBy(p.run(), events, journal(events).hashes);
    const wanted = wantedFor(told, {
      ...{ run: p.run(), events, operations: Object.keys(writes), now: clock.now },
    });
    const sleep = async (ms: number): Promise<void> => {
      clock.now += ms;
    };
    const lookups = createLookups({ now: () => clock.now, sleep }, 400);
    const found = [];
    for (const one of wanted) {
      const [actor, name] =
        one.account === DELEGATE
          ? (['delegated-administrator', 'delegate'] as const)
          : (['management', 'mgmt'] as const);
      found.push(await lookups.look(w.connect(actor, { kind: 'profile', name }, one.region), one));
    }
    const trail = {
      events: found.flatMap(({ events: some }) => some),
      looked: found.flatMap(({ looked }) => looked),
    };
    return { trail, ...reconcile(told, trail, clock.now) };
  };
  return { w, disk, lookUp };
}

test('what a person confirmed step by step is found by its request id, and each hash is the journal’s', async () => {
  const { w, disk, lookUp } = await walked();
  const { records, anchors, unrecorded, others, trail } = await lookUp(disk);
  expect(records).toHaveLength(w.sent.length);
  expect(new Set(records.map(({ is }) => is))).toEqual(new Set(['found']));
  const byId = new Map(trail.events.map((event) => [event.id, event.requestId]));
  const told = disk.flatMap((event) => (event.type === 'accepted' ? [event.requestId] : []));
  expect(records.map((one) => byId.get('event' in one ? one.event : ''))).toEqual(told);
  expect(anchors.length).toBeGreaterThan(5);
  expect(new Set(anchors.map(({ is }) => is))).toEqual(new Set(['found']));
  expect([...unrecorded, ...others]).toEqual([]);
});

test('a record that was changed since has another hash than AWS was told', async () => {
  const { disk, lookUp } = await walked();
  const [first] = disk.flatMap((event) => (event.type === 'anchored' ? [event.record] : []));
  const forged = disk.map((event, n): Event => (n + 1 === first ? { ...event, at: event.at + 1 } : event));
  const { anchors, unrecorded } = await lookUp(forged);
  expect(new Set(anchors.map(({ is }) => is))).toEqual(new Set(['differs']));
  expect(new Set(unrecorded.map(({ is }) => is))).toEqual(new Set(['unknown-head']));
});
