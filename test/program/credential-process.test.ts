import { chmod, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { lives } from '../lives.ts';
import { flat, openTerminal, settingsIn, type TestTerminal } from '../terminal.ts';
import { questionOf, seeing } from '../words.ts';
import { go, program, testNode, until } from './demo.ts';
import { openSession, openSite, type Site } from './session.ts';

const sites: Site[] = [];
afterEach(async () => {
  for (const site of sites.splice(0)) await site.close();
});
const gone = (pids: readonly number[]): Promise<void> =>
  eventually(() => expect(pids.filter(lives)).toEqual([]));

interface Opened {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly imports?: readonly string[];
  /** No shell around it, which would hear a Ctrl-C too. */
  readonly bare?: true;
}
/**
 * The program at a simulated organization whose management account's keys come from a credential_process. `keys`, in the
 * script: prints them. `here`: its folder.
 */
async function opened(script: string, { args = [], env = {}, imports = [], bare }: Opened = {}) {
  const site = await openSite();
  sites.push(site);
  const folder = join(site.home, 'aws');
  const credentials = await readFile(join(folder, 'credentials'), 'utf8');
  const [, AccessKeyId] = /\[management\]\naws_access_key_id = (.*)/.exec(credentials) ?? [];
  const [, SecretAccessKey] = /aws_secret_access_key = (.*)/.exec(credentials) ?? [];
  const here = site.home;
  await writeFile(join(here, 'keys.json'), JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey }));
  const file = join(here, 'process.sh');
  await writeFile(file, `#!/bin/sh\ncd "${here}"\necho $$ >> pids\nkeys() { cat keys.json; }\n${script}\n`);
  await chmod(file, 0o755);
  await writeFile(
    join(folder, 'config'),
    `[profile vault]\nregion = us-east-1\ncredential_process = ${file}\n`,
  );
  await writeFile(join(folder, 'credentials'), '');
  const whole = { ...site.env, ...env };
  const session = bare
    ? bareSession(args, whole)
    : await openSession({ args, env: whole, home: site.home, imports });
  onTestFinished(() => session.terminal.kill('SIGKILL'));
  return {
    ...session,
    site,
    read: (name: string) => readFile(join(here, name), 'utf8'),
    pids: async () => (await readFile(join(here, 'pids'), 'utf8')).trim().split('\n').map(Number),
  };
}
function bareSession(args: readonly string[], env: Readonly<Record<string, string>>) {
  const terminal = openTerminal({ command: testNode, args: [program, ...args], env });
  return {
    terminal,
    home: env.CW_RUNBOOK_HOME ?? '',
    signal: async (name: NodeJS.Signals): Promise<void> => void process.kill(terminal.pid, name),
    left: async () => settingsIn(terminal.written()),
  };
}
async function answersFile(answers: object): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'cw-answers-')), 'answers.json');
  await writeFile(file, JSON.stringify(answers));
  return file;
}
/** Every file that the program has written: not the AWS files, and not what the credential_process is. */
async function everythingIn(home: string): Promise<string> {
  const names = await readdir(home, { recursive: true, withFileTypes: true });
  const files = names.filter(
    (one) => one.isFile() && one.parentPath !== home && !one.parentPath.startsWith(join(home, 'aws')),
  );
  const texts = await Promise.all(
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')),
  );
  expect(texts.join('')).toContain('"started"');
  return texts.join('');
}
/** Chooses the only profile. */
async function choose(terminal: TestTerminal): Promise<void> {
  await go(terminal, until('credentials'));
  await terminal.waitFor('Whose credentials?');
  terminal.press('enter');
}
const who = /Use these credentials\?[\s\S]*y yes/;
const running =
  /The credential_process of profile vault has been running for \d+ s; it may be waiting for you\./;

test('it cannot read or write the terminal, and the screen goes on', async () => {
  const { terminal, read, left } = await opened(
    '(read -r line < /dev/tty) 2> reading; (echo OVERDRAWN > /dev/tty) 2> writing; ps -o tty= -p $$ > tty; keys',
  );
  await choose(terminal);
  await terminal.waitFor(who);
  expect(await read('reading')).toMatch(/\/dev\/tty/);
  expect(await read('writing')).toMatch(/\/dev\/tty/);
  expect((await read('tty')).trim()).toBe('?');
  expect(terminal.written()).not.toContain('OVERDRAWN');
  terminal.press('q');
  expect((await terminal.exit).code).toBe(3);
  expect(await left()).toEqual([]);
});

