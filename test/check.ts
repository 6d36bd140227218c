import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

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
/** `rest` goes on where `quick` ends: it finds what that has built. */
const parts: Readonly<Record<string, readonly Stage[]>> = {
  quick: [script('types'), script('lint'), script('build'), tests('tests', 'quick*')],
  rest: [
    tests('the rest of the tests', 'rest*'),
    { name: 'each Node', command: ['node', 'test/nodes.mjs'] },
    { ...script('test:aws-cli'), needs: process.env.AWS_CLI ?? 'aws' },
    { ...script('test:browser'), needs: process.env.CW_CHROMIUM ?? 'chromium' },
    script('test:package'),
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

const begun = performance.now();
const lines: string[] = [];
let failed: string | undefined;
for (const { name, command, needs } of stages) {
  if (needs !== undefined && !isThere(needs)) {
    lines.push(`left out  ${name}: there is no program ${needs}`);
    continue;
  }
  const [program, ...args] = command;
  const from = performance.now();
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  lines.push(`${seconds(from)}   ${name}${status === 0 ? '' : ': FAILED'}`);
  if (status === 0) continue;
  failed = name;
  break;
}
console.log(`\n${lines.join('\n')}`);
console.log(`${seconds(begun)}   ${failed === undefined ? 'all of it passed' : `stopped: ${failed} failed`}`);
process.exitCode = failed === undefined ? 0 : 1;
