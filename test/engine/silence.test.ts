import { expect, test } from 'vitest';
import { usualPatience } from '../../src/engine/engine.ts';
import type { Activity } from '../../src/engine/ports.ts';
import { OutcomeUnknown, RequestRejected } from '../../src/model/reader.ts';
import { operations } from './in-process.ts';
import { type Process, setup } from './process.ts';

const minute = 60_000;
/** From now on AWS cannot be read for so long. What is sent arrives. */
function silent(p: Process, clock: { readonly now: number }, ms: number, error: () => Error): Activity[] {
  const until = clock.now + ms;
  const shown: Activity[] = [];
  const { connect, show } = p.ports;
  p.ports.connect = (...asked) => {
    const way = connect(...asked);
    return {
      ...way,
      read: async (...call) => {
        if (clock.now < until && call[0] !== 'sts:GetCallerIdentity') throw error();
        return way.read(...call);
      },
    };
  };
  p.ports.show = (activity) => {
    shown.push(activity);
    show(activity);
  };
  return shown;
}
const offline = () => new OutcomeUnknown('the connection broke');
const throttled = () => new RequestRejected('ThrottlingException', 'Rate exceeded');

test.each([
  ['offline', offline],
  ['asked too often', throttled],
])('%s for minutes: it is said, and the run goes on by itself', async (_, error) => {
  const { p, clock, w } = setup();
  const shown = silent(p, clock, 5 * minute, error);
  expect(await p.all()).toBe('finished');
  expect(p.asks.filter((ask) => ask.endsWith(': unknown'))).toEqual([]);
  expect(shown.filter(({ is }) => is === 'no-answer')).not.toEqual([]);
  expect(w.sent).toHaveLength(4);
});

test('silent for longer than anybody waits: the operator is asked, and nothing was sent', async () => {
  const { p, clock, w } = setup();
  silent(p, clock, 10 * usualPatience.toSettle, offline);
  expect(await p.all()).toMatch(/: unknown$/);
  expect(w.sent).toEqual([]);
});

test('after a lost reply AWS cannot be read for minutes: nothing is concluded before it can, nothing is sent twice', async () => {
  const { p, clock, w } = setup();
  w.onSend((when, { operation }) => {
    if (when !== 'after' || operation !== 'sso:CreatePermissionSet') return;
    silentNow = clock.now + 4 * minute;
    w.lose();
  });
  let silentNow = 0;
  const { connect } = p.ports;
  p.ports.connect = (...asked) => {
    const way = connect(...asked);
    return {
      ...way,
      read: async (...call) => {
        if (clock.now < silentNow) throw offline();
        return way.read(...call);
      },
    };
  };
  expect(await p.all()).toBe('finished');
  expect(p.asks.filter((ask) => ask.endsWith('cannot-tell'))).toEqual([]);
  expect(operations(w.sent).filter((one) => one === 'sso:CreatePermissionSet')).toHaveLength(1);
  expect(p.run().attempts.find(({ intent }) => intent.change === 'set')).toMatchObject({
    state: 'verified',
    outcome: { by: 'look' },
  });
});

test('AWS falls silent when it is asked who acts, right before the call: nothing is sent until it answers', async () => {
  const { p, w } = setup();
  let ask = 0;
  const { connect } = p.ports;
  p.ports.connect = (...asked) => {
    const way = connect(...asked);
    return {
      ...way,
      read: async (...call) => {
        if (call[0] === 'sts:GetCallerIdentity' && w.sent.length === 1 && ask++ < 12) throw offline();
        return way.read(...call);
      },
    };
  };
  expect(await p.all()).toBe('finished');
  expect(ask).toBeGreaterThan(1);
  expect(w.sent).toHaveLength(4);
});