test.each([
  ['q', 3],
  ['ctrl-c', 130],
] as const)(
  'one that never ends is told of after 5 s, with its prompt; %s works, and it ends',
  async (key, code) => {
    const { terminal, pids, left } = await opened(
      'trap "" HUP INT; echo "Touch your security key: " >&2; sleep 600 & echo $! >> pids; wait',
    );
    await choose(terminal);
    const screen = flat(await terminal.waitFor(/Touch your security key/));
    expect(screen).toMatch(running);
    expect(screen).toMatch(/It says: Touch your security key:/);
    expect(terminal.screen()).toMatch(/^x run it with the terminal/m);
    const started = await pids();
    expect(started.filter(lives)).toHaveLength(2);
    terminal.press(key);
    expect((await terminal.exit).code).toBe(code);
    await gone(started);
    expect(await left()).toEqual([]);
  },
);

test.each(['SIGHUP', 'SIGTERM', 'SIGINT'] as const)(
  '%s ends it too, also what does not listen',
  async (signal) => {
    const session = await opened(
      'trap "" TERM HUP INT; (trap "" TERM; sleep 600) & echo $! >> pids; wait; sleep 600',
    );
    await choose(session.terminal);
    await eventually(async () => expect(await session.pids()).toHaveLength(2));
    const started = await session.pids();
    await session.signal(signal);
    await session.terminal.exit;
    await gone(started);
  },
);

test('leaving at once, by a second Ctrl-C, and a crash of the screen end it too', async () => {
  for (const how of ['twice', 'crash'] as const) {
    const session = await opened(
      'trap "" TERM HUP INT; echo $$ > go; sleep 600',
      how === 'crash' ? { imports: [join(import.meta.dirname, 'crash-when.mjs')] } : { bare: true },
    );
    await choose(session.terminal);
    await eventually(async () => expect(await session.pids()).toHaveLength(1));
    const started = await session.pids();
    if (how === 'twice') session.terminal.press('ctrl-c', 'ctrl-c');
    else await session.signal('SIGUSR2');
    expect((await session.terminal.exit).code).toBe(how === 'twice' ? 130 : 1);
    await gone(started);
  }
});

// It reads late: whoever else read from the terminal meanwhile would have what was typed for it.
test('run with the terminal: it asks there, is answered, and the run goes on with what it gives', async () => {
  const session = await opened(
    'if (: < /dev/tty) 2> /dev/null; then printf "PIN: " > /dev/tty; sleep 1; read -r pin < /dev/tty; echo "pin $pin" > got; keys; else echo "waiting for a PIN" >&2; sleep 600; fi',
  );
  const { terminal } = session;
  await choose(terminal);
  await terminal.waitFor(running);
  const [first = 0] = await session.pids();
  terminal.press('x');
  await terminal.waitFor('PIN: ');
  expect(lives(first)).toBe(false);
  expect(terminal.written()).toContain('The credential_process of profile vault has the terminal.');
  terminal.press('1', '2', '3', 'q', 'enter');
  await terminal.waitFor(who);
  expect(await session.read('got')).toBe('pin 123q\n');
  terminal.press('y');
  await terminal.waitFor(seeing`management .* \d{12}[\s\S]*${questionOf('session-duration.seen')}`);
  expect(await session.pids()).toHaveLength(2); // it is not started again for what acts
  terminal.press('q');
  expect((await terminal.exit).code).toBe(3);
  expect(await session.left()).toEqual([]);
});

test('one that fails without a terminal can be run with it; what it said is masked, and kept nowhere', async () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const session = await opened(
    `if (: < /dev/tty) 2> /dev/null; then keys; else echo "the vault wants a terminal, not ${secret}" >&2; exit 2; fi`,
  );
  const { terminal, home } = session;
  await choose(terminal);
  const screen = flat(await terminal.waitFor(/❯ run it with the terminal/));
  expect(screen).toContain('its credential_process failed: the vault wants a terminal, not …');
  terminal.press('enter');
  await terminal.waitFor(who);
  terminal.press('y'); // a run is kept once its credentials are accepted
  await terminal.waitFor(questionOf('session-duration.seen'));
  terminal.press('q');
  await terminal.exit;
  expect(terminal.written()).not.toContain('bPxRfiCY');
  const kept = await everythingIn(home);
  expect(kept).not.toMatch(/vault wants a terminal|bPxRfiCY/);
});

test('Ctrl-C in the terminal ends what has it, and not the run', async () => {
  const session = await opened(
    'if (: < /dev/tty) 2> /dev/null; then printf "PIN: " > /dev/tty; read -r pin < /dev/tty; exit 1; fi; exit 2',
    { bare: true },
  );
  const { terminal } = session;
  await choose(terminal);
  await terminal.waitFor(/❯ run it with the terminal/);
  terminal.press('enter');
  await terminal.waitFor('PIN: ');
  terminal.press('ctrl-c');
  await terminal.waitFor(
    /run with the terminal, was ended by SIGINT|run with the terminal, ended with exit code 130/,
  );
  terminal.press('q');
  expect((await terminal.exit).code).toBe(3);
  expect(await session.left()).toEqual([]);
  await gone(await session.pids());
});

