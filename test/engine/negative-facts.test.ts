import { expect, test } from 'vitest';
import { MGMT } from './four-accounts.ts';
import { setup, usualAnswers } from './process.ts';

// What did not happen is in the journal, too. Declined changes: operator.test.ts. Declined identities: identify.test.ts.
// Changes that were confirmed and not sent: drift.test.ts, provisioning.test.ts. Repairs: test/journal/damage.test.ts.

test('another identity acts than was accepted: the journal has the confirmation, who was accepted then, and no request before', async () => {
  const other = `arn:aws:sts::${MGMT}:assumed-role/other/op`;
  let once = true;
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is === 'confirm' && once) {
          once = false;
          all.w.profiles.set('mgmt', { account: MGMT, arn: other });
        }
        return ask.is === 'credentials' && ask.problem
          ? { do: 'use', source: { kind: 'profile', name: 'mgmt' } }
          : undefined;
      },
    },
  );
  expect(await all.p.all()).toBe('finished');
  const told = all.disk.flatMap((event) => {
    if (event.type === 'identified' && event.actor === 'management') return [`identified ${event.arn}`];
    if (event.type === 'confirmed' || event.type === 'intended') return [`${event.type} ${event.step}`];
    return [];
  });
  const step = 'register-delegated-administrator';
  expect(told.slice(0, 4)).toEqual([
    `identified arn:aws:sts::${MGMT}:assumed-role/admin/op`,
    `confirmed ${step}`,
    `identified ${other}`,
    `confirmed ${step}`,
  ]);
  expect(told[4]).toBe(`intended ${step}`);
});

test('a step that is skipped, and one that was as wanted before: the journal has how each stood, and no request', async () => {
  const { p, disk } = setup(
    {},
    { answers: { ...usualAnswers, 'session-duration/seen': 'skipped' } },
    { delegated: true },
  );
  expect(await p.all()).toBe('finished');
  expect(disk).toContainEqual(
    expect.objectContaining({ type: 'answered', step: 'session-duration', answer: 'skipped' }),
  );
  const of = (type: string) =>
    disk.filter((event) => event.type === type && 'step' in event && event.step === delegating);
  const delegating = 'register-delegated-administrator';
  const goals = of('looked').flatMap((event) => (event.type === 'looked' ? event.plan.goals : []));
  expect(new Set(goals.map(({ is }) => is))).toEqual(new Set(['met']));
  expect(of('read')).toHaveLength(1);
  expect([...of('confirmed'), ...of('intended')]).toEqual([]);
});

test('what AWS refuses: the journal has its code, its words and the id of the request', async () => {
  const { p, disk } = setup({ denied: 'sso:CreatePermissionSet' });
  await p.all();
  const intended = disk.flatMap((event) => (event.type === 'intended' ? [event.attempt] : []));
  expect(disk.findLast(({ type }) => type === 'ended')).toMatchObject({
    attempt: intended.at(-1),
    outcome: {
      ...{ ended: 'refused', code: 'AccessDeniedException' },
      ...{ why: expect.stringMatching(/\w/), requestId: expect.stringMatching(/\w/) },
    },
  });
});
