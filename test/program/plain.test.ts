import { expect, test } from 'vitest';
import { listRuns } from '../../src/journal/runs.ts';
import { portal } from '../login/portal.ts';
import { openTerminal, type TestTerminal } from '../terminal.ts';
import { changes, questionOf, seeing } from '../words.ts';
import { emptyHome, program, testNode } from './demo.ts';
import { eventsIn } from './session.ts';

interface Plain {
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly scenario?: string;
  /** What stands behind the command, for a shell. */
  readonly into?: string;
}
const openPlain = ({ home, env = { TERM: 'dumb' }, scenario = 'fresh', into = '' }: Plain): TestTerminal =>
  openTerminal({
    command: '/bin/sh',
    args: ['-c', `exec "$0" "$1" demo --scenario ${scenario} ${into}`, testNode, program],
    env: { CW_RUNBOOK_HOME: home, CW_RUNBOOK_DEMO_SEED: 'plain', ...env },
    columns: 160, // a screen reader’s lines are broken by the terminal: not in what is waited for
    rows: 1_000,
  });

/** What was said last: the end of the transcript. */
const end = (screen: string, rows: number): string => screen.trimEnd().split('\n').slice(-rows).join('\n');

/** The whole procedure: what stands at the end of the transcript, and the line that is typed then. */
const lines: readonly (readonly [RegExp, string | ((said: string) => string)])[] = [
  [seeing`${questionOf('before-you-start.understood')}\n1\. Yes`, '1'],
  [/Whose credentials\?\n1\. profile management/, '1'],
  [/Use these credentials\?\ny: yes/, 'y'],
  [seeing`${questionOf('session-duration.seen')}`, '2'],
  [seeing`${questionOf('delegated-account.account')}[\s\S]*q:\s+leave`, 'shared'],
  [/match “shared”[\s\S]*Type 1/, '1'],
  [/with care[\s\S]*To confirm, type “Shared Services” or “\d{12}”/, 'Shared Services'],
  [/Whose credentials\?\n1\. profile delegated/, '1'],
  [/Use these credentials\?\ny: yes/, 'y'],
  [/Address of the access portal[\s\S]*Enter alone takes/, ''],
  [seeing`${questionOf('administrator-user.user')}[\s\S]*Type a number`, '1'],
  [/1\. CodeWhisperer document, 2024[^\n]*\n[\s\S]*q:\s+leave/, '1'],
  [seeing`${questionOf('permission-set.name')}\nEnter alone takes: CodeWhisperer_administrator`, ''],
  [seeing`CHANGE[^:]*: ${changes.create}[\s\S]*Make this change\?\ny: yes`, 'y'],
  [seeing`CHANGE[^:]*: ${changes.give} CodeWhisperer_administrator[\s\S]*Make this change\?\ny: yes`, 'y'],
  [seeing`${questionOf('assign-administrator.target')}[\s\S]*Type a number`, '1'],
  [seeing`CHANGE[^:]*: ${changes.assign}[\s\S]*Make this change\?\ny: yes`, 'y'],
  [/Everything is done\.\nEnter: finish/, ''],
];
async function talk(terminal: TestTerminal, count = lines.length): Promise<void> {
  let from = 0;
  for (const [sees, line] of lines.slice(0, count)) {
    const said = await terminal.waitFor((screen) => sees.test(screen.slice(from)));
    from = said.trimEnd().length;
    terminal.press(`${typeof line === 'string' ? line : line(said)}\r`);
  }
}
const escapes = new RegExp(String.fromCharCode(27));

test('TERM=dumb: the whole procedure in lines of text, with nothing but text sent to the terminal', async () => {
  const home = await emptyHome();
  const terminal = openPlain({ home });
  await talk(terminal);
  expect(await terminal.exit).toMatchObject({ code: 0 });
  expect(terminal.written()).not.toMatch(escapes);
  expect(terminal.written()).toContain('DEMO: a simulated organization');
  const sent = (await eventsIn(home)).flatMap((event) =>
    event.type === 'intended' ? event.call.operation : [],
  );
  expect(sent).toEqual([
    'organizations:RegisterDelegatedAdministrator',
    'sso:CreatePermissionSet',
    'sso:PutInlinePolicyToPermissionSet',
    'sso:CreateAccountAssignment',
  ]);
});

