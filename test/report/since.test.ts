import { expect, test } from 'vitest';
import { describeSince } from '../../src/report/lines.ts';

const says = (before: string, found: string): string =>
  describeSince({ since: 1, drifts: [{ goal: 'g', says: 'It holds', before, found }], planned: [] }).join(
    ' ',
  );
const long = 'AWS says of it what it says of everything, in many words that are the same before and after, ';

test('of short texts both are told; of long ones only what differs', () => {
  expect(says('nothing there.', 'there')).toBe('It holds: it was nothing there, and is there.');
  expect(says(`${long}once Ada ${long}`, `${long}once Grace Hopper ${long}`)).toBe(
    'It holds: it was … and after, once Ada AWS says of …, and is … and after, once Grace Hopper AWS says of ….',
  );
  expect(says('nothing', long.repeat(9)).length).toBeLessThan(300);
});
