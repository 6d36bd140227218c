import { expect, test } from 'vitest';
import type { Ask } from '../../src/engine/ask.ts';
import type { Activity } from '../../src/engine/ports.ts';
import { otherPolicy } from './four-accounts.ts';
import { setup, usualAnswers } from './process.ts';

const sets = 40;
const described = (reads: readonly string[]): number =>
  reads.filter((one) => one === 'sso:DescribePermissionSet').length;
/** A large organization, in which the operator leaves where a user is to be chosen. */
function large(on: (ask: Ask) => void = () => undefined) {
  const all = setup(
    {},
    {
      on: (ask) => {
        on(ask);
        return ask.is === 'question' && ask.goal.question === 'user' ? { do: 'leave' } : undefined;
      },
    },
  );
  for (let n = 0; n < sets; n++) all.w.permSet(`Set${n}`, otherPolicy);
  return all;
}

test('that no set has the name is searched for once: a later start sees that they are the same sets', async () => {
  const { w, start } = large();
  expect(await start().all()).toBe('administrator-user: question user');
  expect(described(w.reads)).toBe(sets);
  w.reads.length = 0;
  expect(await start().all()).toBe('administrator-user: question user');
  expect(described(w.reads)).toBe(0);
  // One more set, and nobody knows its name.
  w.permSet('CodeWhisperer_administrator', otherPolicy);
  w.reads.length = 0;
  await start().all();
  expect(described(w.reads)).toBeGreaterThan(0);
});

test('the search says how far it is, and that it can be skipped; skipped, it is not made again, and that is said', async () => {
  const asked: Ask[] = [];
  const { w, start } = large((ask) => void asked.push(ask));
  const p = start();
  const shown: Activity[] = [];
  Object.assign(p.ports, {
    show: (activity: Activity) => void shown.push(activity),
    passed: () => shown.some((one) => one.is === 'looking' && one.passes === true),
  });
  await p.all();
  expect(shown.find((one) => one.is === 'looking' && one.passes)).toMatchObject({
    progress: expect.stringMatching(/of 40 permission sets checked/),
  });
  expect(described(w.reads)).toBeLessThan(sets);
  const last = asked.at(-1);
  expect(last?.is === 'question' && last.plan.notes).toEqual([
    'Who has CodeWhisperer_administrator already could not be checked: you skipped the search',
  ]);
  const before = described(w.reads);
  if (last?.is === 'question') for await (const _ of last.choices?.() ?? []);
  expect(described(w.reads)).toBe(before);
});

test('what decides is searched for, whatever was skipped', async () => {
  const { w, start } = setup({}, { answers: usualAnswers });
  for (let n = 0; n < sets; n++) w.permSet(`Set${n}`, otherPolicy);
  const p = start();
  Object.assign(p.ports, { passed: () => true });
  expect(await p.all()).toBe('finished');
  expect(new Set(w.sets.map(({ name }) => name)).size).toBe(sets + 1);
  expect(described(w.reads)).toBeGreaterThanOrEqual(sets);
});
