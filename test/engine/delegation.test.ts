import { expect, test } from 'vitest';
import { operations } from './in-process.ts';
import { setup } from './process.ts';

test('a delegation that AWS acts on only 40 s later is waited for, without a question', async () => {
  const { p, w } = setup({ delegationLag: 40_000 });
  const { show } = p.ports;
  const waited = new Set<string | undefined>();
  p.ports.show = (activity) => {
    if (activity.is === 'waiting-to-show') waited.add(activity.why);
    show(activity);
  };
  expect(await p.all()).toBe('finished');
  expect(p.asks.filter((asked) => /unknown|blocked/.test(asked))).toEqual([]);
  expect([...waited]).toEqual([expect.stringMatching(/does not let account \d+ administer .* yet/)]);
  expect(operations(w.sent)).toHaveLength(4);
});

test('one that takes longer than the patience ends as not yet known, not to be waived; later it goes on', async () => {
  const { p, w, clock } = setup({ delegationLag: 3_600_000 });
  const began = clock.now;
  expect(await p.all()).toBe('delegated-identity: unknown');
  expect(clock.now - began).toBeLessThan(120_000);
  expect(p.run().observations['delegated-identity']?.plan.goals).toContainEqual(
    expect.objectContaining({ id: 'instance', is: 'unknown', firm: true, soon: true }),
  );
  clock.now += 3_600_000;
  expect(await p.all()).toBe('finished');
  expect(w.delegated).toHaveLength(1);
});

test('a denial that is not AWS’s word for a stranger stops at once', async () => {
  const { p, clock } = setup({ denied: 'sso:ListPermissionSets' });
  const began = clock.now;
  expect(await p.all()).toBe('delegated-identity: unknown');
  expect(clock.now).toBe(began);
});

test('who comes with the delegated administrator’s credentials alone waits too, while the registration is recent', async () => {
  const { p, start, clock, w } = setup({ delegationLag: 3_600_000 });
  expect(await p.all()).toBe('delegated-identity: unknown');
  w.expired.add('mgmt');
  const began = clock.now;
  expect(await start().all()).toBe('home-region: unknown');
  expect(clock.now).toBeGreaterThan(began + 30_000);
  clock.now += 3_600_000;
  expect(await start().all()).toBe('finished');
});

test('one service of AWS may act on a registration before another: that is waited for too', async () => {
  const { p, clock } = setup({ directoryLag: 30_000 });
  const began = clock.now;
  expect(await p.all()).toBe('finished');
  expect(clock.now - began).toBeGreaterThanOrEqual(30_000);
  expect(p.asks.filter((asked) => /unknown|blocked|by-hand/.test(asked))).toEqual([]);
});

test('deregistered since, and nobody of the management account there: said at once, and whom to ask', async () => {
  const { p, start, clock, w } = setup();
  expect(await p.all()).toBe('finished');
  w.expired.add('mgmt');
  w.delegated.length = 0;
  clock.now += 24 * 3_600_000;
  const began = clock.now;
  const next = start();
  expect(await next.all()).toBe('home-region: blocked');
  expect(clock.now).toBe(began);
  expect(next.run().observations['home-region']?.plan.goals).toContainEqual(
    expect.objectContaining({
      id: 'administrator',
      found: expect.stringMatching(/this run registered it on .* and it may have been deregistered since/),
    }),
  );
});
