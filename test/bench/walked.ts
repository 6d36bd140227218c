import type { Size } from '../../src/ui/frame/frame.ts';
import { emptyHome, openDemo } from '../program/demo.ts';

/** One question of a walk: what stood there, how many rows of it were hidden, and the keys that went on. */
export interface Stand {
  readonly screen: string;
  readonly hidden: number;
  readonly confirms: boolean;
  readonly keys: readonly string[];
}
/**
 * What goes on from a screen, by its last rows, as somebody presses it who takes every default: typed text with its
 * Enter counts as one key, a choice without a preselection as an arrow and Enter.
 */
const ways: readonly (readonly [
  RegExp,
  (screen: string) => readonly string[],
  { readonly typed?: true; readonly ends?: true; readonly confirms?: true }?,
])[] = [
  [/Enter finish/, () => ['enter'], { ends: true }],
  [/Action required|Blocked\./, () => ['q'], { ends: true }],
  [/\? {3}y yes/, () => ['y'], { confirms: true }],
  [
    /To confirm, type/,
    (screen) => [/or “(\d{12})” and|type “(\d{12})”/.exec(screen.replace(/\s+/g, ' '))?.[1] ?? '', 'enter'],
    { typed: true, confirms: true },
  ],
  [/choose a line first/, () => ['down', 'enter']],
  [/none marked yet/, () => ['space', 'enter']],
  [/Enter (choose|answer|continue|confirm \d)/, () => ['enter']],
];

/** Walks through a demo with the defaults, to its end. Throws where a screen names no key that goes on. */
export async function walked(size: Size, scenario = 'fresh', most = 60): Promise<readonly Stand[]> {
  const home = await emptyHome();
  const terminal = openDemo({ home, scenario, ...size, seed: 'walk' });
  const stands: Stand[] = [];
  for (;;) {
    const screen = await terminal.waitFor(
      (now) => ways.some(([sees]) => sees.test(now)) && !/~ /.test(now),
      300_000, // to look through much may take minutes
    );
    const [, keys, how = {}] = ways.find(([sees]) => sees.test(screen)) ?? [];
    if (!keys) throw new Error(`no key goes on:\n${screen}`);
    const pressed = keys(screen);
    const hidden = Number(/↓ (\d+) more rows?/.exec(screen)?.[1] ?? 0);
    stands.push({ screen, hidden, confirms: how.confirms === true, keys: how.typed ? ['typed'] : pressed });
    if (stands.length > most) throw new Error(`${most} screens and no end:\n${screen}`);
    let before = screen;
    for (const [n, key] of pressed.entries()) {
      before = terminal.screen();
      terminal.press(key === 'space' ? ' ' : key);
      if (n === pressed.length - 1) break;
      // What was typed stands there, and Enter counts.
      await terminal.waitFor((now) =>
        how.typed ? now.includes(`❯ ${key}`) && now.includes('Enter confirm') : now !== before,
      );
    }
    if (how.ends) break;
    await terminal.waitFor((now) => now !== before);
  }
  await terminal.exit;
  return stands;
}

/** In sum: rows below the fold, on confirmations and in all; screens; keys. */
export const sumOf = (stands: readonly Stand[]) => ({
  screens: stands.length,
  keys: stands.reduce((sum, { keys }) => sum + keys.length, 0),
  hidden: stands.reduce((sum, { hidden }) => sum + hidden, 0),
  onConfirmations: stands.reduce((sum, { hidden, confirms }) => sum + (confirms ? hidden : 0), 0),
});
