import { expect, test } from 'vitest';
import { unattended } from '../../src/commands/unattended/unattended.ts';
import type { Ask, Reply } from '../../src/engine/ask.ts';
import { unconfirmedSends } from '../confirmations.ts';
import { ADA, DEV } from '../engine/four-accounts.ts';
import { operations } from '../engine/in-process.ts';
import { type Process, setup, usualAnswers } from '../engine/process.ts';

const file = {
  profiles: { management: 'mgmt', 'delegated-administrator': 'delegate' },
  roles: {},
  externalIds: {},
  answers: Object.fromEntries(
    Object.entries(usualAnswers).map(([key, answer]) => [key.replace('/', '.'), answer]),
  ),
  waive: {},
};

/** The unattended run in a small organization in memory, where somebody else does `then` at each question. */
function fought(then: (ask: Ask, w: ReturnType<typeof setup>['w']) => void, confirm: readonly string[] = []) {
  let reply: (ask: Ask) => Promise<Reply> = () => expect.fail();
  const all = setup(
    {},
    {
      on: (ask) => {
        then(ask, all.w);
        return reply(ask);
      },
    },
  );
  const start = (): { readonly p: Process; readonly reason: () => { code: number } | undefined } => {
    const p = all.start();
    const operator = unattended(
      file,
      { yes: true, confirm: ['Identity', 'Dev', ...confirm] },
      () => {},
      async (ms) => {
        all.clock.now += ms;
      },
      () => p.run(),
    );
    reply = (ask) => operator.ask(ask);
    return { p, reason: operator.reason };
  };
  return { ...all, start };
}
const assigns = (w: ReturnType<typeof setup>['w']): number =>
  operations(w.sent).filter((one) => one === 'sso:CreateAccountAssignment').length;

test('another program takes the assignment away each time: made once, and it ends with who is at odds', async () => {
  const { w, disk, start } = fought((ask, w) => {
    if (ask.is === 'done' && ask.step.id === 'assign-administrator') w.unassign();
  });
  const { p, reason } = start();
  await p.all();
  expect(reason()).toMatchObject({
    code: 2,
    says: expect.arrayContaining([expect.stringMatching(/this run did it at .* It has been undone since/)]),
  });
  expect(assigns(w)).toBe(1);
  expect(unconfirmedSends(disk)).toEqual([]);
});

test('not even where it was agreed to make it again is it made twice in one start', async () => {
  const key = `assign-administrator.USER:${ADA}@${DEV}`;
  const { w, disk, start } = fought(
    (ask, w) => {
      if (ask.is === 'done' && ask.step.id === 'assign-administrator') w.unassign();
    },
    [key],
  );
  await start().p.all();
  const { p, reason } = start();
  await p.all();
  expect(reason()).toMatchObject({ code: 2 });
  expect(assigns(w)).toBe(2);
  expect(unconfirmedSends(disk)).toEqual([]);
});
