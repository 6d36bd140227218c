import { expect } from 'vitest';
import { testSeed } from '../seed.ts';
import type { Part } from './part.ts';

/** Milliseconds for a test: only a machine that others use too comes near it. */
export const patience = 600_000;

/** A share of a part of the bench, and what has to be so of all of it. `npm run crash` does the whole. */
export async function share(
  part: Part,
  { count = 1, stride = 1, effective }: { count?: number; stride?: number; effective?: number },
) {
  const seed = testSeed();
  const failures: string[] = [];
  const failed = (what: string): void => void failures.push(what);
  const { tally, did } = await part({ count, stride, seed, jobs: 2, failed });
  expect(failures).toEqual([]);
  const where = `${did}; ${JSON.stringify(tally)}`;
  expect(tally, where).toMatchObject({ wrong: 0, duplicated: 0, unrecorded: 0, invalid: 0 });
  // Kills that met a process at work: so many, or most of those that were tried.
  expect(tally.effective, where).toBeGreaterThanOrEqual(effective ?? 0.6 * tally.kills);
}
