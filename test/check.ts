import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

// `npm test` and `npm run test:all`: one stage after the other, up to the first that fails, and how long each took.

interface Stage {
  readonly name: string;
  readonly command: readonly [program: string, ...args: readonly string[]];
  /** A program without which there is nothing to try: the stage is left out, and that is said. */
  readonly needs?: string;
}
const script = (name: string): Stage => ({ name, command: ['npm', 'run', '--silent', name] });
const tests = (name: string, projects: string): Stage => ({
  name,
  command: ['npm', 'run', '--silent', 'vitest', '--', '--project', projects],
});
/**
 * `rest` goes on where `quick` ends: it finds what that has built. Stages that stand together run side by side, where one
 * core would have nothing to do; the others have the machine to themselves.
 */
const parts: Readonly<Record<string, readonly (readonly Stage[])[]>> = {
  quick: [[script('types'), script('lint')], [script('build')], [tests('tests', 'quick*')]],
  rest: [
    [tests('the rest of the tests', 'rest*')],
    [{ name: 'each Node', command: ['node', 'test/nodes.mjs'] }],
    [{ ...script('test:aws-cli'), needs: process.env.AWS_CLI ?? 'aws' }],
    [{ ...script('test:browser'), needs: process.env.CW_CHROMIUM ?? 'chromium' }],
    [script('test:package')],
  ],
};
const asked = process.argv.slice(2);
const stages = asked.flatMap((name) => parts[name] ?? []);
if (stages.length === 0 || !asked.every((name) => name in parts)) {
  console.error(`Say what to check: ${Object.keys(parts).join(', ')}, or both.`);
  process.exit(2);
}

const root = join(import.meta.dirname, '..');
const isThere = (program: string): boolean =>
  spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program], { stdio: 'ignore' }).status === 0;
const seconds = (from: number): string => `${((performance.now() - from) / 1_000).toFixed(0).padStart(5)} s`;

/** Whether it passed. What it prints comes at once, or, where others run beside it, in one piece at its end. */
async function passes({ command: [program, ...args] }: Stage, isAlone: boolean): Promise<boolean> {
  if (isAlone) return spawnSync(program, args, { cwd: root, stdio: 'inherit' }).status === 0;
  const running = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => {
    running.on('close', resolve).on('error', () => resolve(null));
  });
  const [out, err, code] = await Promise.all([buffer(running.stdout), buffer(running.stderr), ended]);
  process.stdout.write(out);
  process.stderr.write(err);
  return code === 0;
}

const begun = performance.now();
const lines: string[] = [];
let failed: readonly string[] = [];
for (const together of stages) {
  for (const { name, needs } of together)
    if (needs !== undefined && !isThere(needs)) lines.push(`left out  ${name}: there is no program ${needs}`);
  const there = together.filter(({ needs }) => needs === undefined || isThere(needs));
  const ends = await Promise.all(
    there.map(async (stage) => {
      const from = performance.now();
      const isGood = await passes(stage, there.length === 1);
      lines.push(`${seconds(from)}   ${stage.name}${isGood ? '' : ': FAILED'}`);
      return isGood ? [] : [stage.name];
    }),
  );
  failed = ends.flat();
  if (failed.length > 0) break;
}
console.log(`\n${lines.join('\n')}`);
console.log(
  `${seconds(begun)}   ${failed.length === 0 ? 'all of it passed' : `stopped: ${failed.join(' and ')} failed`}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
