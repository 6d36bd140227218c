import { expect, test } from 'vitest';
import { eachByte } from './each-byte.ts';
import type { Part } from './part.ts';
import { randomKills } from './random-kills.ts';
import { isGood } from './tally.ts';

/** A share of the bench: `npm run crash` does all of it. */
async function share(part: Part, { count = 1, stride = 1 }: { count?: number; stride?: number }) {
  const seed = Date.now() % 1_000_000;
  const failures: string[] = [];
  const failed = (what: string): void => void failures.push(what);
  const { tally, did } = await part({ count, stride, seed, jobs: 2, failed });
  expect(failures, `seed ${seed}`).toEqual([]);
  expect(isGood(tally), `seed ${seed}: ${did}; ${JSON.stringify(tally)}`).toBe(true);
}

test('killed at random times, the shipped program comes to the same end, nothing doubled or unrecorded', async () => {
  await share(randomKills, { count: 30 });
}, 120_000);

test('a whole run’s journal cut off, or a bit changed, is the right prefix, or refused', async () => {
  await share(eachByte, { stride: 13 });
});
