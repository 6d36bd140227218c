import { expect, test } from 'vitest';
import type { Scenario } from '../../src/simulator/scenarios/scenarios.ts';
import { flat, type TestTerminal } from '../terminal.ts';
import { questionOf, seeing, titleOf } from '../words.ts';
import { emptyHome, openDemo } from './demo.ts';

/** What an operator who takes every first choice presses, by what the prompt says. */
const keys: readonly (readonly [RegExp, readonly string[] | ((screen: string) => readonly string[])])[] = [
  [/Use these credentials\?.*y yes/, ['y']],
  [
    /To confirm, type “[^”]+” or “\d{12}” and press Enter\. ❯ (?!\d).*Enter confirm/,
    (screen) => [/or “(\d{12})” and/.exec(screen)?.[1] ?? ''],
  ],
  [/❯ \d{12} .*Enter confirm/, ['enter']],
  [/choose a line first/, ['down']],
  [/none marked yet/, [' ']],
  [/Enter confirm \d+ marked/, ['enter']],
  [/Make this change\?.*y yes/, ['y']],
  [/Enter: finish/, ['enter']],
  [/Enter (continue|go on|choose|answer)/, ['enter']],
];

/** Goes on with every first choice until the sentence is on the screen. Sees that it is there to be read. */
async function until(terminal: TestTerminal, sentence: RegExp): Promise<string> {
  let last = '';
  for (let presses = 0; presses < 60; presses++) {
    // Keys that came too soon after a question are not taken: then they are pressed again.
    const screen = await terminal
      .waitFor((now) => {
        const text = flat(now);
        return sentence.test(text) || (text !== last && keys.some(([prompt]) => prompt.test(text)));
      }, 5_000)
      .catch(() => terminal.screen());
    const text = flat(screen);
    if (sentence.test(text)) return text;
    const [, next = []] = keys.find(([prompt]) => prompt.test(text)) ?? [];
    last = text;
    for (const key of typeof next === 'function' ? next(text) : next) terminal.press(key);
  }
  throw new Error(`sixty keys and no ${sentence}:\n${terminal.screen()}`);
}

test.each<[Scenario, RegExp]>([
  ['single-account', /Create member accounts: one to administer IAM Identity Center/],
  ['opt-in-region', /eu-south-1 is an opt-in Region/],
  ['no-instance', /Enable IAM Identity Center for the organization/],
  ['other-delegated', /The account is the delegated administrator[^✓]*was there before this run/],
  ['set-in-management', /the management account \d{12} has it: only that account can change or assign it/],
  ['existing-set', seeing`${questionOf('permission-set.existing')}`],
  ['existing-set-with-admin', /1 assignment has it: \S+ in [^(]+\(\d{12}\)/],
  ['delegated', /The account is the delegated administrator[^✓]*was there before this run/],
  ['other-region', /in eu-central-1/],
  ['done', seeing`AWS lists the assignment|${questionOf('assign-administrator.target')}`],
  ['active-directory', /turn on configurable AD sync before you register an account/],
  ['no-permission-sets', /they are turned off \(PermissionSetsEnabled is false\)/],
  ['instance-creating', /AWS is still creating it \(CREATE_IN_PROGRESS\)/],
  ['instance-failed', /AWS could not create it \(CREATE_FAILED\): The KMS key policy does not allow/],
  ['instance-deleting', /it is being deleted \(DELETE_IN_PROGRESS\), with its permission sets/],
])('%s: the screen says what there is to say', async (scenario, sentence) => {
  const terminal = openDemo({ home: await emptyHome(), scenario, columns: 100, rows: 34 });
  await until(terminal, sentence);
  terminal.press('ctrl-c');
  expect(await terminal.exit).toMatchObject({ code: 130 });
});

test('external-idp: what there is to know of a step that was passed is read from the checklist', async () => {
  const terminal = openDemo({ home: await emptyHome(), scenario: 'external-idp', columns: 100, rows: 34 });
  await until(terminal, seeing`${questionOf('permission-set.policy')}.*Enter choose`);
  terminal.press('e');
  await terminal.waitFor(seeing`❯ . +9 {2}${titleOf('permission-set')}`);
  terminal.press('up');
  await terminal.waitFor(seeing`❯ . +8 {2}${titleOf('administrator-user')}`);
  terminal.press('enter');
  await terminal.waitFor((now) =>
    /Step 8 of 11: .*provisioned from an identity provider or Active Directory/.test(flat(now)),
  );
  terminal.press('ctrl-c');
  expect(await terminal.exit).toMatchObject({ code: 130 });
});

test.each<[Scenario, RegExp]>([
  [
    'account-instance',
    /Account \d{12} has an account instance of its own in us-east-1\. .* is not meant here/,
  ],
  [
    'region-denied',
    /in eu-central-1.*credentials are set up for us-east-1\. The runbook asks in eu-central-1/,
  ],
])('%s, with the delegated administrator’s credentials alone', async (scenario, sentence) => {
  const terminal = openDemo({ home: await emptyHome(), scenario, columns: 100, rows: 40 });
  await until(terminal, /❯ management +not known[\s\S]* delegated/);
  terminal.press('down');
  await terminal.waitFor(/❯ delegated/);
  await until(terminal, sentence);
  terminal.press('ctrl-c');
  expect(await terminal.exit).toMatchObject({ code: 130 });
});

test('what exists and differs is not decided by Enter alone: a line has to be chosen, and the account typed', async () => {
  const terminal = openDemo({ home: await emptyHome(), scenario: 'existing-set', columns: 100, rows: 34 });
  await until(terminal, /exists and differs/);
  terminal.press('enter');
  await terminal.waitFor('choose a line first');
  terminal.press('down', 'enter');
  await terminal.waitFor(/DANGEROUS: Use \S+ as it is/);
  terminal.press('no such account');
  await terminal.waitFor(/❯ no such account[\s\S]*Enter confirm/);
  terminal.press('enter');
  await terminal.waitFor('Not what was asked for');
  terminal.press('ctrl-c');
  await terminal.exit;
});

test('somebody who is not in the list is not created where people come from an identity provider', async () => {
  const terminal = openDemo({ home: await emptyHome(), scenario: 'external-idp', columns: 100, rows: 34 });
  // Not until the list is whole: on the way there the first line would be marked.
  await until(terminal, seeing`${questionOf('administrator-user.user')}`);
  await terminal.waitFor(' in all');
  terminal.press('up'); // over the top is not round to the end
  terminal.press('/', 'not in this list');
  await terminal.waitFor('0 of 41 match');
  terminal.press('enter');
  await terminal.waitFor('Enter confirm 1 marked');
  terminal.press('enter');
  await terminal.waitFor('User name of the new user');
  terminal.press('new.person', 'enter');
  await terminal.waitFor(/Create the user new\.person in your identity provider[\s\S]*Action required/);
  terminal.press('q');
  expect(await terminal.exit).toMatchObject({ code: 3 });
});

test('who leaves another scenario is told the command that goes on in it', async () => {
  const terminal = openDemo({ home: await emptyHome(), scenario: 'delegated', columns: 100, rows: 34 });
  await until(terminal, /was there before this run/);
  terminal.press('q');
  expect(await terminal.exit).toMatchObject({ code: 3 });
  expect(terminal.written()).toMatch(/To continue:\s+\S+ \S+\s+demo\s+--scenario\s+delegated/);
});
