import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Portal, portal } from '../login/portal.ts';
import { sealedIn, textsBelow } from '../login/sealed.ts';
import { openTerminal, type TestTerminal } from '../terminal.ts';
import { questionOf, seeing } from '../words.ts';
import { chosenCredentials } from './chosen.ts';
import { go, program, testNode, until } from './demo.ts';

// Codes of MFA devices and sign-ins without the AWS CLI, in the real program. Canaries: what is secret stands nowhere.

const seed = 'canaries';
async function machine(): Promise<Portal> {
  const at = await portal({ seed });
  const [management] = at.simulator.accounts;
  const role = `role_arn = arn:aws:iam::${management?.id}:role/AdminWithMFA\nsource_profile = management`;
  await appendFile(
    join(at.folder, 'config'),
    `\n[profile coded]\nregion = us-east-1\nendpoint_url = ${at.simulator.url}\n${role}\nmfa_serial = ${management?.mfa.serial}\n`,
  );
  return at;
}
function open(at: Portal, args: readonly string[], env = {}, rows = 24): TestTerminal {
  const terminal = openTerminal({
    ...{ command: testNode, args: [program, '--record', join(at.home, 'recorded'), ...args] },
    ...{ env: { ...at.env, ...env }, columns: 80, rows },
  });
  onTestFinished(() => terminal.kill('SIGKILL'));
  return terminal;
}
/** What the management account's device shows now. */
async function shown(at: Portal): Promise<string> {
  const devices = (await (await fetch(`${at.simulator.url}/_mfa`)).json()) as readonly { code: string }[];
  return devices[0]?.code ?? '';
}
const other = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

/** What was printed and written, and what of it is secret. */
async function leaks(at: Portal, terminal: TestTerminal, codes: readonly string[]) {
  const [state, recorded] = await Promise.all(
    ['state', 'recorded'].map((name) => textsBelow(join(at.home, name))),
  );
  const files = [...(state ?? []), ...(recorded ?? [])];
  // What is looked through is what was meant.
  expect(files.map(([path]) => basename(path))).toEqual(
    expect.arrayContaining(['journal.jsonl', 'exchanges.jsonl']),
  );
  const places = [...files, ['the terminal', terminal.written()] as const];
  return places.flatMap(([place, text]) => [
    ...sealedIn(seed, text).map((kind) => `${kind} in ${place}`),
    ...codes.filter((code) => text.includes(code)).map(() => `a code in ${place}`),
  ]);
}
const who = /Use these credentials\?[\s\S]*y yes/;

test('a role that needs a code: a wrong one is refused, the next is taken, and none is to be seen anywhere', async () => {
  const at = await machine();
  const terminal = open(at, []);
  await go(terminal, until('credentials'));
  await chosenCredentials(terminal, 'coded');
  await terminal.waitFor(/needs a code from your MFA device[\s\S]*MFA code, 6 digits/);
  const code = await shown(at);
  const wrong = other(code);
  terminal.press(...wrong);
  await terminal.waitFor(/❯ \*{6}/);
  terminal.press('enter');
  await terminal.waitFor(
    /AWS did not accept the code: MultiFactorAuthentication failed[\s\S]*2 tries are left/,
  );
  terminal.press(...code, 'enter');
  await terminal.waitFor(who);
  expect(terminal.screen().replaceAll(/[\s│]/g, '')).toContain('assumed-role/AdminWithMFA/');
  terminal.press('y');
  await terminal.waitFor(questionOf('session-duration.seen'));
  terminal.press('q');
  expect((await terminal.exit).code).toBe(3);
  expect(await leaks(at, terminal, [code, wrong])).toEqual([]);
});

test('in lines the code is not echoed while it is typed', async () => {
  const at = await machine();
  const terminal = open(at, ['--plain'], { TERM: 'dumb' }, 1_000);
  await terminal.waitFor(seeing`${questionOf('before-you-start.understood')}\n1\. Yes`);
  terminal.press('1\r');
  const list = await terminal.waitFor(/Whose credentials\?\n1\. [\s\S]*q: leave/);
  terminal.press(`${/(\d+)\. profile coded/.exec(list)?.[1]}\r`);
  await terminal.waitFor(/MFA code, 6 digits:\nIt is not shown while you type/);
  const code = await shown(at);
  terminal.press(`${code}\r`);
  await terminal.waitFor(/Use these credentials\?\ny: yes/);
  terminal.press('n\r'); // the terminal echoes again
  await terminal.waitFor((screen) => screen.split('Whose credentials?').length > 2);
  expect(terminal.written()).toContain('n\r\n');
  terminal.press('q\r');
  expect((await terminal.exit).code).toBe(3);
  const written = terminal.written();
  expect([written.includes(code), sealedIn(seed, written)]).toEqual([false, []]);
});

