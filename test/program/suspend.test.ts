import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listRuns } from '../../src/journal/runs.ts';
import { openTerminal, settingsIn, type TestTerminal } from '../terminal.ts';
import { questionOf, seeing } from '../words.ts';
import { emptyHome, go, program, testNode, until } from './demo.ts';

/** A shell that has jobs, at its prompt. */
async function openShell(home: string): Promise<TestTerminal> {
  const shell = openTerminal({
    command: 'bash',
    args: ['--norc', '--noprofile', '-i'],
    env: {
      CW_RUNBOOK_HOME: home,
      PS1: 'prompt> ',
      PROGRAM: `${testNode} ${program} demo`,
      HISTFILE: undefined,
    },
  });
  await shell.waitFor('prompt>');
  return shell;
}
/** Types a command and waits for what it prints. */
async function types(
  shell: TestTerminal,
  command: string,
  answer: string | RegExp | (() => boolean),
): Promise<string> {
  shell.press('ctrl-l', command, 'enter');
  return shell.waitFor(answer);
}
const timesTaken = (shell: TestTerminal): number => shell.written().split('\u001b[?1049h').length;
const ours = ['the alternate screen', 'a hidden cursor', 'bracketed paste'];

test.each(['the key', 'the signal'])(
  'stopped by %s, the shell has its terminal and the run is still held; brought back, the screen and its question are there',
  async (way) => {
    const home = await emptyHome();
    const notes = await mkdtemp(join(tmpdir(), 'cw-notes-'));
    const shell = await openShell(home);
    await types(shell, `stty -g > ${notes}/before; $PROGRAM`, questionOf('before-you-start.understood'));
    await go(shell, until('session-duration'));
    const asked = await shell.waitFor(seeing`${questionOf('session-duration.seen')}[\s\S]*q leave`);
    expect(settingsIn(shell.written())).toEqual(expect.arrayContaining(ours));

    if (way === 'the key') shell.press('ctrl-z');
    else process.kill(await holder(home), 'SIGTSTP');
    await shell.waitFor(/Stopped[\s\S]*prompt>/);
    expect(shell.emulator.buffer.active.type).toBe('normal');
    await types(shell, `stty -g > ${notes}/meanwhile; echo no''ted`, 'noted');
    expect(await readFile(join(notes, 'meanwhile'), 'utf8')).toBe(
      await readFile(join(notes, 'before'), 'utf8'),
    );
    await types(shell, '$PROGRAM', 'READ-ONLY');
    shell.press('q');
    await shell.waitFor(/other window[\s\S]*prompt>/);

    shell.press('fg', 'enter');
    await shell.waitFor((screen) => screen === asked);
    expect(settingsIn(shell.written())).toEqual(expect.arrayContaining(ours));
    shell.press('enter'); // one key is enough: the terminal is raw again
    await shell.waitFor(questionOf('delegated-account.account'));
    shell.press('q');
    await shell.waitFor(/Exited. What was done is written down[\s\S]*prompt>/);
    shell.press('exit', 'enter');
    await shell.exit;
  },
);

test('stopped and continued from outside, without a shell’s help, it takes the terminal again', async () => {
  const home = await emptyHome();
  const shell = await openShell(home);
  await types(shell, '$PROGRAM', questionOf('before-you-start.understood'));
  await go(shell, until('session-duration'));
  await shell.waitFor(questionOf('session-duration.seen'));
  process.kill(await holder(home), 'SIGSTOP');
  await shell.waitFor(/Stopped/);
  const taken = timesTaken(shell);
  await types(shell, 'stty sane; fg', () => timesTaken(shell) > taken);
  await shell.waitFor(questionOf('session-duration.seen'));
  shell.press('enter');
  await shell.waitFor(questionOf('delegated-account.account'));
  shell.press('q');
  await shell.waitFor(/Exited. What was done is written down[\s\S]*prompt>/);
  shell.press('exit', 'enter');
  await shell.exit;
});

/** The program's process, by what it tells a second window. */
async function holder(home: string): Promise<number> {
  const [run] = await listRuns(home);
  const told = JSON.parse(await readFile(join(run?.folder ?? '', 'holder.json'), 'utf8')) as { pid: number };
  return told.pid;
}
