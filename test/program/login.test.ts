import { rm } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { type Portal, portal } from '../login/portal.ts';
import { flat, openTerminal, type TestTerminal } from '../terminal.ts';
import { changes, questionOf, seeing } from '../words.ts';
import { chosenCredentials } from './chosen.ts';
import { between, go, program, testNode, until } from './demo.ts';
import { eventsIn } from './session.ts';

function open(at: Portal, more: Readonly<Record<string, string | undefined>> = {}): TestTerminal {
  const terminal = openTerminal({
    command: testNode,
    args: [program],
    env: { ...at.env, ...more },
    columns: 80,
    rows: 24,
  });
  onTestFinished(() => terminal.kill('SIGKILL'));
  return terminal;
}
const out = /nobody is signed in[\s\S]*❯ sign in now: aws sso login/;
const who = /Use these credentials\?[\s\S]*y yes/;

/** Goes to the credentials and chooses the profile that nobody has logged in to. */
async function toLogin(terminal: TestTerminal, offered = out): Promise<void> {
  await go(terminal, until('credentials'));
  await terminal.waitFor('Whose credentials?');
  await chosenCredentials(terminal, 'management-sso');
  await terminal.waitFor(offered);
}
async function chosen(terminal: TestTerminal, label: string): Promise<void> {
  // A screen comes in pieces: it is whole when a line is highlighted again.
  const highlighted = (screen: string) => /^❯ (.+)/m.exec(screen)?.[1]?.trimEnd();
  for (let n = 0; n < 8 && !highlighted(terminal.screen())?.startsWith(label); n++) {
    const before = highlighted(terminal.screen());
    terminal.press('down');
    await terminal.waitFor((screen) => ![undefined, before].includes(highlighted(screen)));
  }
  terminal.press('enter');
}
const asked = async (at: Portal) =>
  (await at.asked()).filter((one) => !one.startsWith('sso-oauth:') && !one.startsWith('portal:'));

test('log in in place: the AWS CLI has the terminal, and the run goes on with what it brought', async () => {
  const at = await portal();
  const terminal = open(at);
  await toLogin(terminal);
  expect(await at.asked()).toEqual([]);
  terminal.press('enter');
  expect(flat(await terminal.waitFor(who)).replaceAll(' ', '')).toContain(
    'AWSReservedSSO_AWSAdministratorAccess_',
  );
  expect(terminal.written()).toContain('$ aws sso login --profile management-sso');
  expect(terminal.written()).toContain('Successfully logged into Start URL.');
  expect(await asked(at)).toEqual(['sts:GetCallerIdentity', 'organizations:DescribeOrganization']);
  terminal.press('y');
  await terminal.waitFor(questionOf('session-duration.seen'));
  terminal.press('q');
  expect((await terminal.exit).code).toBe(3);
});

test('logged in in another window: it is picked up without a key', async () => {
  const at = await portal();
  const terminal = open(at);
  await toLogin(terminal);
  await at.logIn();
  await terminal.waitFor(who);
});

test('no AWS CLI, and no sign-in with a code: the command is said, and the log-in in another window is waited for', async () => {
  const at = await portal();
  const order = {
    ...{ fault: 'sign-in-answers', operation: 'sso-oauth:StartDeviceAuthorization' },
    error: 'unauthorized_client',
  };
  await fetch(`${at.simulator.url}/_faults`, { method: 'POST', body: JSON.stringify(order) });
  const terminal = open(at, { PATH: '/nonexistent' });
  await toLogin(terminal, /nobody is signed in[\s\S]*❯ sign in now: with a code/);
  terminal.press('enter');
  await terminal.waitFor(/AWS does not allow a sign-in with a code here[\s\S]*aws sso login --profile/);
  await at.logIn();
  await terminal.waitFor(who);
});

test('a log-in that fails says how, and can be tried again', async () => {
  const at = await portal();
  const terminal = open(at, { STAND_IN_FAILS: '1' });
  await toLogin(terminal);
  terminal.press('enter');
  await terminal.waitFor(/did not sign in: it ended with code 255: The browser was closed/);
  await at.logIn();
  await terminal.waitFor(who);
});

test('expired while AWS is at it: it stops there, goes on after the log-in, and nothing is sent twice', async () => {
  const at = await portal();
  await at.logIn();
  const terminal = open(at);
  await go(terminal, until('credentials'));
  await terminal.waitFor('Whose credentials?');
  await chosenCredentials(terminal, 'management-sso');
  await go(terminal, between('accept', 'delegated-account'));
  await terminal.waitFor(seeing`${questionOf('delegated-account.account')}[\s\S]*choose a line first`);
  await chosen(terminal, 'Shared Services');
  await go(terminal, between('register', 'switch'));
  await terminal.waitFor(/You may have to switch user[\s\S]*Whose credentials\?/);
  await chosenCredentials(terminal, 'delegated-sso');
  await go(terminal, between('accept-delegated', 'assign'));
  await terminal.waitFor(seeing`CHANGE[^:]*: ${changes.assign}[\s\S]*Make this change\?[\s\S]*y yes`);
  await rm(at.file);
  const order = {
    fault: 'expired-mid-bulk',
    operation: 'sso:DescribeAccountAssignmentCreationStatus',
    after: 0,
    times: 1,
  };
  await fetch(`${at.simulator.url}/_faults`, { method: 'POST', body: JSON.stringify(order) });
  terminal.press('y');
  await terminal.waitFor(/have expired[\s\S]*❯ sign in now: aws sso login/);
  await at.logIn();
  await terminal.waitFor(/Everything is done[\s\S]*Enter finish/);
  const sent = (await asked(at)).filter((one) => one === 'sso:CreateAccountAssignment');
  expect(sent).toHaveLength(1);
  const identified = (await eventsIn(at.env.CW_RUNBOOK_HOME ?? '')).filter(
    ({ type }) => type === 'identified',
  );
  expect(identified).toHaveLength(2); // the same caller as before is not asked about again
});
