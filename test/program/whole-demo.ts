import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { between, emptyHome, go, openDemo, type Stop, walk } from './demo.ts';

interface Ledger {
  readonly effects: readonly { readonly operation: string }[];
}
/** What really happened in the simulated organization, from its file. */
export async function effectsIn(home: string, scenario = 'fresh'): Promise<readonly string[]> {
  const state = JSON.parse(await readFile(join(home, 'demo', scenario, 'organization.json'), 'utf8')) as {
    ledger: Ledger;
  };
  return state.ledger.effects.map(({ operation }) => operation);
}
export const once = [
  'organizations:RegisterDelegatedAdministrator',
  'sso:CreatePermissionSet',
  'sso:PutInlinePolicyToPermissionSet',
  'sso:CreateAccountAssignment',
];

/** Who acts, once that was accepted; while another is asked for, that one stands first. */
const acting: readonly (readonly [readonly Stop[], string])[] = [
  [between('session-duration', 'switch'), 'management Example Corp Management '],
  [between('portal', 'hand-over'), 'delegated '],
];
function identityOn(screen: string, stop: Stop): void {
  const head = screen.split('\n').slice(1, 4).join('\n');
  if (['switch', 'accept-delegated'].includes(stop.name))
    expect(head, stop.name).toMatch(/^delegated (\S.* )?\d{12} not accepted yet/m);
  for (const [stops, card] of acting) {
    if (!stops.includes(stop)) continue;
    expect(head, stop.name).toMatch(new RegExp(`^${card}.*\\d{12}`, 'm'));
    expect(head, stop.name).toContain('user/runbook-operator');
    expect(head, stop.name).toContain(' · us-east-1');
  }
}

/** The whole demo by keys alone, to the hand-over, and what it did. */
export async function wholeDemo(columns: number, rows: number): Promise<void> {
  const home = await emptyHome();
  const terminal = openDemo({ home, columns, rows });
  await go(terminal, walk, (stop) => {
    const screen = terminal.screen();
    expect(screen, stop.name).toContain('DEMO');
    identityOn(screen, stop);
  });
  expect(await terminal.exit).toMatchObject({ code: 0 });
  expect(await effectsIn(home)).toEqual(once);
}
