import { expect, test } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { headIn } from '../../src/model/evidence/head-tag.ts';
import { make } from './killing.ts';

/** The hashes in the tags of a permission set, of each time that it was to be made. */
const headsOf = (disk: readonly Event[]): readonly (string | undefined)[] =>
  disk.flatMap((event) =>
    event.type === 'intended' && event.call.operation === 'sso:CreatePermissionSet'
      ? [headIn(event.call.input)]
      : [],
  );

test('killed between the intent and the call, the next start sends the permission set with the same hash', async () => {
  const organization = 'a fresh organization, with a new user';
  const first = make(organization, {});
  /** A journal's head that tells how many records there are. */
  const head = (disk: readonly Event[]) => () => ({
    record: disk.length,
    hash: String(disk.length).padStart(64, '0'),
  });
  const left = await first.leavings((p) => {
    p.engine.ports.head = head(first.disk);
    return p.all();
  });
  const intended = left.filter(({ written, disk }) => written && headsOf(disk.slice(-1)).length > 0);
  expect(intended).toHaveLength(1);
  for (const one of intended) {
    const [before] = headsOf(one.disk);
    expect(Number(before)).toBeGreaterThan(0);
    const again = make(organization, {}, one);
    expect(again.w.sets).toEqual([]);
    again.p.engine.ports.head = head(again.disk);
    expect(await again.p.all()).toBe('finished');
    expect(headsOf(again.disk)).toEqual([before, before]);
  }
});
