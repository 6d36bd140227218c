import { expect } from 'vitest';
import { severalOf, valuesOf } from '../../src/model/question.ts';
import { both, sampled, test } from '../more.ts';
import { ADA, ADMINS, DELEGATE, DEV, PROD } from './four-accounts.ts';
import { setup, usualAnswers } from './process.ts';

const answers = {
  ...usualAnswers,
  'administrator-user/user': severalOf(['ada', 'group:Admins']),
  'assign-administrator/target': severalOf([DEV, PROD]),
};
/** Somebody has the set before the run does. */
const inUse = { ...answers, 'administrator-user/already': 'add', 'permission-set/existing': 'replace@' };
const ids = [`USER:${ADA}`, `GROUP:${ADMINS}`].flatMap((who) =>
  [DEV, PROD].map((account) => `${who}@${account}`),
);
const assigning = ({ w }: ReturnType<typeof setup>) =>
  w.effects.filter((key) => key.startsWith('sso:CreateAccountAssignment'));

test('an answer of several values is a list of texts, each once; what is no list is one value', () => {
  expect(valuesOf(severalOf(['a', 'b', 'a']))).toEqual(['a', 'b']);
  for (const one of ['ada', '[ada', '[1]', '{"a":1}']) expect(valuesOf(one)).toEqual([one]);
});

test('a user and a group in two accounts: confirmed once, never two at once in one account', async () => {
  const all = setup({}, { answers });
  let most = 0;
  all.w.onSend((when, { operation, input }) => {
    if (when !== 'before' || operation !== 'sso:CreateAccountAssignment') return;
    const { TargetId } = input as { TargetId: string };
    const open = all.w.requests.filter(all.w.isUnderWay);
    expect(open.map((request) => request.kind === 'create' && request.account)).not.toContain(TargetId);
    most = Math.max(most, open.length);
  });
  expect(await all.p.all()).toBe('finished');
  expect(all.p.asks.filter((ask) => ask === 'assign-administrator: confirm')).toHaveLength(1);
  expect(assigning(all)).toHaveLength(4);
  expect(most).toBe(1); // the other account’s was under way meanwhile
  const goals = all.p.run().observations['assign-administrator']?.plan.goals ?? [];
  const profiles = [DEV, PROD].map((account) => `profile-${account}`);
  expect(goals.map(({ id }) => id).toSorted()).toEqual(['target', ...profiles, ...ids].toSorted());
});

test('who waits for room in an account does not wait long after there is some, however long AWS takes', async () => {
  for (const settle of [1_000, 30_000]) {
    const all = setup({ settle }, { answers: { ...answers, 'assign-administrator/target': DEV } });
    const sentAt: number[] = [];
    all.w.onSend((when, { operation }) => {
      if (when === 'before' && operation === 'sso:CreateAccountAssignment') sentAt.push(all.p.ports.now());
    });
    expect(await all.p.all()).toBe('finished');
    const [first = 0, second = 0] = sentAt;
    expect(second - first).toBeLessThan(settle * 1.1 + 400); // a fifth of a second, later a twentieth of what was waited
    expect(second - first).toBeGreaterThanOrEqual(settle);
  }
});

test('the account that most wait for comes first, so that none is left over to go alone at the end', async () => {
  const all = setup({}, { answers: inUse });
  const set = all.w.permSet('CodeWhisperer_administrator', '');
  all.w.assign({ account: DEV, set: set.arn, type: 'USER', principal: ADA });
  expect(await all.p.all()).toBe('finished');
  const accounts = assigning(all).map((key) => [DEV, PROD].find((account) => key.includes(account)));
  expect(accounts).toEqual([PROD, DEV, PROD]);
});

test('one account that fails does not lose the other; again, only what is missing is planned', async () => {
  const all = setup({ failIn: [DEV] }, { answers });
  expect(await all.p.all()).toBe('assign-administrator: failed');
  expect(all.w.assigned.map(({ account }) => account)).toEqual([PROD, PROD]);
  all.w.options.failIn = [];
  const before = all.w.sent.length;
  expect(await all.p.all()).toBe('finished');
  expect(all.w.sent.slice(before).every((key) => key.includes(DEV))).toBe(true);
  expect(all.w.assigned).toHaveLength(4);
});

test('one that is there already is not made again, and an assignment of somebody who is gone is said and counts for nobody', async () => {
  const gone = '99999999-9999-4999-a999-999999999999';
  const all = setup({}, { answers: inUse });
  const set = all.w.permSet('CodeWhisperer_administrator', '');
  for (const [account, principal] of [[DEV, ADA] as const, [PROD, gone] as const])
    all.w.assign({ account, set: set.arn, type: 'USER', principal });
  expect(await all.p.all()).toBe('finished');
  expect(assigning(all)).toHaveLength(3);
  const goals = all.p.run().observations['assign-administrator']?.plan.goals ?? [];
  expect(goals.find(({ id }) => id === `gone@${PROD}`)).toMatchObject({
    is: 'warning',
    found: expect.stringContaining(`user ${gone}`),
  });
});

test('all of it is taken back, confirmed once', async () => {
  const all = setup({}, { answers });
  expect(await all.p.all()).toBe('finished');
  all.clock.now += 120_000;
  const undo = all.start();
  expect(await undo.undo()).toBe('undone');
  expect(undo.asks.filter((ask) => ask === 'assign-administrator: confirm')).toHaveLength(1);
  expect([all.w.assigned, all.w.sets, all.w.delegated]).toEqual([[], [], []]);
});

both('killed at every event of the assignments: same end, one effect for each wish', async () => {
  const reference = setup({}, { answers });
  const left = await reference.leavings(async (p) => expect(await p.all()).toBe('finished'));
  const wanted = reference.w.effects.toSorted();
  const last = left.at(-1)?.at ?? 0;
  const late = left.filter(({ at }) => at >= last - 40);
  expect(late.length).toBeGreaterThan(40);
  for (const before of sampled(late, 3)) {
    const { w, p } = setup({}, { answers }, { before });
    const where = `event ${before.at}, ${before.written ? 'after' : 'before'} it was on disk`;
    expect(await p.all(), where).toBe('finished');
    expect(w.effects.toSorted(), where).toEqual(wanted);
    expect(w.sent, where).toHaveLength(wanted.length);
    expect(w.delegated.map(({ account }) => account)).toEqual([DELEGATE]);
  }
});
