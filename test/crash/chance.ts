import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Chance that can be repeated: the same seeds give the same draws. */
export interface Chance {
  /** A whole number from 0, below `limit`. */
  below(limit: number): number;
  /** From 0, below 1. */
  share(): number;
  one<T>(of: readonly [T, ...(readonly T[])]): T;
}

/** `seed`: of the bench; `about`: which part and which case of it. */
export function chance(seed: number, ...about: readonly number[]): Chance {
  const mixed = about.reduce((sofar, n) => (Math.imul(sofar, 0x01000193) ^ (n + 0x9e3779b9)) | 0, seed | 0);
  const generator = xoroshiro128plus(mixed);
  const below = (limit: number): number => uniformInt(generator, 0, Math.max(0, limit - 1));
  return {
    below,
    share: () => below(2 ** 30) / 2 ** 30,
    one: (of) => of[below(of.length)] as (typeof of)[0],
  };
}
