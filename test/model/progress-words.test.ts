import { expect, test } from 'vitest';
import { createRate, describeProgress } from '../../src/model/text/progress-words.ts';

test.each([
  [1_240, 3_503, 19.2, '1,240 of 3,503 sets checked, 19 a second, about 2 min left'],
  [3_400, 3_503, 19.2, '3,400 of 3,503 sets checked, 19 a second, about 10 s left'],
  [5, 10, 0.5, '5 of 10 sets checked, 0.5 a second, about 10 s left'],
  [10, 10, 5, '10 of 10 sets checked, 5 a second'],
  [1_240, undefined, 950, '1,240 sets checked, 950 a second'],
  [7, 3_503, undefined, '7 of 3,503 sets checked'],
  [7, 3_503, 0, '7 of 3,503 sets checked'],
])('%d of %s at %s', (done, of, rate, says) => {
  expect(describeProgress({ what: 'sets checked', done, ...(of === undefined ? {} : { of }) }, rate)).toBe(
    says,
  );
});

test('the pace is that of the last while, and moves with it', () => {
  const rateOf = createRate();
  expect(rateOf(0, 0)).toBeUndefined();
  expect(rateOf(10, 1_000)).toBeUndefined(); // too soon to tell
  expect(rateOf(20, 2_000)).toBe(10);
  for (let second = 3; second <= 40; second++) rateOf(20 + (second - 2), second * 1_000);
  expect(rateOf(59, 41_000)).toBe(1); // slow for long by now
  expect(rateOf(0, 42_000)).toBeUndefined(); // counted anew
  expect(rateOf(5, 41_000)).toBeUndefined(); // a clock that was set back
});
