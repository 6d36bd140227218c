import { test as any, describe as group } from 'vitest';

// A file of which `npm test` runs a part, and the rest of `npm run test:all` what is left: it takes `test` from here.

/** Of what test/projects.ts makes of such a file. Both, where somebody runs the file by itself: each part once. */
export const isRest = process.env.CW_TESTS_PART === 'rest';
const nothing = Object.assign(() => {}, { each: () => () => {} }) as unknown as typeof any;

/** What `npm test` runs. */
export const test = isRest ? nothing : any;
/** What only `npm run test:all` runs: what stays in `npm test` notices its faults, too. */
export const more = isRest ? any : nothing;
/** Of what only `npm test` runs. */
export const describe = isRest ? (nothing as unknown as typeof group) : group;
/** What both run, each its part of it: of `sampled`. */
export const both = any;
/** Of many that are alike, every `nth` for `npm test`; the others for the rest, in whose project they are the only ones. */
export const sampled = <T>(all: readonly T[], nth: number): readonly T[] =>
  all.filter((_, n) => (n % nth === 0) !== isRest);
