import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { mutants } from './list.ts';
import { planted } from './plant.ts';

// Plants one fault after the other into a copy of the tree, and runs the test files that have to notice it, of those that
// `npm test` runs. A fault that goes unnoticed tells of a test that is missing, or that cannot fail.

const root = join(import.meta.dirname, '..', '..');
/** `--only`: those whose names begin so. */
const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
const { only } = values;
const chosen = mutants.filter(({ id }) => !only || only.some((one) => id.startsWith(one)));
if (chosen.length === 0) {
  console.error(`No planted fault is called ${only?.join(' or ')}.`);
  process.exit(2);
}

/** Whether the tests fail. What cannot even be started is no failure of a test. */
function fails(copy: string, tests: readonly string[]): { readonly failed: boolean; readonly said: string } {
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const args = [
    'run',
    '--config',
    'test/vitest.config.ts',
    '--root',
    '.',
    '--bail',
    '1',
    '--project',
    'quick*',
    ...tests,
  ];
  // With CI set a snapshot that is missing fails.
  const env = { ...process.env, CI: 'true', NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [vitest, ...args], {
    ...{ cwd: copy, env, encoding: 'utf8', timeout: 300_000 },
  });
  const said = `${stdout}${stderr}`;
  if (status !== 0 && /No test files found/.test(said)) throw new Error(`${tests.join(' ')}: no such test`);
  return { failed: status !== 0, said };
}

const copy = mkdtempSync(join(tmpdir(), 'cw-runbook-mutants-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  ...{ cwd: root, encoding: 'utf8' },
});
for (const file of new Set(listed.split('\0').filter((one) => one !== ''))) {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  cpSync(join(root, file), join(copy, file));
}
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

// A test that fails without a fault would notice every one.
const tests = [...new Set(chosen.flatMap((one) => one.tests))];
const whole = fails(copy, tests);
if (whole.failed) {
  console.error(`${whole.said}\nThe tests fail without any planted fault.`);
  process.exit(2);
}
const survived: string[] = [];
for (const mutant of chosen) {
  const file = join(copy, mutant.file);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, planted(mutant, text));
  const { failed } = fails(copy, mutant.tests);
  writeFileSync(file, text);
  if (!failed) survived.push(mutant.id);
  console.log(`${failed ? 'noticed ' : 'SURVIVED'}  ${mutant.id}  ${mutant.file}`);
}
console.log(`${chosen.length - survived.length} of ${chosen.length} planted faults were noticed.`);
if (survived.length > 0) console.log(`Not noticed: ${survived.join(', ')}`);
process.exitCode = survived.length > 0 ? 1 : 0;
