import { isDeepStrictEqual } from 'node:util';
import { sha256 } from '../../src/journal/hash.ts';
import { faultNames } from '../../src/simulator/faults/fault-names.ts';
import { faultNamed } from '../../src/simulator/faults/faults.ts';
import { type Chance, chance } from './chance.ts';
import { put } from './failed.ts';
import { journalsIn, judge } from './judge.ts';
import { describe } from './organization.ts';
import type { Order, Report } from './part.ts';
import { type Reference, referenceOf } from './reference.ts';
import { type Rig, rigFor } from './rig.ts';
import { clockFrom, type Death, type Ending, simulatedStart } from './simulated-start.ts';
import { type Finding, found, sum, type Tally } from './tally.ts';
import { tasks } from './tasks.ts';

/** Simulated runs with faults and deaths drawn from a seed: the n-th of `--seed S` is always the same. */
export async function seeds(order: Order): Promise<Report> {
  const tallies: Tally[] = [];
  const all = { starts: 0, deaths: 0, struck: 0 };
  const from = performance.now();
  // One after the other: the environment of a process can name the credentials of one organization at a time.
  for (let n = 0; n < order.count; n++) {
    const { tally, starts, deaths, struck } = await seeded(n, order);
    tallies.push(tally);
    all.starts += starts;
    all.deaths += deaths;
    all.struck += struck;
  }
  const rate = order.count / ((performance.now() - from) / 1000);
  return {
    tally: sum(tallies),
    did: `${order.count} seeded runs in ${all.starts} starts, with ${all.deaths} deaths and ${all.struck} faults; ${rate.toFixed(1)} runs/s`,
  };
}

/** What the simulator is told to do wrong, as `POST /_faults` takes it. */
interface Fault {
  readonly fault: string;
  readonly operation?: string;
  readonly [parameter: string]: unknown;
}
/** Starts with faults, before AWS is well again. */
const troubled = 6;
/** And after that. */
const well = 3;

export interface Seeded {
  readonly tally: Tally;
  readonly starts: number;
  readonly deaths: number;
  readonly struck: number;
  /** Everything that happened, in order, but for times and random ids. */
  readonly story: readonly string[];
}
export async function seeded(n: number, order: Order): Promise<Seeded> {
  const draw = chance(order.seed, 6, n);
  const reference = await referenceOf(tasks[draw.below(tasks.length)] ?? tasks[0]);
  const clock = clockFrom(Date.now());
  const rig = await rigFor(reference.task, { answers: reference.answers, now: clock.now });
  const faults = Array.from({ length: 1 + draw.below(3) }, () => faultFrom(draw, reference));
  for (const fault of faults) await ordered(rig, fault);
  const endings: Ending[] = [];
  const findings: Finding[] = [];
  let alone = true;
  const start = async (death?: Death): Promise<boolean> => {
    const ending = await simulatedStart(rig, clock, death).catch((error: unknown) =>
      unexpected(error, findings),
    );
    endings.push(ending);
    alone = alone && !(await struckIn(rig)).others;
    findings.push(...(await judge(rig, alone)));
    return ending.is !== 'finished' && findings.length === 0;
  };
  let goesOn = true;
  for (let starts = 0; goesOn && starts < troubled; starts++) goesOn = await start(deathFrom(draw));
  const { struck } = await struckIn(rig);
  await fetch(`${rig.url}/_faults`, { method: 'DELETE' });
  clock.pass(5_000);
  for (let starts = 0; goesOn && starts < well; starts++) goesOn = await start();
  const last = endings.at(-1);
  const story = await storyOf(rig, endings);
  if (findings.length === 0 && alone) findings.push(...(await ended(rig, last, reference.end)));
  const deaths = endings.filter(({ is }) => is === 'died').length;
  await put(rig, { part: 6, n, faults, story: sha256(story.join('\n')), endings }, findings, order);
  return { tally: found(findings), starts: endings.length, deaths, struck, story };
}

function unexpected(error: unknown, findings: Finding[]): Ending {
  const says = error instanceof Error ? (error.stack ?? error.message) : String(error);
  findings.push({ is: 'wrong', says });
  return { is: 'stopped', says };
}

async function ended(rig: Rig, last: Ending | undefined, wanted: object): Promise<readonly Finding[]> {
  if (last?.is !== 'finished')
    return [{ is: 'wrong', says: `AWS is well again, and the run does not end: ${last?.says}` }];
  await rig.close();
  return isDeepStrictEqual(describe(await rig.organization()), wanted)
    ? []
    : [{ is: 'wrong', says: 'the organization is not as an undisturbed run leaves it' }];
}

function faultFrom(draw: Chance, { operations }: Reference): Fault {
  const name = faultNames[draw.below(faultNames.length)] ?? faultNames[0];
  const { operation, parameters, strike } = faultNamed(name as (typeof faultNames)[number]);
  const { lost, delivery } = strike(parameters as never);
  // What never answers is waited for in real time: for a change, once.
  const silent = lost?.is === 'nothing' || delivery?.is === 'nothing';
  const where =
    operation !== '*'
      ? operation
      : silent
        ? 'writes'
        : draw.one(['writes', 'writes', 'reads', operations[draw.below(operations.length)] ?? '*']);
  return {
    fault: name as string,
    operation: where,
    after: draw.below(where === 'reads' ? 60 : 4),
    times: 1 + draw.below(3),
    // Heard in time, or not: what lies between would be told by how busy the machine is.
    ...('ms' in parameters ? { ms: draw.below(2) === 0 ? 20 + draw.below(200) : 2_500 } : {}),
  };
}

const deathFrom = (draw: Chance): Death | undefined =>
  draw.below(2) === 0 ? undefined : { at: 1 + draw.below(60), written: draw.below(2) === 0 };

async function ordered(rig: Rig, fault: Fault): Promise<void> {
  const reply = await fetch(`${rig.url}/_faults`, { method: 'POST', body: JSON.stringify(fault) });
  if (!reply.ok) throw new Error(`${JSON.stringify(fault)}: ${await reply.text()}`);
}

/** How many faults have struck so far, and whether one of them was another administrator. */
async function struckIn(rig: Rig): Promise<{ readonly struck: number; readonly others: boolean }> {
  for (;;) {
    // While the simulator plays a network that is down, it cannot be asked either.
    const reply = await fetch(`${rig.url}/_faults`).catch(() => undefined);
    if (!reply) continue;
    const { orders } = (await reply.json()) as {
      orders: readonly { fault: (typeof faultNames)[number]; struck: number }[];
    };
    const met = orders.filter(({ struck }) => struck > 0);
    return {
      struck: met.reduce((all, { struck }) => all + struck, 0),
      others: met.some(({ fault }) => faultNamed(fault).stage === 'others'),
    };
  }
}

async function storyOf(rig: Rig, endings: readonly Ending[]): Promise<readonly string[]> {
  const { readings } = await journalsIn(rig.home);
  const events = readings.flatMap((one) => one.events);
  const told = events.map((event) => {
    const about = 'attempt' in event ? event.attempt : 'step' in event ? event.step : '';
    return `${event.type} ${about} ${event.type === 'ended' ? event.outcome.ended : ''}`.trim();
  });
  return [...told, ...endings.map(({ is }) => is)];
}
