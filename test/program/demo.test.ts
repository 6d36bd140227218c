import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TestTerminal } from '../terminal.ts';
import { between, emptyHome, from, go, openDemo, type Stop, until, walk } from './demo.ts';

interface Ledger {
  readonly effects: readonly { readonly operation: string }[];
}
/** What really happened in the simulated organization, from its file. */
async function effectsIn(home: string, scenario = 'fresh'): Promise<readonly string[]> {
  const state = JSON.parse(await readFile(join(home, 'demo', scenario, 'organization.json'), 'utf8')) as {
    ledger: Ledger;
  };
  return state.ledger.effects.map(({ operation }) => operation);
}
const once = [
  'organizations:RegisterDelegatedAdministrator',
  'sso:CreatePermissionSet',
  'sso:PutInlinePolicyToPermissionSet',
  'sso:CreateAccountAssignment',
];

/** Who acts, once that was accepted; while another is asked for, that one stands first. */
const acting: readonly (readonly [readonly Stop[], string])[] = [
  [between('organization', 'switch'), 'management Example Corp Management '],
  [between('portal', 'hand-over'), 'delegated '],
];
function identityOn(screen: string, stop: Stop): void {
  const head = screen.split('\n').slice(1, 3).join('\n');
  if (['switch', 'accept-delegated'].includes(stop.name))
    expect(head, stop.name).toMatch(/^delegated (\S.* )?\d{12} not accepted yet/);
  for (const [stops, card] of acting) {
    if (!stops.includes(stop)) continue;
    expect(head, stop.name).toMatch(new RegExp(`^${card}.*\\d{12}`));
    expect(head, stop.name).toContain('user/runbook-operator');
    expect(head, stop.name).toContain(' · us-east-1');
  }
}

test.each([
  [80, 24],
  [120, 40],
  [50, 20],
])('the whole demo by keys alone, to the hand-over, in a window of %i × %i', async (columns, rows) => {
  const home = await emptyHome();
  const terminal = openDemo({ home, columns, rows });
  await go(terminal, walk, (stop) => {
    const screen = terminal.screen();
    expect(screen, stop.name).toContain('DEMO');
    identityOn(screen, stop);
  });
  expect(await terminal.exit).toMatchObject({ code: 0 });
  expect(await effectsIn(home)).toEqual(once);
});

test('killed at one stop after the other, each start opens at the right step; while the assignment is in progress, too', async () => {
  const home = await emptyHome();
  const kill = async (terminal: TestTerminal): Promise<void> => {
    terminal.kill('SIGKILL');
    await terminal.exit;
  };
  let at = walk[0]?.name ?? '';
  for (const [name, made] of [
    ['register', 0],
    ['put-policy', 2],
    ['target', 3],
  ] as const) {
    const terminal = openDemo({ home });
    await go(terminal, between(at, name));
    await terminal.waitFor(walk.find((stop) => stop.name === name)?.sees ?? '');
    await kill(terminal);
    expect(await effectsIn(home)).toEqual(once.slice(0, made));
    at = name;
  }
  const working = openDemo({ home });
  await go(working, between(at, 'assigned'));
  await working.waitFor('AWS is working on it');
  await kill(working);
  expect(await effectsIn(home)).toEqual(once);
  const last = openDemo({ home });
  await go(last, from('assigned'));
  expect(await last.exit).toMatchObject({ code: 0 });
  expect(await effectsIn(home)).toEqual(once);
});

test('q leaves at once, says so by its exit code, and loses nothing', async () => {
  const home = await emptyHome();
  const first = openDemo({ home });
  await go(first, until('organization'));
  await first.waitFor('This step is done');
  first.press('q');
  expect(await first.exit).toMatchObject({ code: 3 });
  const second = openDemo({ home });
  await second.waitFor(/managed by account \d{12}/);
  second.press('ctrl-c');
  expect(await second.exit).toMatchObject({ code: 130 });
});
