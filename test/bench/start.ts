import { execFileSync } from 'node:child_process';
import { program } from '../program/demo.ts';
import { questionOf } from '../words.ts';
import { median, rounded } from './numbers.ts';
import { bareMemory, commandTime, frameTime, type Took } from './timed.ts';

/** One line of the table: what was measured, as a share of the bare start of the same Node, and the goal. */
export interface Line {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: number;
  /** The same by the clock. */
  readonly clock?: number;
}
const commandsWithHelp = ['', 'run', 'demo', 'runs remove', 'export'];

/** Starts in turn, so that whatever else the machine does is shared by all: medians, as shares of `node -e 0`. */
export async function startBench(node: string, rounds: number, home: string): Promise<readonly Line[]> {
  const old = version(node).startsWith('v20.');
  const frame = old ? 2.2 : 3.3;
  const told =
    (...args: readonly string[]) =>
    () =>
      Promise.resolve(commandTime(node, [program, ...args], home));
  const cases: readonly (readonly [string, () => Promise<Took>, number?])[] = [
    ['--version', told('--version'), 1.1],
    ...commandsWithHelp.map(
      (name) => [`${name} --help`.trim(), told(...name.split(' ').filter(Boolean), '--help'), 1.1] as const,
    ),
    ['status', told('status'), 1.4],
    ['doctor --offline', told('doctor', '--offline')],
    ['first frame', () => frameTime(node, [], 'Step '), frame],
    ['first question', () => frameTime(node, [], questionOf('before-you-start.understood'))],
    ['first frame of the demo', () => frameTime(node, ['demo'], 'Step '), frame],
  ];
  const all = new Map<string, Took[]>(cases.map(([name]) => [name, []]));
  const bares: Took[] = [];
  for (let n = 0; n < rounds; n++) {
    bares.push(commandTime(node, ['-e', '0']));
    for (const [name, measure] of cases) all.get(name)?.push(await measure());
  }
  const middle = (ones: readonly Took[], of: 'busy' | 'wall') => median(ones.map((one) => one[of]));
  const lines = cases.map(([name, , goal]): Line => {
    const ones = all.get(name) ?? [];
    return {
      name,
      value: rounded(middle(ones, 'busy') / middle(bares, 'busy')),
      clock: rounded(middle(ones, 'wall') / middle(bares, 'wall')),
      unit: '×',
      ...(goal === undefined ? {} : { goal }),
    };
  });
  const memory = median((all.get('first frame') ?? []).map((one) => one.memory ?? Number.NaN));
  return [
    {
      name: 'bare start',
      value: rounded(middle(bares, 'busy')),
      clock: rounded(middle(bares, 'wall')),
      unit: ' ms',
    },
    ...lines,
    { name: 'memory at the first frame', value: rounded(memory / bareMemory(node)), unit: '×', goal: 1.7 },
  ];
}
const version = (node: string): string => execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
