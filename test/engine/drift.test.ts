import { expect, test } from 'vitest';
import { driftOf } from '../../src/model/drift.ts';
import type { Plan } from '../../src/model/plan.ts';
import { change, met } from '../../src/model/plan.ts';
import { documentedPolicy } from '../../steps/policies/index.ts';
import { operations } from './in-process.ts';
import { type Operator, setup } from './process.ts';

const name = 'CodeWhisperer_administrator';
const foreign = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';

/** The set is there, bare. At the confirmation of its policy somebody else does something, once. */
function meanwhile(does: (all: ReturnType<typeof setup>) => void, more?: Operator['on']) {
  let once = true;
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is === 'confirm' && ask.changes.some(({ id }) => id === 'policy') && once) {
          once = false;
          does(all);
        }
        return more?.(ask);
      },
    },
    { delegated: true },
  );
  all.w.permSet(name, '');
  return all;
}

test('another administrator’s policy is not written over: before, found and wanted are shown and written down', async () => {
  const seen: unknown[] = [];
  const all = meanwhile(
    ({ w }) => {
      for (const set of w.sets) w.put(set, foreign);
    },
    (ask) => {
      if (ask.is !== 'drifted') return undefined;
      seen.push(ask.drifts);
      return { do: 'leave' };
    },
  );
  expect(await all.p.all()).toBe('permission-set: drifted');
  expect(operations(all.w.sent)).toEqual([]);
  expect(all.w.sets[0]?.inline).toBe(foreign);
  const event = all.disk.at(-1);
  expect(event).toMatchObject({ type: 'drifted', step: 'permission-set' });
  expect(event?.type === 'drifted' && [event.drifts]).toEqual(seen);
  expect(event?.type === 'drifted' && event.drifts).toContainEqual({
    goal: 'policy',
    says: expect.stringContaining('policy'),
    before: 'nothing',
    found: foreign,
    wanted: documentedPolicy.text,
  });
  // What the plan leaves out while it asks has not drifted.
  expect(event?.type === 'drifted' && event.drifts.map(({ goal }) => goal)).toEqual(['policy']);
});

test('after a drift the operator sees it as it is now, and is asked about that', async () => {
  const all = meanwhile(({ w }) => {
    for (const set of w.sets) w.put(set, documentedPolicy.text);
  });
  expect(await all.p.all()).toBe('finished');
  expect(all.p.asks).toContain('permission-set: drifted');
  expect(operations(all.w.sent)).toEqual(['sso:CreateAccountAssignment']);
});

test('one old copy is not believed: what is as it was shown when looked at again is sent', async () => {
  const all = meanwhile(({ w, clock }) => {
    const [set] = w.sets;
    if (!set) return;
    const [right, until] = [set.inline, clock.now + 500];
    Object.defineProperty(set, 'inline', {
      configurable: true,
      get: () => (clock.now < until ? foreign : right),
      set: (value: string) => Object.defineProperty(set, 'inline', { value, writable: true }),
    });
  });
  expect(await all.p.all()).toBe('finished');
  expect(all.p.asks).not.toContain('permission-set: drifted');
  expect(operations(all.w.sent)[0]).toBe('sso:PutInlinePolicyToPermissionSet');
});

test('a drift says of each goal how it was and how it is, and leaves out what is the same', () => {
  const put = (before: string, consequences: readonly string[] = []) =>
    change(
      'policy',
      'Give it the policy',
      'sso:PutInlinePolicyToPermissionSet',
      { InstanceArn: 'i', PermissionSetArn: 'p', InlinePolicy: '{}' },
      { before, consequences },
    );
  const plan = (...goals: Plan['goals']): Plan => ({ goals });
  const same = met('same', 'Something', 'as it was');
  const drift = (was: Plan, is: Plan) => driftOf([put('')], was, is);
  expect(drift(plan(same, put('a')), plan(same, put('b')))).toEqual([
    { goal: 'policy', says: 'Give it the policy', before: 'a', found: 'b', wanted: '{}' },
  ]);
  expect(drift(plan(put('a', ['ann has it'])), plan(put('a', ['ann has it', 'bob too'])))).toMatchObject([
    { before: 'ann has it', found: 'ann has it bob too' },
  ]);
  expect(drift(plan(put('')), plan(met('policy', '', 'as wanted')))).toMatchObject([
    { before: 'nothing', found: 'as wanted' },
  ]);
  expect(drift(plan(same, put('')), plan(put('')))).toEqual([]);
  expect(drift(plan(put('')), plan(put(''), met('new', 'New', 'there')))).toEqual([
    { goal: 'new', says: 'New', before: 'none', found: 'there' },
  ]);
});
