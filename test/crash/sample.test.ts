import { test } from 'vitest';
import { eachByte } from './each-byte.ts';
import { powerLoss } from './power-loss.ts';
import { killedRuns } from './random-kills.ts';
import { seeds } from './seeds.ts';
import { patience, share } from './share.ts';

// The least of each kind, for `npm test`: crash.test.ts does more of it, also in a terminal, and `npm run crash` all.
test.each([
  [
    'killed at random times, the shipped program comes to the same end',
    killedRuns,
    { count: 1, effective: 1 },
  ],
  ['what a loss of power leaves of a run can be gone on from', powerLoss, { stride: 6_007 }],
  ['a journal cut off, or with a bit changed, is the right prefix, or refused', eachByte, { stride: 211 }],
  ['whatever AWS, the network and the process do, a run comes to its end', seeds, { count: 1 }],
])(
  '%s: some of it',
  async (_, part, how) => {
    await share(part, how);
  },
  patience,
);
