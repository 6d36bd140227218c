import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { openTerminal } from '../terminal.ts';
import { questionOf } from '../words.ts';
import { emptyHome, testNode } from './demo.ts';

const root = join(import.meta.dirname, '../..');

/** npm and npx of this machine, run by the Node that is under test. */
const withNode = (): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${dirname(testNode)}:${process.env.PATH}`,
  npm_config_update_notifier: 'false',
});

test('packed, and run from an empty folder: it tells its version and shows the demo’s first screen', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cw-packed-'));
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], { cwd: root });
  const [tarball = ''] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  const files = execFileSync('tar', ['-tzf', tarball], { cwd: folder, encoding: 'utf8' }).trim().split('\n');
  expect(files.length).toBeLessThanOrEqual(36);
  expect((await stat(join(folder, tarball))).size).toBeLessThanOrEqual(592_500);
  const unpacked = execFileSync('tar', ['-xzOf', tarball], { cwd: folder, maxBuffer: 10_000_000 }).length;
  expect(unpacked).toBeLessThanOrEqual(1_925_000);
  const { version, dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  expect(dependencies).toBeUndefined();
  const npx = (...args: readonly string[]) => ['--yes', `./${tarball}`, ...args];
  const told = execFileSync('npx', npx('--version'), { cwd: folder, env: withNode(), encoding: 'utf8' });
  expect(told.trim()).toBe(version);
  const terminal = openTerminal({
    command: 'npx',
    args: npx('demo'),
    cwd: folder,
    env: { CW_RUNBOOK_HOME: await emptyHome(), PATH: withNode().PATH },
  });
  await terminal.waitFor(questionOf('before-you-start.understood'));
  terminal.press('q');
  expect(await terminal.exit).toMatchObject({ code: 3 });
});
