import { test } from 'vitest';
import { wholeDemo } from './whole-demo.ts';

// The one walk of `npm test` through the shipped program, in a terminal. demo-sizes.test.ts has the other windows.
test('the whole demo by keys alone, to the hand-over, in a window of 80 × 24', async () => {
  await wholeDemo(80, 24);
});
