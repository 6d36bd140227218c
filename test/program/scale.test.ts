import { expect, test } from 'vitest';
import { bench, user } from '../commands/bench.ts';
import { flat, openTerminal, type TestTerminal } from '../terminal.ts';
import { changes, questionOf, seeing } from '../words.ts';
import { program, testNode } from './demo.ts';

// An organization as large as AWS lets one be, and the program as it is shipped. `--pace` lets it ask faster than AWS
// would answer; the guided run asks at AWS's own pace, so that what is said while it takes long can be seen.

const asked = async (at: Awaited<ReturnType<typeof bench>>, operation: string): Promise<number> =>
  (await at.ledger()).requests.filter((request) => request.operation === operation).length;

test('10,000 users and 3,400 permission sets, none of the name: each start looks at each once, and all is done', async () => {
  const at = await bench('delegated', { size: { users: 10_000, sets: 3_400 } });
  const answers = {
    'administrator-user.user': await user(at, {}, ['--pace', '1000']),
    'assign-administrator.target': at.account('Workloads Dev').id,
  };
  // Who has the set already is looked for before anybody is named.
  const before = await asked(at, 'sso:DescribePermissionSet');
  expect(before).toBeGreaterThanOrEqual(3_400);
  expect(before).toBeLessThan(3_400 + 20);
  const { code, err } = await at.run(answers, ['--pace', '1000']);
  expect(code, err).toBe(0);
  // The first twenty names are printed: no further page is asked for. Who is named is asked for by name.
  expect(await asked(at, 'identitystore:ListUsers')).toBe(1);
  const looks = (await asked(at, 'sso:DescribePermissionSet')) - before;
  expect(looks).toBeGreaterThanOrEqual(3_400);
  expect(looks).toBeLessThan(3_400 + 20);
}, 240_000);

test('a set of the name is there: the search stops at it', async () => {
  const at = await bench('existing-set', { size: { users: 0, sets: 400 } });
  const answers = { 'administrator-user.user': await user(at, {}, ['--pace', '1000']) };
  const before = await asked(at, 'sso:DescribePermissionSet');
  expect(before).toBeLessThan(200 + 20);
  const { code, err } = await at.run(answers, ['--pace', '1000']);
  expect([code, err]).toEqual([4, expect.stringContaining('use@')]);
  expect((await asked(at, 'sso:DescribePermissionSet')) - before).toBeLessThan(200 + 20);
});

/** Presses what goes on until the sentence is on the screen. */
async function goOn(terminal: TestTerminal, sentence: RegExp): Promise<string> {
  const prompts = [
    [
      seeing`${questionOf('before-you-start.understood')}|${questionOf('session-duration.seen')}|This step is done`,
      'enter',
    ],
    [/Whose credentials\?/, 'enter'],
    [/Use these credentials\?[\s\S]*y yes/, 'y'],
    [/❯ https:/, 'enter'],
    [
      seeing`${questionOf('permission-set.policy')}[\s\S]*Enter choose|${questionOf('permission-set.name')}`,
      'enter',
    ],
  ] as const;
  for (let before = ''; ; ) {
    const screen = await terminal.waitFor(
      (now) => sentence.test(flat(now)) || (now !== before && prompts.some(([sees]) => sees.test(now))),
    );
    if (sentence.test(flat(screen))) return flat(screen);
    before = screen;
    terminal.press(prompts.find(([sees]) => sees.test(screen))?.[1] ?? '');
  }
}

test('how far the search for the set is, is said; of 100,000 users one is chosen while they still come; no set is looked at twice', async () => {
  const at = await bench('delegated', { size: { users: 100_000, sets: 400 } });
  const before = await asked(at, 'sso:DescribePermissionSet');
  const terminal = openTerminal({
    command: testNode,
    args: [program],
    env: { ...at.env, CI: undefined, NODE_OPTIONS: undefined },
    columns: 100,
    rows: 30,
  });
  await goOn(
    terminal,
    /Checking at AWS: [\d,]+ of 40\d permission sets checked, 20 a second[\s\S]* Since .* s\./,
  );
  await goOn(
    terminal,
    seeing`${questionOf('administrator-user.user')}.* [\d,]+ so far, [\d,]+ a second, reading…`,
  );
  terminal.press('/', 'brandt.');
  await terminal.waitFor(
    (screen) =>
      /search: brandt\..* [\d,]+ of [\d,]+ match so far, [\d,]+ a second, reading…/.test(flat(screen)) &&
      /❯ .*Brandt/.test(screen),
  );
  terminal.press('enter'); // marks it
  await terminal.waitFor(
    /1 marked[\s\S]*[\d,]+ so far, [\d,]+ a second, reading…[\s\S]*Enter confirm 1 marked/,
  );
  terminal.press('enter');
  await goOn(terminal, seeing`${changes.create}[\s\S]*Make this change\?`);
  expect((await asked(at, 'sso:DescribePermissionSet')) - before).toBeLessThan(400 + 20);
  terminal.press('ctrl-c');
  expect(await terminal.exit).toMatchObject({ code: 130 });
});
