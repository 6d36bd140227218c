import { expect, test } from 'vitest';
import { counting, countRequests } from '../../src/engine/reading/requests-spent.ts';
import { severalOf } from '../../src/model/question.ts';
import type { Aws } from '../../src/model/reader.ts';
import type { User } from '../../src/simulator/organization/state.ts';
import { DEV } from './four-accounts.ts';
import { setup, usualAnswers } from './process.ts';

/** AWS’s count as its quotas have it: a second's worth at once, 20 a second. Its clock is ours. */
function quota() {
  let [at, left, refused] = [1_000_000, 20, 0];
  const ask = (): void => {
    if (left < 1) refused++;
    else left--;
  };
  const pass = (ms: number): void => {
    at += ms;
    left = Math.min(20, left + ms / 50);
  };
  return { ask, pass, refused: () => refused, now: () => at, sleep: async (ms: number) => pass(ms) };
}

test.each([0, 5, 20, 60])(
  'changes right behind a look of %i reads are none too many, and wait for little',
  async (reads) => {
    const aws = quota();
    const spent = countRequests(aws);
    for (let n = 0; n < reads; n++) {
      spent.note('sso:ListAccountAssignments');
      aws.ask();
    }
    const [before, began] = [aws.refused(), aws.now()]; // a read that is refused the SDK sends again
    for (let n = 0; n < 15; n++) {
      await spent.room('sso:CreateAccountAssignment');
      spent.note('sso:CreateAccountAssignment');
      aws.ask();
    }
    expect(aws.refused()).toBe(before);
    expect(aws.now() - began).toBeLessThan(1_000);
  },
);

test('what AWS counts by itself waits for nothing else, and a clock that was set back holds nobody up', async () => {
  const aws = quota();
  const spent = countRequests(aws);
  for (let n = 0; n < 30; n++) spent.note('sso:ListAccountAssignments');
  const began = aws.now();
  await spent.room('identitystore:CreateUser');
  expect(aws.now()).toBe(began);
  aws.pass(-3_600_000);
  await spent.room('sso:CreateAccountAssignment');
  expect(aws.now() - began + 3_600_000).toBeLessThan(200);
});

test('each request counts once: a page that is the last is not asked for again', async () => {
  const noted: string[] = [];
  const spent = { note: (operation: string) => void noted.push(operation), room: async () => undefined };
  const pages = async function* () {
    yield { NextToken: 'more' };
    yield {};
  };
  const way = counting(
    { read: async () => ({}), pages, send: async () => ({ output: {}, requestId: '' }) } as unknown as Aws,
    spent,
  );
  for await (const _ of way.pages('sso:ListInstances', {})) noted.push('page');
  await way.read('sso:ListInstances', {});
  expect(noted).toEqual(['sso:ListInstances', 'page', 'sso:ListInstances', 'page', 'sso:ListInstances']);
});

test.each([1_000, 5_000])(
  'many in one account, %i ms each, take no more than 1.1 times what AWS makes necessary',
  async (settle) => {
    const names = Array.from({ length: 5 }, (_, n) => `person${n}`);
    const answers = {
      ...{ ...usualAnswers, 'administrator-user/user': severalOf(names) },
      'assign-administrator/target': severalOf([DEV]),
    };
    const all = setup({ settle }, { answers });
    const [one] = all.w.users;
    if (!one) throw new Error('there are users');
    names.forEach((userName, n) => {
      (all.w.users as User[]).push({ ...one, id: `${10 + n}${one.id.slice(2)}`, userName });
    });
    const sentAt: number[] = [];
    all.w.onSend((when, { operation }) => {
      if (when === 'before' && operation === 'sso:CreateAccountAssignment') sentAt.push(all.p.ports.now());
    });
    expect(await all.p.all()).toBe('finished');
    expect(sentAt).toHaveLength(5);
    const [first = 0, last = 0] = [sentAt[0], sentAt.at(-1)];
    expect((last - first) / (4 * settle)).toBeLessThan(1.1);
  },
);
