import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { flat, openTerminal, type TestTerminal } from '../terminal.ts';
import { changes, seeing } from '../words.ts';
import {
  emptyHome,
  from,
  go,
  openDemo,
  program,
  reached,
  type Stop,
  testNode,
  typed,
  until,
  walk,
} from './demo.ts';

const openUndo = (home: string, columns = 80, rows = 24): TestTerminal =>
  openTerminal({
    command: testNode,
    args: [program, 'undo'],
    env: { CW_RUNBOOK_HOME: home },
    columns,
    rows,
  });
async function effectsIn(home: string): Promise<readonly string[]> {
  const file = join(home, 'demo', 'fresh', 'organization.json');
  const { ledger } = JSON.parse(await readFile(file, 'utf8')) as {
    ledger: { effects: readonly { operation: string }[] };
  };
  return ledger.effects.map(({ operation }) => operation);
}
const made = [
  'organizations:RegisterDelegatedAdministrator',
  'sso:CreatePermissionSet',
  'sso:PutInlinePolicyToPermissionSet',
  'sso:CreateAccountAssignment',
];
const undone = [
  'sso:DeleteAccountAssignment',
  'sso:DeletePermissionSet',
  'organizations:DeregisterDelegatedAdministrator',
];
/** Types the id that the screen asks for. */
const confirm = (screen: string): readonly string[] => [
  /or “(\d{12})” and/.exec(flat(screen))?.[1] ?? 'nothing was asked for',
];
const begin: readonly Stop[] = [
  { name: 'made', sees: /Changes made by this run[\s\S]*check at AWS/, keys: ['enter'] },
  { name: 'plan', sees: /these changes are made in\s+this\s+order[\s\S]*Enter begin/, keys: ['enter'] },
];
const dangerous = (name: string, sees: RegExp): readonly Stop[] => [
  { name, sees, keys: confirm },
  { name: `${name}-typed`, ...typed },
];
const removing = dangerous('assignment', /with care: Remove[\s\S]*and press Enter/);
const others = [
  ...dangerous('set', seeing`with care: ${changes.delete}[\s\S]*and press Enter`),
  ...dangerous('register', /with care: Deregister[\s\S]*and press Enter/),
];
const each = [...removing, ...others];
const end: readonly Stop[] = [{ name: 'undone', sees: /The run is undone[\s\S]*Enter end/, keys: ['enter'] }];

let done: Promise<string> | undefined;
/** A demo that was done, with its organization: walked through once, and copied. */
async function demoDone(home: string): Promise<void> {
  done ??= (async () => {
    const first = await emptyHome();
    const terminal = openDemo({ home: first });
    await go(terminal, walk);
    expect(await terminal.exit).toMatchObject({ code: 0 });
    return first;
  })();
  await cp(await done, home, { recursive: true });
}

test('after the demo everything is taken back by keys alone, in a window of 50 × 20', async () => {
  const home = await emptyHome();
  await demoDone(home);
  const terminal = openUndo(home, 50, 20);
  await go(terminal, [...begin, ...each, ...end], ({ name }) =>
    expect(terminal.screen(), name).toContain('DEMO'),
  );
  expect(await terminal.exit).toMatchObject({ code: 0 });
  expect(await effectsIn(home)).toEqual([...made, ...undone]);
});

test('on the last screen u shows the plan; a wrong word changes nothing; the right ones take the run back', async () => {
  const home = await emptyHome();
  const terminal = openDemo({ home });
  await go(terminal, until('hand-over'));
  await terminal.waitFor(/Everything is done[\s\S]*u undo the run/);
  terminal.press('u');
  await terminal.waitFor(/these changes are made in\s+this\s+order/);
  terminal.press('n');
  await terminal.waitFor('Enter finish');
  terminal.press('u');
  await go(terminal, begin.slice(1));
  await terminal.waitFor(/with care: Remove[\s\S]*and press Enter/);
  terminal.press('y');
  await terminal.waitFor(/❯ y[\s\S]*Enter confirm/);
  terminal.press('enter');
  await terminal.waitFor('Not what was asked for');
  expect(await effectsIn(home)).toEqual(made);
  terminal.press('backspace');
  await go(terminal, [...each, ...end]);
  expect(await terminal.exit).toMatchObject({ code: 0 });
  expect(await effectsIn(home)).toEqual([...made, ...undone]);
  // The same run opens as to do.
  const again = openDemo({ home });
  await reached(again, /with care: Register[\s\S]*and press Enter/);
  again.press('ctrl-c');
  await again.exit;
});

test('killed while AWS takes the assignment away, the next undo goes on, and everything happens once', async () => {
  const home = await emptyHome();
  await demoDone(home);
  const first = openUndo(home);
  await go(first, [...begin, ...removing]);
  await first.waitFor('AWS is working on it');
  first.kill('SIGKILL');
  await first.exit;
  const second = openUndo(home);
  await go(second, [...begin, ...others, ...end]);
  expect(await second.exit).toMatchObject({ code: 0 });
  expect(await effectsIn(home)).toEqual([...made, ...undone]);
});

test('left in the middle, it says how to go on; a plain start does anew what is gone', async () => {
  const home = await emptyHome();
  await demoDone(home);
  const first = openUndo(home);
  await go(first, [...begin, ...removing]);
  await first.waitFor(seeing`with care: ${changes.delete}[\s\S]*and press Enter`);
  first.press('ctrl-c');
  expect((await first.exit).code).not.toBe(0);
  expect(first.written()).toMatch(/To continue:\s+\S.*cw-runbook\.cjs undo/);
  const second = openDemo({ home });
  await reached(second, /! Half undone; \S.*cw-runbook\.cjs undo continues with it\./);
  await go(second, from('assign'));
  expect(await second.exit).toMatchObject({ code: 0 });
  expect(await effectsIn(home)).toEqual([...made, ...undone.slice(0, 1), 'sso:CreateAccountAssignment']);
});

test('what is left as this run made it is said, also that the set is in use for that; the end is not called whole', async () => {
  const home = await emptyHome();
  await demoDone(home);
  const terminal = openUndo(home);
  await go(terminal, begin);
  await terminal.waitFor(/with care: Remove[\s\S]*and press Enter/);
  terminal.press('escape');
  await go(terminal, [
    { name: 'declining', sees: /n not now/, keys: ['n'] },
    { name: 'declined', sees: /Nothing was sent\.[\s\S]*k leave/, keys: ['k'] },
    { name: 'in use', sees: /you left what this run made: Assign[\s\S]*k leave/, keys: ['k'] },
    ...dangerous('register', /with care: Deregister[\s\S]*and press Enter/),
    { name: 'undone', sees: /Not all of the run is undone[\s\S]*Enter end/, keys: ['enter'] },
  ]);
  await terminal.waitFor('Not all of it was undone');
  expect(await terminal.exit).toMatchObject({ code: 3 });
  expect(await effectsIn(home)).toEqual([...made, 'organizations:DeregisterDelegatedAdministrator']);
});
