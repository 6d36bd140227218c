import { setTimeout as after } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { flat, type TestTerminal } from '../terminal.ts';
import { questionOf, seeing } from '../words.ts';
import { median, quantile, rounded } from './numbers.ts';
import { type Measured, runUpTo, type Site, watched } from './site.ts';

const steps = 400;
const gap = 5; // ms between the keys that a held key repeats: 200 a second

/** Keys in a list of so many users: one by one, held, and in its search; and what it does while nobody touches it. */
export async function listBench(site: Site, users: number): Promise<Measured> {
  const run = await runUpTo(site, { users, settle: 200 });
  try {
    const terminal = run.open();
    await toList(terminal, users);
    const idle = await watched(terminal, 5_000);
    const { times, labels } = await single(terminal);
    const held = await holding(terminal, labels);
    const search = await searching(terminal);
    terminal.press('ctrl-c');
    await terminal.exit;
    const share = (ms: number): number => rounded(ms / site.bare);
    return {
      keyP50: share(median(times)),
      keyP99: share(quantile(times, 0.99)),
      heldP99: share(quantile(held.times, 0.99)),
      lostKeys: held.lost,
      searchP50: share(median(search)),
      searchP99: share(quantile(search, 0.99)),
      idleBytes: rounded(idle.bytes),
      idlePercent: rounded(idle.percent),
    };
  } finally {
    await run.close();
  }
}
/** From the start to the list of users, read to its end, through all that was done before. */
export async function toList(terminal: TestTerminal, users: number): Promise<void> {
  const least = users > 0 ? `\\b${(users / 1000).toLocaleString('en-US')},\\d+ ` : '';
  const list = new RegExp(
    `${seeing`${questionOf('administrator-user.user')}`.source}[\\s\\S]*${least}in all`,
  );
  const asked = [
    [seeing`${questionOf('before-you-start.understood')}[\s\S]*Enter choose`, 'enter'],
    [seeing`${questionOf('session-duration.seen')}[\s\S]*Enter choose`, 'enter'],
    [seeing`${questionOf('delegated-account.account')}[\s\S]*choose a line first`, 'down'],
    [seeing`${questionOf('delegated-account.account')}[\s\S]*Enter (choose|answer|confirm)`, 'enter'],
    [/Enter continue/, 'enter'],
    [/Whose credentials\?/, 'enter'],
    [/Use these credentials\?[\s\S]*y yes/, 'y'],
    [/❯ https:/, 'enter'],
  ] as const;
  for (let before = ''; ; ) {
    const screen = await terminal.waitFor(
      (now) => now !== before && (list.test(flat(now)) || asked.some(([sees]) => sees.test(now))),
      240_000,
    );
    if (list.test(flat(screen))) break;
    before = screen;
    terminal.press(asked.find(([sees]) => sees.test(screen))?.[1] ?? '');
  }
  await after(500);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what is read is what goes to a terminal
const pointer = /❯ ((?:\u001b\[[\d;]*m|[^\u001b])+)/;
/** Presses a key and waits for the frame that shows what it did. */
async function pressed(
  terminal: TestTerminal,
  key: string,
  shows: RegExp,
): Promise<{ ms: number; found: string }> {
  return new Promise((resolve) => {
    let seen = '';
    const stop = terminal.onData((data) => {
      seen += data;
      const [, found] = shows.exec(seen) ?? [];
      if (found === undefined || !seen.includes(frameEnd)) return;
      stop();
      resolve({ ms: performance.now() - from, found });
    });
    const from = performance.now();
    terminal.press(key);
  });
}
const frameEnd = '\u001b[?2026l';

/** Down, again and again, each when the one before has been shown. */
async function single(terminal: TestTerminal) {
  const labels: string[] = [];
  const times: number[] = [];
  for (let n = 0; n < steps; n++) {
    const { ms, found } = await pressed(terminal, 'down', pointer);
    labels.push(stripVTControlCharacters(found).trim());
    times.push(ms);
    await after(5 + (n % 7));
  }
  return { times, labels };
}

/** Down held from the first row: when was each of them first to be seen as done? */
async function holding(terminal: TestTerminal, labels: readonly string[]) {
  terminal.press('home');
  await after(300);
  const pressedAt: number[] = [];
  const times: number[] = [];
  let shown = 0;
  let seen = '';
  const stop = terminal.onData((data) => {
    seen += data;
    const end = seen.lastIndexOf(frameEnd);
    if (end < 0) return;
    const at = [...seen.slice(0, end).matchAll(new RegExp(pointer, 'g'))].at(-1)?.[1];
    seen = seen.slice(end);
    const place = at === undefined ? -1 : labels.indexOf(stripVTControlCharacters(at).trim()) + 1;
    const now = performance.now();
    for (; shown < place; shown++) times.push(now - (pressedAt[shown] ?? now));
  });
  const from = performance.now();
  for (let n = 0; n < labels.length; n++) {
    await after(Math.max(0, from + n * gap - performance.now()));
    pressedAt.push(performance.now());
    terminal.press('down');
  }
  await after(1_000);
  stop();
  return { times, lost: labels.length - shown };
}

/** A search is typed and taken back, letter by letter. */
async function searching(terminal: TestTerminal): Promise<readonly number[]> {
  const times: number[] = [];
  await pressed(terminal, '/', /(search:)/);
  for (let n = 0; n < 12; n++) {
    for (const key of [...'an.er', ...Array.from({ length: 5 }, () => 'backspace')]) {
      times.push((await pressed(terminal, key, /(search: )/)).ms);
      await after(5);
    }
  }
  return times;
}
