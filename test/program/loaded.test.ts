import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTerminal } from '../terminal.ts';
import { questionOf } from '../words.ts';
import { emptyHome, testNode as node, program } from './demo.ts';

const preload = join(import.meta.dirname, 'loaded/preload.cjs');
const start = ['cw-runbook', 'start', 'rolldown-runtime'];
const screen = ['guided', 'runbook', 'screen'];
/** In the order in which they are asked for. */
const loadedIn = (list: string): readonly string[] => readFileSync(list, 'utf8').trim().split('\n');

test.each([
  ['the guided run', [], [...start, ...screen]],
  ['the demo', ['demo'], [...start, 'simulator', ...screen]],
])('%s loads nothing before its first frame that the frame does without', async (_, args, files) => {
  const home = await emptyHome();
  const CW_LOADED = join(home, 'loaded');
  const terminal = openTerminal({
    command: node,
    args: ['-r', preload, program, ...args],
    env: { CW_RUNBOOK_HOME: home, CW_LOADED, AWS_CONFIG_FILE: '/nonexistent' },
  });
  await terminal.waitFor(questionOf('before-you-start.understood'));
  terminal.press('q');
  await terminal.exit;
  const loaded = loadedIn(CW_LOADED);
  const before = loaded.slice(0, loaded.indexOf('the first frame'));
  expect(before.toSorted()).toEqual(files.toSorted());
  expect(loaded.slice(before.length)).toContain('behind');
});

test.each([
  ['status', ['status'], ['status', 'runbook']],
  ['doctor --offline', ['doctor', '--offline'], ['commands', 'checks', 'guided', 'runbook', 'behind']],
])('%s loads nothing that it does without', async (_, args, files) => {
  const home = await emptyHome();
  const CW_LOADED = join(home, 'loaded');
  const env = { ...process.env, CW_RUNBOOK_HOME: home, CW_LOADED, AWS_CONFIG_FILE: '/nonexistent' };
  spawnSync(node, ['-r', preload, program, ...args], { env });
  expect(loadedIn(CW_LOADED).toSorted()).toEqual([...start, ...files].toSorted());
});