test.each([
  ['no AWS CLI', { PATH: '/nonexistent' }],
  ['an AWS CLI of version 1', { STAND_IN_IS_OLD: '1' }],
])('%s: signed in with a code on AWS’s page, and nothing of it is kept', async (_, env) => {
  const at = await machine();
  const order = { fault: 'sign-in-answers', error: 'authorization_pending', times: 1 };
  await fetch(`${at.simulator.url}/_faults`, { method: 'POST', body: JSON.stringify(order) });
  const terminal = open(at, [], env);
  await go(terminal, until('credentials'));
  await chosenCredentials(terminal, 'management-sso');
  await terminal.waitFor(/nobody is signed in[\s\S]*❯ sign in now: with a code/);
  terminal.press('enter');
  await terminal.waitFor(/2\. Enter this code:\s+│?\s*[B-Z]{4}-[B-Z]{4}[\s\S]*only if it equals this/);
  await terminal.waitFor(who);
  terminal.press('y');
  await terminal.waitFor(questionOf('session-duration.seen'));
  terminal.press('q');
  expect((await terminal.exit).code).toBe(3);
  expect(await leaks(at, terminal, [])).toEqual([]);
  expect((await textsBelow(at.folder)).map(([path]) => basename(path)).sort()).toEqual([
    'config',
    'credentials',
  ]);
});

test('while it is waited for: other credentials, and leaving, are one key away', async () => {
  const at = await machine();
  const order = { fault: 'sign-in-answers', error: 'authorization_pending', times: 'always' };
  await fetch(`${at.simulator.url}/_faults`, { method: 'POST', body: JSON.stringify(order) });
  const terminal = open(at, [], { PATH: '/nonexistent' });
  await go(terminal, until('credentials'));
  await chosenCredentials(terminal, 'management-sso');
  await terminal.waitFor(/nobody is signed in[\s\S]*❯ sign in now: with a code/);
  terminal.press('enter');
  await terminal.waitFor('only if it equals this');
  terminal.press('n');
  await terminal.waitFor(/Whose credentials\?/);
  await chosenCredentials(terminal, 'management-sso');
  await terminal.waitFor(/nobody is signed in[\s\S]*❯ sign in now: with a code/);
  terminal.press('enter');
  await terminal.waitFor('only if it equals this');
  terminal.press('q');
  expect((await terminal.exit).code).toBe(3);
});

test('a page that is not AWS’s is shown to be entered by hand, and is not opened', async () => {
  const at = await machine();
  const orders = [
    { fault: 'sign-in-page', page: 'https://sign-in.example.com/', times: 1 },
    { fault: 'sign-in-answers', error: 'access_denied', times: 1 },
  ];
  for (const order of orders)
    await fetch(`${at.simulator.url}/_faults`, { method: 'POST', body: JSON.stringify(order) });
  const opened = join(at.home, 'opened');
  const bin = join(at.home, 'openers');
  await mkdir(bin);
  for (const name of ['xdg-open', 'open'])
    await writeFile(join(bin, name), `#!/bin/sh\necho "$@" >> ${opened}\n`, { mode: 0o755 });
  const terminal = open(at, [], { PATH: bin, DISPLAY: ':0', BROWSER: join(bin, 'xdg-open') });
  await go(terminal, until('credentials'));
  await chosenCredentials(terminal, 'management-sso');
  await terminal.waitFor(/nobody is signed in[\s\S]*❯ sign in now: with a code/);
  terminal.press('enter');
  // Denied on that page, it is said; with AWS’s own page it can be tried again.
  await terminal.waitFor(/the sign-in was denied on the page/);
  expect(terminal.written()).toContain('https://sign-in.example.com/');
  await expect(readFile(opened)).rejects.toThrow('ENOENT');
  await terminal.waitFor(/❯ sign in now: with a code/);
  terminal.press('enter');
  await terminal.waitFor(who);
  terminal.press('q');
  expect((await terminal.exit).code).toBe(3);
});
