import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Start, startedAs } from '../../src/commands/process/started-as.ts';
import { listRuns } from '../../src/journal/runs.ts';
import { here } from '../here.ts';
import { program } from '../program/demo.ts';
import { titleOf } from '../words.ts';
import { bench } from './bench.ts';
import { finished } from './finished.ts';

// What each was seen to tell a script: npm 11.19, pnpm 9.15, yarn 1.22, on Linux.
const npm = { npm_config_user_agent: 'npm/11.19.1 node/v20.20.2 linux x64 workspaces/false' };
const pnpm = { npm_config_user_agent: 'pnpm/9.15.9 npm/? node/v20.20.2 linux x64' };
const yarn = { npm_config_user_agent: 'yarn/1.22.22 npm/? node/v20.20.2 linux x64' };
const demo = { npm_lifecycle_event: 'demo', npm_package_name: 'cw-runbook', INIT_CWD: '/src/it' };
const bin = '/home/ann/project/node_modules/.bin/cw-runbook';
const at = (script: string, env: Start['env'] = {}, cwd = '/home/ann/project') =>
  startedAs({ script, cwd, env: { PATH: '/usr/local/bin:/usr/bin', ...env } });

describe('how it was started is how its commands are printed', () => {
  test.each<[string, string, Start['env'], string]>([
    [
      'npx, from the registry',
      '/home/ann/.npm/_npx/807175e76b364d35/node_modules/.bin/cw-runbook',
      { ...npm, npm_lifecycle_event: 'npx', npm_command: 'exec' },
      'npx cw-runbook',
    ],
    [
      'npx, where a project has it',
      bin,
      { ...npm, npm_lifecycle_event: 'npx', npm_command: 'exec', npm_package_name: 'project' },
      'npx cw-runbook',
    ],
    ['pnpm exec', bin, { ...pnpm, npm_command: 'exec' }, 'pnpm exec cw-runbook'],
    [
      'pnpm dlx',
      '/home/ann/.cache/pnpm/dlx/bhcd/1a22/node_modules/cw-runbook/dist/cw-runbook.cjs',
      pnpm,
      'pnpm dlx cw-runbook',
    ],
    ['yarn run', bin, { ...yarn, npm_lifecycle_event: 'cw-runbook' }, 'yarn run cw-runbook'],
    ['installed for everybody', '/usr/local/bin/cw-runbook', {}, 'cw-runbook'],
    [
      'installed for everybody, on Windows',
      '/roaming/npm/node_modules/cw-runbook/dist/cw-runbook.cjs',
      {},
      'cw-runbook',
    ],
    ['a project’s own, by its path', bin, {}, './node_modules/.bin/cw-runbook'],
    ['somebody else’s, by its path', '/opt/tools/cw-runbook', {}, '/opt/tools/cw-runbook'],
    ['its file', '/home/ann/project/dist/cw-runbook.cjs', {}, 'node dist/cw-runbook.cjs'],
    ['its file, from elsewhere', '/srv/it/dist/cw-runbook.cjs', {}, 'node /srv/it/dist/cw-runbook.cjs'],
    ['its file, with blanks', '/srv/my it/cw-runbook.cjs', {}, "node '/srv/my it/cw-runbook.cjs'"],
    // The shell that npx or npm has started keeps their variables.
    [
      'its file, in a shell of npx',
      '/home/ann/project/dist/cw-runbook.cjs',
      { ...npm, npm_lifecycle_event: 'npx', INIT_CWD: '/home/ann/project' },
      'node dist/cw-runbook.cjs',
    ],
  ])('%s', (_, script, env, start) => {
    expect(at(script, env)).toEqual({ start });
  });

  test.each([
    ['npm', npm, { start: 'npm run demo', flags: 'npm run demo --' }],
    ['pnpm', pnpm, { start: 'pnpm run demo', flags: 'pnpm run demo' }],
    ['yarn', yarn, { start: 'yarn run demo', flags: 'yarn run demo' }],
  ])('%s run demo: the demo by that, all else by its file', (_, manager, as) => {
    expect(at('/src/it/dist/cw-runbook.cjs', { ...demo, ...manager }, '/src/it')).toEqual({
      start: 'node dist/cw-runbook.cjs',
      demo: as,
    });
  });

  test('another package’s script of that name is none of ours', () => {
    const env = { ...demo, ...npm, npm_package_name: 'project', INIT_CWD: '/home/ann/project' };
    expect(at(bin, env)).toEqual({ start: './node_modules/.bin/cw-runbook' });
  });
});

