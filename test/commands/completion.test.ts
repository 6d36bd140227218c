import { spawnSync } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { manualPage } from '../../src/commands/command-line/man.ts';
import { defineCommands } from '../../src/commands/command-line/root.ts';
import { everyCommand, pathOf } from '../../src/commands/process/command-tree.ts';
import { recordingIn } from '../../src/commands/record/recording.ts';
import { scenarios } from '../../src/simulator/organization/scenario-names.ts';
import { head } from '../../steps/product.ts';
import { here } from '../here.ts';
import { openTerminal } from '../terminal.ts';

const root = defineCommands(() => undefined, recordingIn(), {
  head,
  load: () => Promise.reject(new Error('this needs no steps')),
});
const printed = async (shell: string): Promise<string> =>
  (await here(['completion', shell], process.env)).out;
const has = (program: string): boolean => spawnSync(program, ['-c', 'true']).status === 0;

/** What bash offers for the last of these words. */
async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const script = `${await printed('bash')}
COMP_WORDS=(cw-runbook "$@"); COMP_CWORD=$#; _cw_runbook; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean);
}

describe('completion', () => {
  test('of commands, also below a command and after flags; none of another level', async () => {
    expect(await offered('st')).toEqual(['status']);
    expect(await offered('runs', 'r')).toEqual(['remove']);
    expect(await offered('--plain', 'aud')).toEqual(['audit']);
    expect(await offered('status', 'de')).toEqual([]);
    expect(await offered('help', 'doc')).toEqual(['doctor']);
    expect(await offered('completion', '')).toEqual(expect.arrayContaining(['bash', 'zsh', 'fish']));
  });
  test('of flags, and of what they take', async () => {
    expect(await offered('run', '--ans')).toEqual(
      ['--answers', '--answer'].filter((one) => one.startsWith('--ans')),
    );
    expect(await offered('demo', '--scenario', '')).toEqual([...scenarios]);
    expect(await offered('audit', 'export', '--format', 'j')).toEqual(['jsonl']);
    expect(await offered('undo', '--confirm', 'x')).toEqual([]);
    expect(await offered('run', '--answers', 'package.j')).toEqual(['package.json']);
  });
  test('every command and every flag is in each', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const text = await printed(shell);
      for (const command of everyCommand(root).slice(1)) {
        for (const name of pathOf(command).split(' ')) expect(text).toContain(name);
        for (const { long } of command.options)
          expect(text).toContain(shell === 'fish' ? ` -l ${long?.slice(2)} ` : long);
      }
    }
  });
  test('the shells that are here take it', async () => {
    for (const [shell, before] of [
      ['bash', ''],
      ['zsh', 'autoload -Uz compinit && compinit -D\n'],
      ['fish', ''],
    ] as const) {
      if (!has(shell)) continue;
      const { status, stderr } = spawnSync(shell, ['-c', `${before}${await printed(shell)}`], {
        encoding: 'utf8',
      });
      expect([shell, status, stderr]).toEqual([shell, 0, '']);
    }
  });
});

/** The completion as somebody has it who types in that shell and presses Tab. */
test.each([
  ['zsh', ['-f'], (file: string) => `autoload -Uz compinit; compinit -D; source ${file}`],
  ['fish', ['--no-config'], (file: string) => `source ${file}`],
] as const)('%s itself completes with it', async (shell, args, loading) => {
  if (!has(shell)) return;
  const folder = await mkdtemp(join(tmpdir(), 'cw-completion-'));
  const file = join(folder, 'completion');
  await writeFile(file, await printed(shell));
  const env = { HOME: folder, TERM: 'xterm-256color', PATH: process.env.PATH };
  const terminal = openTerminal({ command: shell, args, env, cwd: folder, columns: 120 });
  onTestFinished(() => terminal.kill('SIGKILL'));
  await terminal.waitFor(/[#%>$] *$/m);
  terminal.press(`${loading(file)}; printf 'load%s\\n' ed\r`);
  await terminal.waitFor(/^loaded/m);
  // Whether a blank follows the word by itself is the shell's affair.
  for (const [typed, whole] of [
    ['cw-runbook aud', /cw-runbook audit/],
    [' exp', /cw-runbook audit +export/],
    [' --format js', /cw-runbook audit +export +--format jsonl/],
  ] as const) {
    terminal.press(`${typed}\t`);
    await terminal.waitFor(whole, 10_000);
  }
  expect(terminal.screen()).not.toMatch(/unrecognized|error/i);
});

describe('the manual page', () => {
  const page = manualPage(root);
  test('has every command, its options, examples and the exit codes', () => {
    for (const command of everyCommand(root).slice(1))
      expect(page).toMatch(new RegExp(`^\\.SS ${pathOf(command)}`, 'm'));
    for (const section of [
      'NAME',
      'SYNOPSIS',
      'OPTIONS',
      'COMMANDS',
      'EXAMPLES',
      'EXIT STATUS',
      'ENVIRONMENT',
    ])
      expect(page).toContain(`.SH ${section}\n`);
    expect(page).toContain('\\-\\-answers');
  });
  test('is roff: no line is taken for a request that is none', () => {
    const requests = page.split('\n').filter((line) => /^[.']/.test(line));
    expect(requests.filter((line) => !/^\.(TH|SH|SS|TP|B)\b/.test(line))).toEqual([]);
  });
});
