import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { phases } from '../../steps/index.ts';
import { eventually } from '../eventually.ts';
import { openTerminal, settingsIn } from '../terminal.ts';
import { questionOf, seeing } from '../words.ts';
import { emptyHome, go, openDemo, program, testNode, until } from './demo.ts';

const demo = (
  home: string,
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[] = [],
) =>
  openTerminal({
    command: testNode,
    args: [program, 'demo', ...args],
    env: { CW_RUNBOOK_HOME: home, DISPLAY: undefined, WAYLAND_DISPLAY: undefined, ...env },
  });
const question = seeing`${questionOf('before-you-start.understood')}`;

test('o starts the desktop’s opener with the page, and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cw-opener-'));
  const [opener, seen] = [join(folder, 'xdg-open'), join(folder, 'seen')];
  await writeFile(opener, `#!/bin/sh\nprintf '%s\\n' "$@" > ${seen}\n`);
  await chmod(opener, 0o755);
  const terminal = demo(await emptyHome(), {
    DISPLAY: ':0',
    SSH_CONNECTION: undefined,
    SSH_TTY: undefined,
    PATH: `${folder}${delimiter}${process.env.PATH}`,
  });
  await terminal.waitFor(question);
  terminal.press('o');
  await terminal.waitFor(/Opened in your browser: https:\/\//);
  await eventually(async () =>
    expect(await readFile(seen, 'utf8')).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/\S+\n$/),
  );
  terminal.press('q');
  expect(await terminal.exit).toMatchObject({ code: 3 });
});

test('without a desktop o copies the link by the terminal, and shows it', async () => {
  const terminal = demo(await emptyHome(), {});
  await terminal.waitFor(question);
  terminal.press('o');
  await terminal.waitFor(/No browser here; copied, if your terminal allows it: https:\/\/docs\.aws/);
  const copied = terminal.written().split('\u001b]52;c;')[1]?.split('\u0007')[0] ?? '';
  expect(Buffer.from(copied, 'base64').toString()).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/\S+$/);
  terminal.press('q');
  expect(await terminal.exit).toMatchObject({ code: 3 });
});

test('help, the log and the document open and close over a question, which is answered afterwards', async () => {
  const terminal = demo(await emptyHome(), {});
  await terminal.waitFor(question);
  terminal.press('?');
  await terminal.waitFor(/Help[\s\S]*The marks/);
  terminal.press('l');
  await terminal.waitFor(/The audit log of this run[\s\S]*started +run/);
  terminal.press('d');
  await terminal.waitFor('What the document asks');
  terminal.press('escape');
  await terminal.waitFor(question);
  terminal.press('enter');
  await terminal.waitFor('Whose credentials?');
  terminal.press('q');
  expect(await terminal.exit).toMatchObject({ code: 3 });
  expect(settingsIn(terminal.written())).toEqual([]);
});

test('with --ascii, and with a locale without UTF-8, nothing but ASCII is drawn', async () => {
  for (const [env, args] of [
    [{}, ['--ascii']],
    [{ LC_ALL: 'C' }, []],
  ] as const) {
    const terminal = demo(await emptyHome(), env, args);
    const screen = await terminal.waitFor(question);
    expect(screen).toMatch(/^[\x20-\x7e\n]*$/);
    terminal.press('ctrl-c');
    await terminal.exit;
  }
});

test('with NO_COLOR no colour is written, and what is highlighted still is', async () => {
  const terminal = demo(await emptyHome(), { NO_COLOR: '1' });
  await terminal.waitFor(question);
  terminal.press('ctrl-c');
  await terminal.exit;
  const looks = terminal
    .written()
    .split('\u001b[')
    .map((text) => /^[\d;]*m/.exec(text)?.[0] ?? '');
  expect(looks.filter((look) => /(^|;)[34]\dm/.test(look) && look !== '39m' && look !== '49m')).toEqual([]);
  expect(looks).toContain('7m');
});

const tmux = ((): boolean => {
  try {
    execFileSync('tmux', ['-V']);
    return true;
  } catch {
    return false; // the same is then tried without it
  }
})();
test('in tmux the screen follows its window, and what is on it is what is on a plain terminal', async () => {
  const [home, socket] = [await emptyHome(), `cw-${process.pid}`];
  const args = [testNode, program, 'demo'];
  const inside = openTerminal({
    ...(tmux
      ? {
          command: 'tmux',
          args: ['-L', socket, '-f', '/dev/null', 'new-session', ...args, ';', 'set', 'status', 'off'],
        }
      : { command: testNode, args: args.slice(1) }),
    env: { CW_RUNBOOK_HOME: home, CW_RUNBOOK_DEMO_SEED: 'tmux', LC_ALL: 'C.UTF-8' },
  });
  const plain = openDemo({ home: await emptyHome(), seed: 'tmux' });
  const same = (text: string): string => text.replace(/run \w{8}/, 'run').trimEnd();
  for (const terminal of [inside, plain]) {
    await go(terminal, until('register-typed'));
    await terminal.waitFor(/❯ \d{12}[\s\S]*Enter confirm/);
    terminal.resize(50, 20);
    await terminal.waitFor(/Step 6 of \d+[\s\S]*❯ \d{12}/);
    terminal.resize(120, 40);
    await terminal.waitFor(seeing`${phases[0]?.title ?? ''}[\s\S]*❯ \d{12}[\s\S]*Enter confirm`);
  }
  const expected = same(plain.screen());
  await inside.waitFor((screen) => same(screen) === expected);
  for (const terminal of [inside, plain]) {
    terminal.press('ctrl-c');
    await terminal.exit;
  }
});
