import { expect, test } from 'vitest';
import { usualPatience } from '../../src/engine/engine.ts';
import { RequestRejected } from '../../src/model/reader.ts';
import { documentedPolicy } from '../../steps/policies/index.ts';
import { operations } from './in-process.ts';
import { type Operator, setup } from './process.ts';

const name = 'CodeWhisperer_administrator';
const create = 'sso:CreatePermissionSet';

/** A world that refuses to create the set so often, and an operator who waits as long as the program wants. */
function busy(times: number, on?: Operator['on'], code = 'ConflictException') {
  const waits: number[] = [];
  const all = setup(
    {},
    {
      on: (ask) => {
        const reply = on?.(ask);
        if (ask.is !== 'busy') return reply;
        waits.push(ask.until - all.clock.now);
        if (!reply) all.clock.now = ask.until;
        return reply;
      },
    },
  );
  let left = times;
  all.w.onSend((when, { operation }) => {
    if (when === 'before' && operation === create && left-- > 0)
      throw new RequestRejected(code, 'There is a conflicting operation in process.', `req-busy-${left}`);
  });
  const confirms = () => all.p.asks.filter((ask) => ask === 'permission-set: confirm').length;
  const creates = () => operations(all.w.sent).filter((operation) => operation === create).length;
  return { ...all, waits, confirms, creates };
}

test.each(['ConflictException', 'ThrottlingException', 'TooManyRequestsException'])(
  'busy (%s) three times: waited for, longer each time, confirmed once, and each attempt has its own intent',
  async (code) => {
    const { p, waits, confirms, creates, disk } = busy(3, undefined, code);
    expect(await p.all()).toBe('finished');
    expect(waits).toHaveLength(3);
    for (const [n, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(usualPatience.pause * 2 ** n);
      expect(wait).toBeLessThanOrEqual(2 * usualPatience.longestPause);
    }
    expect(confirms()).toBe(2); // the set and its policy
    expect(creates()).toBe(4);
    expect(disk.filter((event) => event.type === 'intended' && event.change === 'set')).toHaveLength(4);
    expect(p.run().attempts.map(({ state }) => state)).toEqual([
      'verified',
      'refused',
      'refused',
      'refused',
      'verified',
      'verified',
      'verified',
    ]);
  },
);

test('busy for ever: given up when patience ends, with the reason, and taken up again when wanted', async () => {
  const { p, waits, creates, start, w } = busy(1_000_000);
  expect(await p.all()).toBe('permission-set: failed');
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThanOrEqual(usualPatience.toSettle);
  expect(creates()).toBe(waits.length + 1);
  w.onSend(() => {});
  expect(await start().all()).toBe('finished');
});

test('the operator waits no longer: it ends there, and nothing more is sent', async () => {
  const { p, creates } = busy(5, (ask) => (ask.is === 'busy' ? { do: 'decline' } : undefined));
  expect(await p.all()).toBe('permission-set: failed');
  expect(creates()).toBe(1);
});

test('the operator leaves while it is waited: nothing is in flight, and the next start asks again', async () => {
  const { p, start, creates, w } = busy(1, (ask) => (ask.is === 'busy' ? { do: 'leave' } : undefined));
  expect(await p.all()).toBe('permission-set: busy');
  expect(creates()).toBe(1);
  w.onSend(() => {});
  const next = start();
  expect(await next.all()).toBe('finished');
  expect(next.asks.filter((ask) => ask === 'permission-set: confirm')).toHaveLength(2);
});

test('“exists already” is no waiting: the next look finds what exists', async () => {
  const { p, w, waits, creates } = busy(0);
  w.onSend((when, { operation }) => {
    if (when !== 'before' || operation !== create) return;
    w.permSet(name, '');
    throw new RequestRejected(
      'ConflictException',
      `PermissionSet with name ${name} already exists.`,
      'req-1',
    );
  });
  expect(await p.all()).toBe('finished');
  expect(waits).toEqual([]);
  expect(creates()).toBe(1);
});

test('a refusal that does not pass is not waited for', async () => {
  const { p, waits, creates } = busy(1, undefined, 'AccessDeniedException');
  expect(await p.all()).toBe('permission-set: failed');
  expect([waits.length, creates()]).toEqual([0, 1]);
});

test('what was changed while it was waited is asked for anew, not sent', async () => {
  const all = busy(1, (ask) => {
    if (ask.is === 'busy') all.w.permSet(name, documentedPolicy.text);
    return undefined;
  });
  expect(await all.p.all()).toBe('finished');
  expect(all.creates()).toBe(1);
  expect(all.confirms()).toBe(0 + 1); // the set that was not made; its policy is right already
});
