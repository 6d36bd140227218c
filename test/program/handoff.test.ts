import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { all } from '../commands/bench.ts';
import { two } from '../commands/people.ts';
import { openTerminal } from '../terminal.ts';
import { questionOf } from '../words.ts';
import { between, emptyHome, from, go, openDemo, program, reached, testNode, until } from './demo.ts';

test('two people at two terminals: handed off with h, read-only, taken over with y, finished', async () => {
  const { at, ann, ben } = await two();
  const cwd = await mkdtemp(join(tmpdir(), 'cw-desk-'));
  const open = (env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
    openTerminal({ command: testNode, args: [program, ...args], env, cwd });
  const first = open(ann.env);
  await go(first, until('delegated-account'));
  await first.waitFor(questionOf('delegated-account.account'));
  // Ben's account, wherever it stands in the list.
  for (let n = 0; n < 60 && !/❯ Shared Services/.test(first.screen()); n++) {
    const before = first.screen();
    first.press('down');
    await first.waitFor((screen) => screen !== before);
  }
  first.press('enter');
  await go(first, between('register', 'switch'));
  await first.waitFor(/Whose credentials\?[\s\S]*h hand off/);
  first.press('h');
  await first.waitFor('Hand this run to someone else.');
  first.press('Yours, Ben');
  await first.waitFor('Yours, Ben');
  first.press('enter');
  expect(await first.exit).toMatchObject({ code: 3 });
  expect(first.written()).toMatch(/Handed off\. Run \S+ is read-only here/);
  const [file = ''] = (await readdir(cwd)).filter((name) => name.endsWith('.cwhandoff'));

  const looked = open(ann.env);
  await looked.waitFor(/This run was handed off[\s\S]*READ-ONLY/);
  await looked.waitFor('Yours, Ben');
  looked.press('enter');
  await looked.waitFor(/To confirm, type “\w{6}” or/);
  looked.press('nobody');
  await looked.waitFor(/❯ nobody[\s\S]*Enter confirm/);
  looked.press('enter');
  await looked.waitFor('Not what was asked for');
  looked.press('escape');
  await looked.waitFor('Enter reclaim it');
  looked.press('q');
  await looked.waitFor('stays read-only here');
  expect(await looked.exit).toMatchObject({ code: 3 });

  const second = open(ben.env, 'resume', file);
  await second.waitFor(/A run is handed to you[\s\S]*y yes/);
  await second.waitFor('no credentials in use yet');
  second.press('y');
  // Nothing is left for the management account: whose are needed is known, with the account.
  await second.waitFor(
    /Choose credentials for the delegated administrator account \d{12}[\s\S]*Whose credentials\?[\s\S]*❯ ben-delegated/,
  );
  second.press('enter');
  await go(second, from('portal'));
  expect(await second.exit).toMatchObject({ code: 0 });
  expect(await at.effects()).toEqual(all);

  // The same file once more: what is to be known of it stands on the screen, and is not behind it.
  const again = open(ben.env, 'resume', file);
  await again.waitFor(
    /This file was opened here before[\s\S]*This hand-off was taken over here already, by[\s\S]*Enter continue/,
  );
  again.press('enter');
  await reached(again, 'Everything is done');
  again.press('q');
  expect(await again.exit).toMatchObject({ code: 0 });

  // Ann takes it back all the same: what is done is seen in AWS, and told.
  const back = open(ann.env);
  const screen = await back.waitFor(/READ-ONLY/);
  back.press('enter');
  const asked = await back.waitFor(/type “\w{6}”/);
  const [, word = ''] = /type “(\w{6})”/.exec(asked) ?? [];
  expect(screen).toContain(word);
  back.press(word);
  await back.waitFor(/Enter confirm/);
  back.press('enter');
  await reached(back, /Whose credentials\?/);
  back.press('q');
  expect(await back.exit).toMatchObject({ code: 3 });
  expect((await ann.cli('status')).out).toContain('reclaimed here');
});

test('a demo is handed to another demo, with its organization, and is finished there', async () => {
  const home = await emptyHome();
  const first = openDemo({ home });
  await go(first, until('switch'));
  await first.waitFor(/Whose credentials\?/);
  first.press('q');
  expect(await first.exit).toMatchObject({ code: 3 });
  const file = join(home, 'demo.cwhandoff');
  const handed = openTerminal({
    command: testNode,
    args: [program, 'handoff', '--to', file],
    env: { CW_RUNBOOK_HOME: home },
  });
  expect(await handed.exit).toMatchObject({ code: 3 });
  const parked = openDemo({ home });
  await parked.waitFor(/READ-ONLY[\s\S]*Enter reclaim it/);
  parked.press('q');
  await parked.exit;

  const other = await emptyHome();
  const second = openTerminal({
    command: testNode,
    args: [program, 'resume', file],
    env: { CW_RUNBOOK_HOME: other },
  });
  await second.waitFor(/DEMO[\s\S]*A run is handed to you[\s\S]*y yes/);
  second.press('y');
  // The management account has nothing left to do: its profile stands last.
  await second.waitFor(/Whose credentials\?[\s\S]*❯ delegated/);
  second.press('enter');
  await go(second, from('portal'));
  expect(await second.exit).toMatchObject({ code: 0 });
});
