import { expect, test } from 'vitest';
import { eachByte } from './each-byte.ts';
import { eachOperation } from './each-operation.ts';
import type { Part } from './part.ts';
import { powerLoss } from './power-loss.ts';
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

test('killed at an operation on a file, or refused by the disk, it comes to the same end', async () => {
  await share(eachOperation, { stride: 53 });
}, 120_000);

test('what a loss of power leaves of a run can be gone on from, and holds all that was acted on', async () => {
  await share(powerLoss, { stride: 29 });
}, 120_000);

test('a whole run’s journal cut off, or a bit changed, is the right prefix, or refused', async () => {
  await share(eachByte, { stride: 13 });
});