test('a signal while it has the terminal ends it, with what it has started', async () => {
  const session = await opened(
    'if (: < /dev/tty) 2> /dev/null; then sleep 600 & echo $! >> pids; printf "PIN: " > /dev/tty; wait; fi; exit 2',
  );
  const { terminal } = session;
  await choose(terminal);
  await terminal.waitFor(/❯ run it with the terminal/);
  terminal.press('enter');
  await terminal.waitFor('PIN: ');
  await session.signal('SIGTERM');
  expect((await terminal.exit).code).toBe(143);
  await gone(await session.pids());
  expect(await session.left()).toEqual([]);
});

test('in lines: it is told of, x gives it the terminal', async () => {
  const session = await opened(
    'if (: < /dev/tty) 2> /dev/null; then printf "PIN: " > /dev/tty; sleep 1; read -r pin < /dev/tty; echo "$pin" > got; keys; else echo "waiting for a PIN" >&2; sleep 600; fi',
    { env: { TERM: 'dumb' } },
  );
  const { terminal } = session;
  await terminal.waitFor(questionOf('before-you-start.understood'));
  terminal.press('1', 'enter');
  await terminal.waitFor('Whose credentials?');
  terminal.press('1', 'enter');
  await terminal.waitFor(running);
  await terminal.waitFor('It says: waiting for a PIN');
  terminal.press('x', 'enter');
  await terminal.waitFor('PIN: ');
  terminal.press('4', '2', 'enter');
  await terminal.waitFor('Use these credentials?');
  expect(await session.read('got')).toBe('42\n');
  terminal.press('q', 'enter');
  await terminal.exit;
});

test('unattended: one that never ends is stopped after --timeout, exit code 6, and nobody gets the terminal', async () => {
  const file = await answersFile({
    profiles: { management: 'vault' },
    answers: { 'before-you-start.understood': 'attested' },
  });
  const session = await opened(
    'echo "Touch your key" >&2; (: < /dev/tty) 2> tty; sleep 600 & echo $! >> pids; wait',
    {
      args: ['run', '--answers', file, '--yes', '--timeout', '6s'],
    },
  );
  const { terminal } = session;
  expect((await terminal.exit).code).toBe(6);
  const said = terminal.written().replace(/\s+/g, ' ');
  expect(said).toMatch(
    /credential_process of profile vault has been running for \d+ s; it may be waiting for somebody/,
  );
  expect(said).toContain('It says: Touch your key');
  expect(said).toContain('had not ended after 6 s, and was stopped: Touch your key');
  expect(said).not.toContain('run it with the terminal');
  expect(await session.read('tty')).toMatch(/\/dev\/tty/);
  await gone(await session.pids());
});

test('doctor: one that waits is told of, and Enter gives it the terminal; Ctrl-C ends both', async () => {
  const script =
    'if (: < /dev/tty) 2> /dev/null; then printf "PIN: " > /dev/tty; sleep 1; read -r pin < /dev/tty; echo "$pin" > got; keys; else echo "waiting for a PIN" >&2; sleep 600; fi';
  const session = await opened(script, { args: ['doctor', '--profile', 'vault'] });
  const { terminal } = session;
  await terminal.waitFor(/Enter: run it with the terminal/);
  terminal.press('enter');
  await terminal.waitFor('PIN: ');
  terminal.press('7', 'enter');
  await terminal.waitFor(/ok +caller: arn:aws:iam::\d{12}:user/);
  expect((await terminal.exit).code).toBe(0);
  expect(await session.read('got')).toBe('7\n');
  const other = await opened(script, { args: ['doctor', '--profile', 'vault'], bare: true });
  await other.terminal.waitFor(/Enter: run it with the terminal/);
  other.terminal.press('ctrl-c');
  expect((await other.terminal.exit).code).toBe(130);
  await gone(await other.pids());
});

test('SIGUSR1 opens no inspector: nothing is written over the screen', async () => {
  const session = await opened('keys');
  await session.terminal.waitFor(questionOf('before-you-start.understood'));
  await session.signal('SIGUSR1');
  await choose(session.terminal);
  await session.terminal.waitFor(who);
  expect(session.terminal.written()).not.toMatch(/Debugger|inspector/i);
});

test('what Node warns of is told when the screen is gone', async () => {
  const session = await opened('keys', { imports: [join(import.meta.dirname, 'warn.mjs')] });
  await session.terminal.waitFor(questionOf('before-you-start.understood'));
  await session.signal('SIGUSR2');
  await choose(session.terminal);
  await session.terminal.waitFor(who);
  expect(session.terminal.written()).not.toContain('torn screen');
  session.terminal.press('q');
  await session.terminal.exit;
  expect(session.terminal.written()).toContain('torn screen');
});
