import { setTimeout } from 'node:timers/promises';
import { type Chance, chance } from './chance.ts';
import { put } from './failed.ts';
import { judge, judgeEnd, openIn } from './judge.ts';
import { inLanes } from './lanes.ts';
import { type Pace, paceOf } from './pace.ts';
import type { Order, Report } from './part.ts';
import { type Reference, referenceOf } from './reference.ts';
import { type Rig, rigFor } from './rig.ts';
import { type Finding, found, nothingYet, sum, type Tally } from './tally.ts';
import { tasks } from './tasks.ts';
import { walks } from './walks.ts';

/** One kill in so many is aimed at the start of the process, where the journal is made or opened. */
const early = 10;

/** At most so many kills are tried for each that meets a process at work. */
const most = 4;

/** After so many kills it is told how far it has come. */
const each = 500;

/** Walks in a terminal: one for so many kills, and no more than these. Their own kills count among all. */
const inTerminal = { oneIn: 20, most: 50 };

/** SIGKILL at random times over whole runs, most of them answered from a file, some in a terminal. */
export async function randomKills(order: Order): Promise<Report> {
  const some = Math.min(inTerminal.most, Math.ceil(order.count / inTerminal.oneIn));
  const walked = await walks({ ...order, count: some });
  const answered = await killedRuns({ ...order, count: Math.max(0, order.count - walked.tally.kills) });
  return { tally: sum([answered.tally, walked.tally]), did: `${answered.did}; ${walked.did}` };
}

/** SIGKILL again and again, until a run has had its share of kills; then it is let finish. */
export async function killedRuns(order: Order): Promise<Report> {
  const all = shares(order);
  const subjects: Subject[] = [];
  for (const task of tasks.slice(0, all.length)) {
    const reference = await referenceOf(task);
    subjects.push({ reference, pace: paceOf(reference) });
  }
  const from = performance.now();
  let [sofar, told] = [nothingYet, 0];
  const runs = await inLanes(all, order.jobs, async ({ run, kills }) => {
    const killed = await killedRun(subjects[run % subjects.length] as Subject, run, kills, order);
    sofar = sum([sofar, killed.tally]);
    if (sofar.kills >= told + each) {
      told = sofar.kills;
      order.sofar?.(sofar);
    }
    return killed;
  });
  const tally = sum(runs.map((run) => run.tally));
  const rate = tally.kills / ((performance.now() - from) / 1000);
  const open = runs.reduce((all, run) => all + run.open, 0);
  return {
    tally,
    did: `${runs.length} runs of ${tasks.map(({ name }) => name).join(', ')}; ${open} kills left a change open; ${rate.toFixed(1)} kills/s`,
  };
}
interface Subject {
  readonly reference: Reference;
  readonly pace: Pace;
}

/** The kills, shared out among runs: 1 to 15 each. */
function shares({ count, seed }: Order): readonly { readonly run: number; readonly kills: number }[] {
  const draw = chance(seed, 1);
  const all: { run: number; kills: number }[] = [];
  for (let left = count; left > 0; ) {
    const kills = Math.min(left, 1 + draw.below(15));
    all.push({ run: all.length, kills });
    left -= kills;
  }
  return all;
}

async function killedRun(
  { reference, pace }: Subject,
  run: number,
  kills: number,
  order: Order,
): Promise<{ readonly tally: Tally; readonly open: number }> {
  const rig = await rigFor(reference.task, { answers: reference.answers });
  const draw = chance(order.seed, 1, run);
  const findings: Finding[] = [];
  let [done, effective, open] = [0, 0, 0];
  // A kill that met nothing at work, because the machine was busy, is made up for.
  for (; effective < kills && done < most * kills && findings.length === 0; done++) {
    if (await killedStart(rig, pace, draw, findings)) effective++;
    findings.push(...(await judge(rig)));
    open += await openIn(rig.home);
  }
  if (findings.length === 0) {
    const changed = await changes(rig);
    const last = rig.run();
    const ended = await last.ended;
    pace.saw(ended, await last.begun, changed);
    findings.push(...(await judgeEnd(rig, ended, reference.end)));
  }
  await put(rig, { part: 1, run, kills }, findings, order);
  return { tally: found(findings, done, effective), open };
}

const changes = async (rig: Rig): Promise<number> => (await rig.ledger()).effects.length;

/** One start, killed at a time drawn evenly from what it is expected to take. True when it had opened its journal by then. */
async function killedStart(rig: Rig, pace: Pace, draw: Chance, findings: Finding[]): Promise<boolean> {
  const changed = await changes(rig);
  const started = rig.run();
  if (draw.below(early) === 0) {
    const at = pace.begins() * (0.9 + 0.4 * draw.share());
    await Promise.race([setTimeout(at), started.ended]);
  } else {
    const at = pace.works(changed) * draw.share();
    await started.begun;
    await Promise.race([setTimeout(at), started.ended]);
  }
  started.signal('SIGKILL');
  const [ended, begun] = [await started.ended, await started.begun];
  const { signal, code, err } = ended;
  if (signal === null && code !== 0)
    findings.push({ is: 'wrong', says: `a start ended with ${code}: ${err}` });
  if (begun !== undefined) pace.sawBegin(begun);
  if (signal === null) pace.saw(ended, begun, changed); // the kill came too late
  return signal === 'SIGKILL' && begun !== undefined;
}
