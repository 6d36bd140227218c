import { expect, test } from 'vitest';
import { OutcomeUnknown, RequestRejected } from '../../src/model/reader.ts';
import { operations } from './in-process.ts';
import { type Process, setup } from './process.ts';

const status = 'sso:DescribeAccountAssignmentCreationStatus';
/** How the request stands cannot be asked, so many times; the list of requests tells nothing either. */
function deaf(p: Process, error: () => Error, times = Number.POSITIVE_INFINITY): { asked: number } {
  const seen = { asked: 0 };
  const { connect } = p.ports;
  p.ports.connect = (...given) => {
    const way = connect(...given);
    return {
      ...way,
      read: async (...call) => {
        if (call[0] === status && seen.asked++ < times) throw error();
        return way.read(...call);
      },
    };
  };
  return seen;
}
const last = (p: Process) =>
  p.run().attempts.findLast(({ intent }) => intent.step === 'assign-administrator');

test.each([
  ['an error of AWS’s own', () => new OutcomeUnknown('HTTP 500')],
  ['no such request', () => new RequestRejected('ResourceNotFoundException', 'no such request')],
  ['denied', () => new RequestRejected('AccessDeniedException', 'no')],
  ['too often', () => new RequestRejected('ThrottlingException', 'slow down')],
])('%s, always, where it is asked how the assignment stands: what AWS shows is taken', async (_, error) => {
  const { p, w } = setup();
  w.onSend((when, { operation }) => {
    // Nobody polls the request: AWS ends it by itself.
    if (when !== 'after' || operation !== 'sso:CreateAccountAssignment') return;
    w.settled();
  });
  deaf(p, error);
  expect(await p.all()).toBe('finished');
  expect(last(p)).toMatchObject({ state: 'verified' });
  expect(operations(w.sent).filter((one) => one === 'sso:CreateAccountAssignment')).toHaveLength(1);
});

test.each([
  ['no such request', () => new RequestRejected('ResourceNotFoundException', 'not known yet')],
  ['no answer', () => new OutcomeUnknown('the connection broke')],
])('%s, once: it is asked again, and the request tells how it ended', async (_, error) => {
  const { p, disk } = setup();
  const seen = deaf(p, error, 1);
  expect(await p.all()).toBe('finished');
  expect(seen.asked).toBeGreaterThan(1);
  expect(disk.some((event) => event.type === 'settled')).toBe(true);
});

test('a request that fails while it cannot be asked for: it is asked for as long as AWS is looked at, and the reason told', async () => {
  const { p } = setup({ failIn: ['333333333333'] });
  deaf(p, () => new OutcomeUnknown('HTTP 500'), 6);
  expect(await p.all()).toMatch(/: failed$/);
  expect(last(p)?.outcome).toMatchObject({ ended: 'failed', why: expect.stringContaining('403') });
});
