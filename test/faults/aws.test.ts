import { expect } from 'vitest';
import { more, test } from '../more.ts';
import { bench } from './bench.ts';
import { asked, goesOn, madeOnce, meets, times, waitedFor, whole } from './judge.ts';

// One of each kind; more of them are in aws-more.test.ts.

const [register = '', create = '', _put = '', assign = ''] = whole;

test('1 reset-after-effect: at every change, each was made once, and is adopted', () =>
  madeOnce('1 reset-after-effect', 'reset-after-effect'));

test('4 response-lost-async: the request is found in AWS’s list, and followed', async () => {
  const at = await bench('fresh', { settle: 500 });
  expect(await meets('4 response-lost-async', at, [{ fault: 'response-lost-async' }])).toMatchObject({
    code: 0,
  });
  const settled = (await at.events()).flatMap((event) => (event.type === 'settled' ? [event.attempt] : []));
  expect(settled).toEqual([expect.stringMatching(/^assign-administrator/)]);
  expect(await times(at, assign)).toBe(1);
  await goesOn(at);
});

more(
  '5 conflict-exists: the operator is asked what to do with it, at once, and nothing is sent again',
  async () => {
    const undisturbed = await bench();
    await undisturbed.run();
    const at = await bench();
    const ended = await meets('5 conflict-exists', at, [{ fault: 'conflict-exists' }]);
    expect(ended.code).toBe(4);
    // It does not ask over and over: a run in which nothing is in the way asks more.
    expect(await asked(at)).toBeLessThan(await asked(undisturbed));
    expect(await times(at, create)).toBe(1);
    const [, choice = ''] = /^ +(use@\S+) /m.exec(ended.err) ?? [];
    const decided = { answers: { 'permission-set.existing': choice } };
    await goesOn(at, decided, [register, assign]);
  },
);

more('6 conflict-busy: waited for, and tried again with an intent of its own each time', () =>
  waitedFor('6 conflict-busy', 'conflict-busy', create),
);
