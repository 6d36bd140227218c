import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flat, openTerminal, type TestTerminal } from '../terminal.ts';
import { changes, questionOf, seeing } from '../words.ts';

export const program = join(import.meta.dirname, '../../dist/cw-runbook.cjs');

/** The Node that runs the program: another one while the program is tried on every Node it supports. */
export const testNode = process.env.CW_RUNBOOK_TEST_NODE ?? process.execPath;

export const emptyHome = (): Promise<string> => mkdtemp(join(tmpdir(), 'cw-runbook-'));

export interface Demo {
  readonly home: string;
  readonly scenario?: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly seed?: string;
}
export const openDemo = ({ home, scenario = 'fresh', columns = 80, rows = 24, seed }: Demo): TestTerminal =>
  openTerminal({
    command: testNode,
    args: [program, 'demo', '--scenario', scenario],
    env: { CW_RUNBOOK_HOME: home, CW_RUNBOOK_DEMO_SEED: seed },
    columns,
    rows,
  });

/** One screen of the walk: what is waited for, and the keys that go on from it. `name`: for its picture. */
export interface Stop {
  readonly name: string;
  readonly sees: string | RegExp;
  readonly keys: readonly string[] | ((screen: string) => readonly string[]);
}
const account = (screen: string): string => /or “(\d{12})” and/.exec(flat(screen))?.[1] ?? '';

/** What was asked for has been typed, and Enter counts. */
export const typed = { sees: /❯ \d{12}[\s\S]*Enter confirm/, keys: ['enter'] } as const;

/** The whole demo of the scenario fresh, by keys alone. */
export const walk: readonly Stop[] = [
  { name: 'before-you-start', sees: questionOf('before-you-start.understood'), keys: ['enter'] },
  { name: 'credentials', sees: 'Whose credentials?', keys: ['enter'] },
  { name: 'accept', sees: /Use these credentials\?[\s\S]*y yes/, keys: ['y'] },
  { name: 'session-duration', sees: questionOf('session-duration.seen'), keys: ['enter'] },
  {
    name: 'delegated-account',
    sees: seeing`${questionOf('delegated-account.account')}[\s\S]*choose a line first`,
    keys: ['down', 'enter'],
  },
  {
    name: 'register',
    sees: /with care[\s\S]*or “\d{12}” and press Enter/,
    keys: (screen) => [account(screen)],
  },
  { name: 'register-typed', ...typed },
  { name: 'switch', sees: /You may have to switch user[\s\S]*Whose credentials\?/, keys: ['enter'] },
  { name: 'accept-delegated', sees: /Use these credentials\?[\s\S]*y yes/, keys: ['y'] },
  { name: 'portal', sees: 'Address of the access portal', keys: ['enter'] },
  { name: 'user', sees: seeing`${questionOf('administrator-user.user')}[\s\S]*in all`, keys: [' '] },
  { name: 'user-marked', sees: 'Enter confirm 1 marked', keys: ['enter'] },
  { name: 'policy', sees: questionOf('permission-set.policy'), keys: ['enter'] },
  { name: 'set-name', sees: questionOf('permission-set.name'), keys: ['enter'] },
  {
    name: 'create-set',
    sees: seeing`CHANGE[^:]*: ${changes.create}[\s\S]*Make this change\?[\s\S]*y yes`,
    keys: ['y'],
  },
  {
    name: 'put-policy',
    sees: seeing`CHANGE[^:]*: ${changes.give} CodeWhisperer_administrator[\s\S]*Make this change\?[\s\S]*y yes`,
    keys: ['y'],
  },
  { name: 'target', sees: questionOf('assign-administrator.target'), keys: ['enter'] },
  {
    name: 'assign',
    sees: seeing`CHANGE[^:]*: ${changes.assign}[\s\S]*Make this change\?[\s\S]*y yes`,
    keys: ['y'],
  },
  { name: 'hand-over', sees: 'Enter finish', keys: ['enter'] },
];

const greeted = new WeakMap<TestTerminal, Set<string>>();
/**
 * Whether somebody who takes a run up again is asked once more for these credentials: each identity is, once. They are
 * greeted with the first.
 */
function isWelcome(terminal: TestTerminal, screen: string): boolean {
  const greets = /(Welcome back: |Last worked on by )[\s\S]*Use these credentials/.test(screen);
  if (!greets && !greeted.has(terminal)) return false;
  if (!/Use these credentials\?[\s\S]*y yes/.test(screen)) return false;
  const met = greeted.get(terminal) ?? new Set();
  greeted.set(terminal, met);
  const account = /Account +(\d{12})/.exec(screen)?.[1] ?? '';
  if (met.has(account)) return false;
  met.add(account);
  return true;
}
const read = new WeakMap<TestTerminal, Set<string>>();
/** Whether a step is done in which something has to be read, as after a hand-off. Each is gone on from once. */
function isRead(terminal: TestTerminal, screen: string): boolean {
  const step = /Step (\d+) of/.exec(screen)?.[1];
  if (step === undefined || !/This step is done[\s\S]*Enter continue/.test(screen)) return false;
  const met = read.get(terminal) ?? new Set();
  read.set(terminal, met);
  if (met.has(step)) return false;
  met.add(step);
  return true;
}
/** Waits for a screen. On the way it accepts what a run was led with before, and goes on from what only has to be read. */
export function reached(terminal: TestTerminal, sees: string | RegExp): Promise<string> {
  const isThere = (text: string): boolean =>
    typeof sees === 'string' ? text.includes(sees) : sees.test(text);
  const isReached = (text: string): boolean => {
    if (isThere(text) || isThere(flat(text))) return true;
    if (isWelcome(terminal, text)) terminal.press('y');
    if (isRead(terminal, text)) terminal.press('enter');
    return false;
  };
  // Where it does not come, it is named.
  return terminal.waitFor(Object.assign(isReached, { toString: () => String(sees) }));
}

/** Goes through stops, telling each screen before its keys are pressed. A run that is taken up again is taken as it was. */
export async function go(
  terminal: TestTerminal,
  stops: readonly Stop[],
  tell?: (stop: Stop) => void,
): Promise<void> {
  for (const stop of stops) {
    const screen = await reached(terminal, stop.sees);
    // What a stop answers itself is not answered once more while it still stands there.
    isWelcome(terminal, screen);
    isRead(terminal, screen);
    tell?.(stop);
    for (const key of typeof stop.keys === 'function' ? stop.keys(screen) : stop.keys) terminal.press(key);
  }
}
const placeOf = (name: string): number => {
  const place = walk.findIndex((stop) => stop.name === name);
  if (place < 0) throw new Error(`the walk has no stop ${name}`);
  return place;
};
export const until = (name: string): readonly Stop[] => walk.slice(0, placeOf(name));
export const from = (name: string): readonly Stop[] => walk.slice(placeOf(name));
export const between = (name: string, next: string): readonly Stop[] =>
  from(name).filter((stop) => until(next).includes(stop));