test('a screen reader: marks are words, and no sentence is cut into rows', async () => {
  const terminal = openPlain({ home: await emptyHome(), env: { INK_SCREEN_READER: 'true' } });
  await talk(terminal, 9);
  await terminal.waitFor(/Address of the access portal[\s\S]*Enter alone takes/);
  const written = terminal.written();
  expect(written).not.toMatch(escapes);
  expect(written).not.toMatch(/[✓✗❯»○•]/);
  expect(written).toContain('done: The delegated administrator’s credentials are in use\r\n');
  expect(written).toMatch(
    /\* Four changes, each shown and confirmed first: [^\r\n]*one of your users gets it in one account\.\r\n/,
  );
  terminal.press('.\r'); // from the text to the keys
  await terminal.waitFor((screen) => /q:\s+leave\.$/.test(end(screen, 2)));
  terminal.press('q\r');
  expect(await terminal.exit).toMatchObject({ code: 3 });
  expect(terminal.written()).toContain('Exited. What was done is written down');
});

test('output into a pipe: lines, asked and answered all the same', async () => {
  const terminal = openPlain({ home: await emptyHome(), env: {}, into: '| cat' });
  await talk(terminal, 3);
  await terminal.waitFor(seeing`${questionOf('session-duration.seen')}`);
  expect(terminal.written()).not.toMatch(escapes);
  terminal.press('q\r');
  await terminal.exit;
});

test('what is typed wrongly is said, and nothing is lost', async () => {
  const terminal = openPlain({ home: await emptyHome() });
  await talk(terminal, 4);
  await terminal.waitFor(seeing`${questionOf('delegated-account.account')}[\s\S]*q:\s+leave`);
  terminal.press('999\r');
  await terminal.waitFor('No match for “999”');
  terminal.press('5\r'); // the management account
  await terminal.waitFor('Line 5 cannot be chosen: the management account');
  terminal.press('no such name\r');
  await terminal.waitFor('No match for “no such name”');
  terminal.press('l\r');
  await terminal.waitFor('The audit log of this run');
  terminal.press('?\r');
  await terminal.waitFor('Every key');
  terminal.press('b\r');
  await terminal.waitFor('Which answer do you want to change?');
  terminal.press('.\r');
  // The list is kept meanwhile, and shown again.
  await terminal.waitFor(
    seeing`Which answer do you want[\s\S]*${questionOf('delegated-account.account')}[\s\S]*q:\s+leave`,
  );
  terminal.press('shared\r');
  await terminal.waitFor(/match “shared”[\s\S]*Type 1/);
  terminal.press('1\r');
  await terminal.waitFor(/with care[\s\S]*To confirm, type/);
  terminal.press('Shared\r');
  await terminal.waitFor('Not what was asked for');
  terminal.press('ctrl-c');
  expect(await terminal.exit).toMatchObject({ code: 130 });
});

test('lines that are pasted confirm nothing', async () => {
  const home = await emptyHome();
  const terminal = openPlain({ home });
  await talk(terminal, 2);
  await terminal.waitFor(/Use these credentials\?\ny: yes/);
  terminal.press('y\r'.repeat(50));
  await terminal.waitFor('it does not count here');
  terminal.press('q\r');
  expect(await terminal.exit).toMatchObject({ code: 3 });
  // A run is kept as soon as credentials are accepted.
  expect(await listRuns(home)).toEqual([]);
});

test('in lines too one logs in in place: the AWS CLI has the terminal, and the questions go on afterwards', async () => {
  const at = await portal();
  const terminal = openTerminal({
    command: testNode,
    args: [program, '--plain'],
    env: { ...at.env, TERM: 'dumb' },
    columns: 160, // a screen reader’s lines are broken by the terminal: not in what is waited for
    rows: 1_000,
  });
  await terminal.waitFor(seeing`${questionOf('before-you-start.understood')}\n1\. Yes`);
  terminal.press('1\r');
  const list = await terminal.waitFor(/Whose credentials\?\n1\. [\s\S]*q:\s+leave/);
  const [, number = ''] = /(\d+)\. profile management-sso/.exec(list) ?? [];
  terminal.press(`${number}\r`);
  await terminal.waitFor(/1\. sign in now: aws sso login[\s\S]*q:\s+leave/);
  terminal.press('1\r');
  await terminal.waitFor('Successfully logged into Start URL.');
  await terminal.waitFor(/Use these credentials\?\ny: yes/);
  terminal.press('n\r');
  await terminal.waitFor(
    (screen) => screen.split('Whose credentials?').length > 3 && /q:\s+leave\.$/.test(end(screen, 2)),
  );
  terminal.press('q\r');
  expect(await terminal.exit).toMatchObject({ code: 3 });
  expect(terminal.written()).not.toMatch(escapes);
});
