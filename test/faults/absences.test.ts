import { expect, test } from 'vitest';
import { bench } from './bench.ts';
import { goesOn, meets } from './judge.ts';

test.each([
  ['45 key-trouble', { fault: 'key-trouble' }],
  ['46 store-not-found', { fault: 'store-not-found' }],
])('%s: nobody is said to be missing, and it goes on once that is mended', async (name, order) => {
  const at = await bench();
  const ended = await meets(name, at, [order]);
  expect(ended.code).toBe(5);
  expect(ended.err).not.toContain('nobody has');
  await goesOn(at);
});

test('47 said-to-be-missing: who is there is found by a listing', async () => {
  const at = await bench();
  expect(await meets('47 said-to-be-missing', at, [{ fault: 'said-to-be-missing' }])).toMatchObject({
    code: 0,
  });
  await goesOn(at);
});
