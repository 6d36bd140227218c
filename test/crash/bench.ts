import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { eachByte } from './each-byte.ts';
import { eachOperation } from './each-operation.ts';
import type { Part } from './part.ts';
import { powerLoss } from './power-loss.ts';
import { randomKills } from './random-kills.ts';
import { seeds } from './seeds.ts';
import { isGood, sum, type Tally } from './tally.ts';
import { twoWriters } from './two-writers.ts';

/** `per`: so many of `--kills` give a part a count of one. */
const parts: readonly {
  readonly number: number;
  readonly name: string;
  readonly part: Part;
  readonly per: number;
}[] = [
  { number: 1, name: 'random kills', part: randomKills, per: 1 },
  { number: 2, name: 'every operation', part: eachOperation, per: 1 },
  { number: 3, name: 'power loss', part: powerLoss, per: 1 },
  { number: 4, name: 'every byte', part: eachByte, per: 1 },
  { number: 5, name: 'two writers', part: twoWriters, per: 10 },
  { number: 6, name: 'seeds', part: seeds, per: 5 },
];

const whole = (least: number) => (value: string) => {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < least)
    throw new InvalidArgumentError(`It has to be a whole number from ${least}.`);
  return number;
};
const { kills, stride, seed, jobs, part } = new Command('crash')
  .description('Kills the shipped program, and judges what it leaves behind.')
  .option('--kills <n>', 'random kills; the other parts grow with it', whole(1), 1_000)
  .option('--stride <n>', 'of the sweeps, every n-th point only', whole(1), 1)
  .option('--seed <s>', 'repeats what was drawn', whole(0), Date.now() % 1_000_000)
  .option('--jobs <n>', 'cases at a time', whole(1), availableParallelism())
  .addOption(new Option('--part <n>', 'only this part').choices(parts.map(({ number }) => String(number))))
  .parse()
  .opts<{ kills: number; stride: number; seed: number; jobs: number; part?: string }>();

const say = (line: string): void => void process.stdout.write(`${line}\n`);
say(`--seed ${seed} --jobs ${jobs}`);
const tallies: Tally[] = [];
for (const { number, name, part: play, per } of parts) {
  if (part !== undefined && part !== String(number)) continue;
  const from = performance.now();
  const { tally, did } = await play({
    count: Math.max(1, Math.round(kills / per)),
    stride,
    seed,
    jobs,
    failed: (what) => say(`    ${what}`),
    sofar: (tally) => say(`    so far ${JSON.stringify(tally)}`),
  });
  tallies.push(tally);
  const seconds = ((performance.now() - from) / 1000).toFixed(0);
  say(`(${number}) ${name}, ${seconds} s: ${did}; ${JSON.stringify(tally)}`);
}
const all = sum(tallies);
say(JSON.stringify(all));
process.exitCode = isGood(all) ? 0 : 1;
