import { expect, test } from 'vitest';
import { eachByte } from './each-byte.ts';
import { eachOperation } from './each-operation.ts';
import { powerLoss } from './power-loss.ts';
import { randomKills } from './random-kills.ts';
import { seeded, seeds } from './seeds.ts';
import { patience, share } from './share.ts';
import { twoWriters } from './two-writers.ts';

test(
  'killed at random times, the shipped program comes to the same end, nothing doubled or unrecorded',
  async () => {
    await share(randomKills, { count: 20, effective: 15 });
  },
  patience,
);

test(
  'killed at an operation on a file, or refused by the disk, it comes to the same end',
  async () => {
    await share(eachOperation, { stride: 211 });
  },
  patience,
);

test(
  'what a loss of power leaves of a run can be gone on from, and holds all that was acted on',
  async () => {
    await share(powerLoss, { stride: 131 });
  },
  patience,
);

test(
  'a whole run’s journal cut off, or a bit changed, is the right prefix, or refused',
  async () => {
    await share(eachByte, { stride: 41 });
  },
  patience,
);

test(
  'a stopped program keeps its run from a second one, and goes on as its one writer',
  async () => {
    await share(twoWriters, { count: 4 });
  },
  patience,
);

test(
  'whatever AWS, the network and the process do, a run comes to its end once they are well again',
  async () => {
    await share(seeds, { count: 6 });
  },
  patience,
);

test(
  'the same seed tells the same story',
  async () => {
    const order = { count: 1, stride: 1, seed: 4, jobs: 1, failed: () => undefined };
    const { story, struck, deaths } = await seeded(2, order);
    expect(story.length).toBeGreaterThan(40);
    expect(struck + deaths).toBeGreaterThan(0);
    expect((await seeded(2, order)).story).toEqual(story);
  },
  patience,
);
