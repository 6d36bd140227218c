import { Command, InvalidArgumentError } from 'commander';
import { bareStart } from './bare.ts';
import { callsBench } from './calls.ts';
import { memoryBench } from './large.ts';
import { packageBench } from './package.ts';
import { peersBench } from './peers.ts';
import { runUpTo } from './site.ts';
import { type Line, startBench } from './start.ts';

/** `npm run bench`: what the program weighs, and how long it takes to start. docs/performance.md holds the last one. */
const { node, rounds, tries, parts } = new Command('bench')
  .description(
    'Measures starts, sizes and memory. The last line is one JSON object; 1 where a goal is missed.',
  )
  .option('--node <path>', 'the Node that runs the program', process.execPath)
  .option('--rounds <n>', 'starts of each, in turn', whole, 9)
  .option('--tries <n>', 'a goal is missed when every one of so many tries misses it', whole, 3)
  .option('--parts <names>', 'of package,start,calls,memory,peers', 'package,start,calls,memory,peers')
  .parse()
  .opts<{ node: string; rounds: number; tries: number; parts: string }>();
function whole(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError('It has to be a whole number from 1.');
  return Number(value);
}
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const misses = ({ value, goal }: Line): boolean => goal !== undefined && value > goal;

const { version, median: bare } = await bareStart(node);
const measures: Readonly<Record<string, () => Promise<readonly Line[]> | readonly Line[]>> = {
  package: packageBench,
  start: async () => {
    const run = await runUpTo(
      { node, bare },
      { users: 0, settle: 200, answers: { 'administrator-user.user': 'jane.doe@example.com' } },
    ); // what `status` tells of
    try {
      return await startBench(node, rounds, run.home);
    } finally {
      await run.close();
    }
  },
  calls: () => callsBench(node),
  memory: () => memoryBench({ node, bare }),
  peers: () => peersBench(node, rounds),
};
const best = new Map<string, Line>();
for (const part of parts.split(',')) {
  const measure = measures[part];
  if (!measure) throw new Error(`There is no part ${part}.`);
  for (let n = 1; n <= tries; n++) {
    const lines = await measure();
    // A goal is met by the try that meets it: the machine is not ours alone.
    for (const line of lines) {
      const known = best.get(line.name);
      if (!known || line.value < known.value) best.set(line.name, line);
    }
    if (!lines.some((line) => misses(best.get(line.name) ?? line))) break;
  }
}
say(`Node ${version}, shares of \`node -e 0\` by the processor’s time, medians of ${rounds} in turn\n`);
say(`|  | measured | by the clock | goal |  |\n| --- | --- | --- | --- | --- |`);
for (const line of best.values()) {
  const { name, value, unit, goal, clock } = line;
  const beyond =
    goal === undefined ? '' : misses(line) ? `${Math.round((value / goal - 1) * 100)} % beyond` : 'met';
  const told = (n: number | undefined): string =>
    n === undefined ? '' : `${n.toLocaleString('en-US')}${unit}`;
  say(`| ${name} | ${told(value)} | ${told(clock)} | ${told(goal)} | ${beyond} |`);
}
const missed = [...best.values()].filter(misses).map(({ name }) => name);
say(`\n${JSON.stringify({ node: version, rounds, lines: [...best.values()], missed })}`);
process.exitCode = missed.length > 0 ? 1 : 0;
