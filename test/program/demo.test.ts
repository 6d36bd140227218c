import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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

test('killed while the assignment is in progress, the next start goes on, and everything has happened once', async () => {
  const home = await emptyHome();
  const first = openDemo({ home });
  await go(first, until('assigned'));
  await first.waitFor('AWS is working on it');
  first.kill('SIGKILL');
  await first.exit;
  expect(await effectsIn(home)).toEqual(once);
  const second = openDemo({ home });
  await go(second, from('assigned'));
  expect(await second.exit).toMatchObject({ code: 0 });
  expect(await effectsIn(home)).toEqual(once);
});

test.each(['register', 'put-policy', 'target'])(
  'killed at %s, the next start opens at the right step and ends the same',
  async (name) => {
    const home = await emptyHome();
    const first = openDemo({ home });
    await go(first, until(name));
    await first.waitFor(walk.find((stop) => stop.name === name)?.sees ?? '');
    first.kill('SIGKILL');
    await first.exit;
    const second = openDemo({ home });
    await go(second, from(name));
    expect(await second.exit).toMatchObject({ code: 0 });
    expect(await effectsIn(home)).toEqual(once);
  },
);

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