test('the program itself: errors, status and help name what was typed', async () => {
  const { shipped, home } = await bench('fresh');
  const typed = `node ${relative(process.cwd(), program)}`;
  const { err, code } = await shipped(['status']);
  expect(code).toBe(64);
  expect(err).toContain(`Begin one with ${typed}, or look around with ${typed} demo.`);
  expect(err).not.toMatch(/\bwith cw-runbook/);
  const asNpx = { ...process.env, npm_lifecycle_event: 'npx', CW_RUNBOOK_HOME: home };
  expect((await shipped(['run'], asNpx)).err).toContain(`${typed} run --questions`);
});

test.each([
  [['runs'], 0],
  [['status', '--run', 'ZZZZ'], 64],
  [['runs', 'remove', '--purge', '--yes'], 0],
  [['undo'], 0],
])('%j: no command is printed otherwise than it was typed', async (args, code) => {
  const { home } = await bench('fresh');
  const ended = await here(args, { ...process.env, CW_RUNBOOK_HOME: join(home, 'none') }, undefined, {
    start: 'npx cw-runbook',
  });
  expect(ended.code).toBe(code);
  expect(`${ended.out}${ended.err}`).not.toMatch(/(?<!npx )\bcw-runbook\b/);
});

test('runs remove: on both outputs, refused and agreed to; the way back is said once', async () => {
  const { at } = await finished();
  const state = join(at.home, 'state');
  const id = (await listRuns(state))[0]?.header.run.slice(-8) ?? '';
  const cli = (...args: readonly string[]) =>
    here(['runs', 'remove', id, ...args], { ...process.env, CW_RUNBOOK_HOME: state }, undefined, {
      start: 'npx cw-runbook',
    });
  const refused = await cli('--yes');
  expect(refused).toEqual({
    ...{ code: 4, out: '' },
    err: `Run ${id} was not removed. It made, and did not undo: ${['assign-administrator', 'permission-set', 'register-delegated-administrator'].map(titleOf).join(', ')}.
To undo it: npx cw-runbook undo --run ${id}. To remove it all the same: npx cw-runbook runs remove ${id} --forget
`,
  });
  const { code, out } = await cli('--forget', '--confirm', id);
  expect(code).toBe(0);
  expect(out).toContain(`To undo it instead: npx cw-runbook undo --run ${id}`);
  expect(out).toContain(`npx cw-runbook audit export --run ${id}`);
  expect(out).not.toMatch(/(?<!npx )\bcw-runbook [a-z-]/);
});

test('npm run demo hands its flags on to the demo, as it is printed', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { demo: string } };
  const built = scripts.demo.replace('npm run --silent build && ', '');
  // npm puts what stands behind -- at the script's end.
  const { stderr, status } = spawnSync('sh', ['-c', `${built} --scenario nowhere`], { encoding: 'utf8' });
  expect(stderr).toContain('nowhere');
  expect(status).toBe(1); // test's: it was none of those that count as well
});

test('status tells of a finished run without loading what is loaded later', async () => {
  const { at } = await finished();
  const { code, out, err } = await at.shipped(['status'], { NODE_DEBUG: 'module' });
  expect([code, out]).toEqual([0, expect.stringContaining('Finished')]);
  const loaded = [...new Set([...err.matchAll(/load ".*dist\/([\w-]+)\.cjs/g)].map(([, name]) => name))];
  expect(loaded.sort()).toEqual(['cw-runbook', 'rolldown-runtime', 'runbook', 'start', 'status']);
});
