import { expect, test } from 'vitest';
import type { Ask } from '../../src/engine/ask.ts';
import { describeOrphaned } from '../../src/model/progress/orphaned-changes.ts';
import { made } from '../../src/model/run.ts';
import { steps } from '../../steps/index.ts';
import { ADA, DEV, PROD } from './four-accounts.ts';
import { setup, usualAnswers } from './process.ts';

// The profile is in DEV. Whoever took PROD first may change their mind at the hand-over.
const step = steps.find(({ id }) => id === 'assign-administrator') ?? expect.fail();

/** Everything is done in PROD; at the end another account is chosen, and what was made first is kept or removed. */
async function another(verb: 'keep@' | 'remove@', end: (ask: Ask) => void = () => {}) {
  let target = PROD;
  const all = setup(
    {},
    {
      answers: { ...usualAnswers, 'assign-administrator/earlier': verb },
      on: (ask) => {
        end(ask);
        if (ask.is === 'question' && ask.goal.question === 'target') return { do: 'answer', answer: target };
        if (ask.is !== 'finished' || target !== PROD) return undefined;
        target = DEV;
        const { reconsider } = ask.plan;
        return reconsider ? { do: 'withdraw', ...reconsider } : expect.fail('no other account is offered');
      },
    },
  );
  expect(await all.p.all()).toBe('finished');
  return all;
}
const goals = (all: Awaited<ReturnType<typeof another>>) =>
  all.p.run().observations['assign-administrator']?.plan.goals ?? [];

test('without a profile in the account, that is said on the confirmation, before the change, and where there is one', async () => {
  const seen: string[] = [];
  await another('keep@', (ask) => {
    if (ask.is === 'confirm' && ask.step.id === step.id)
      seen.push(...ask.plan.goals.flatMap((goal) => (goal.is === 'warning' ? [goal.found] : [])));
  });
  expect(seen[0]).toMatch(new RegExp(`no profile was seen .* One was seen in .*${DEV}`));
});

test('what was assigned first is shown, and kept: that is recorded, and said', async () => {
  const all = await another('keep@');
  expect(all.w.assigned.map(({ account }) => account).toSorted()).toEqual([DEV, PROD]);
  expect(all.disk).toContainEqual(
    expect.objectContaining({ type: 'answered', question: 'earlier', answer: `keep@USER:${ADA}@${PROD}` }),
  );
  expect(goals(all)).toContainEqual(
    expect.objectContaining({ is: 'warning', id: `USER:${ADA}@${PROD}`, found: 'kept (your choice)' }),
  );
  // Kept is not asked for: how it is taken away goes on being told.
  expect(describeOrphaned(step, all.p.run())).toEqual([
    expect.stringMatching(/no longer selected: Assign .* It stays in force\. .*delete-account-assignment/),
  ]);
  expect(await all.start().undo()).toBe('undone');
  expect(all.w.assigned).toEqual([]);
});

test('what was assigned first is removed, by a change of its own that takes the account’s name', async () => {
  const confirmed: (readonly string[])[] = [];
  const all = await another('remove@', (ask) => {
    if (ask.is === 'confirm' && ask.step.id === step.id)
      confirmed.push(ask.changes.map(({ call, risk }) => `${risk} ${call.operation}`));
  });
  expect(confirmed).toEqual([
    ['routine sso:CreateAccountAssignment'],
    ['routine sso:CreateAccountAssignment'],
    ['dangerous sso:DeleteAccountAssignment'],
  ]);
  expect(all.w.assigned.map(({ account }) => account)).toEqual([DEV]);
  expect(describeOrphaned(step, all.p.run())).toEqual([]);
  expect(made(all.p.run(), step.id).map(({ change }) => change)).toEqual([`USER:${ADA}@${DEV}`]);
  // It stays so when the run is opened again, and an undo takes back the rest.
  expect(await all.start().all()).toBe('finished');
  expect(await all.start().undo()).toBe('undone');
  expect([all.w.assigned, all.w.sets]).toEqual([[], []]);
});

test('who goes back to the first account has it again, and nobody is said to have undone it', async () => {
  const all = await another('remove@');
  const q = all.start();
  await q.ports.record({ type: 'answered', step: step.id, question: 'target', answer: PROD });
  expect(await q.all()).toBe('finished');
  expect(all.w.assigned.map(({ account }) => account)).toEqual([PROD]);
});

test('with a profile in the account no other is offered', async () => {
  const offered: unknown[] = [];
  const all = setup({}, { on: (ask) => void (ask.is === 'finished' && offered.push(ask.plan.reconsider)) });
  expect(await all.p.all()).toBe('finished');
  expect(offered).toEqual([undefined]);
});
