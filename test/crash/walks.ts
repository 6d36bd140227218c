import { setTimeout } from 'node:timers/promises';
import { program, type Stop, testNode, walk } from '../program/demo.ts';
import { flat, openTerminal, type TestTerminal } from '../terminal.ts';
import { chance } from './chance.ts';
import { put } from './failed.ts';
import { judge, judgeEnd } from './judge.ts';
import { inLanes } from './lanes.ts';
import { describe } from './organization.ts';
import type { Order, Report } from './part.ts';
import { type Rig, rigFor } from './rig.ts';
import { type Finding, found, sum, type Tally } from './tally.ts';
import { tasks } from './tasks.ts';

/** Kills for one walk, at most. */
const each = 3;
/** More screens than any walk has, those that are answered again included. */
const most = 200;

/** `count` times the guided program is walked through in a terminal, by keys alone, with SIGKILL at random times. */
export async function walks(order: Order): Promise<Report> {
  const { end, ms } = await undisturbed();
  const numbers = Array.from({ length: order.count }, (_, n) => n);
  const tallies = await inLanes(numbers, order.jobs, (n) => killedWalk(n, { end, ms }, order));
  return { tally: sum(tallies), did: `${tallies.length} walks in a terminal` };
}
interface Undisturbed {
  readonly end: object;
  readonly ms: number;
}
async function undisturbed(): Promise<Undisturbed> {
  const rig = await rigFor(tasks[0]);
  const from = performance.now();
  const ended = await drive(openGuided(rig));
  const ms = performance.now() - from;
  await rig.close();
  const end = describe(await rig.organization());
  await rig.discard();
  if (ended.code !== 0) throw new Error(`the walk does not even work undisturbed: ${ended.screen}`);
  return { end, ms };
}

async function killedWalk(n: number, { end, ms }: Undisturbed, order: Order): Promise<Tally> {
  const rig = await rigFor(tasks[0]);
  const draw = chance(order.seed, 7, n);
  const kills = 1 + draw.below(each);
  const findings: Finding[] = [];
  let effective = 0;
  for (let kill = 0; kill < kills && findings.length === 0; kill++) {
    const terminal = openGuided(rig);
    const walking = drive(terminal);
    await terminal.waitFor('cw-runbook').catch(() => undefined); // its first frame: the journal is open
    await Promise.race([setTimeout((draw.share() * ms) / kills), walking]);
    terminal.kill('SIGKILL');
    if ((await walking).signal === 9) effective++;
    findings.push(...(await judge(rig)));
  }
  if (findings.length === 0) {
    const { code, screen } = await drive(openGuided(rig));
    const last = { code, signal: null, out: '', err: screen, ms: 0 };
    findings.push(...(await judgeEnd(rig, last, end)));
  }
  await put(rig, { part: 1, walk: n, kills }, findings, order);
  return found(findings, kills, effective);
}

const openGuided = ({ env }: Rig): TestTerminal =>
  openTerminal({ command: testNode, args: [program], env, columns: 120, rows: 40 });

/** The profile delegated is of the second account that can be chosen. */
const stops = walk.map((one) =>
  one.name === 'delegated-account' ? { ...one, keys: ['down', 'down', 'enter'] } : one,
);
/** The stop that the screen is at. */
const stopOn = (screen: string): Stop | undefined =>
  stops.findLast(({ sees }) =>
    [screen, flat(screen)].some((text) => (typeof sees === 'string' ? text.includes(sees) : sees.test(text))),
  );

/** Empties the line that is typed in: by a key of its own, for keys that come in one burst are one text. */
async function clear(terminal: TestTerminal): Promise<void> {
  terminal.press('ctrl-u');
  await terminal.waitFor(/❯ *\n/, 1_000).catch(() => undefined);
}

/** Presses the keys of whichever stop the screen is at, from wherever the run is, until the program ends. */
async function drive(terminal: TestTerminal) {
  let over = false;
  void terminal.exit.then(() => {
    over = true;
  });
  for (let turns = 0; !over && turns < most; turns++) {
    // A run that was killed may have to wait until AWS's silence about a change can be believed.
    const screen = await terminal.waitFor((now) => stopOn(now) !== undefined, 120_000).catch(() => '');
    const stop = stopOn(screen);
    if (over || !stop) break;
    if (typeof stop.keys === 'function') await clear(terminal);
    for (const key of typeof stop.keys === 'function' ? stop.keys(screen) : stop.keys) terminal.press(key);
    // Keys that came too soon after a question are not taken: then they are pressed again.
    await terminal.waitFor((now) => now !== screen && stopOn(now) !== stop, 1_000).catch(() => undefined);
  }
  const screen = terminal.screen();
  if (over) return { ...(await terminal.exit), screen };
  terminal.kill('SIGKILL');
  return { ...(await terminal.exit), code: 137, screen }; // at a screen that nobody knows
}
