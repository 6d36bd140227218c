import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { connect } from '../../src/aws/client.ts';
import { wire } from '../../src/commands/process/create-ports.ts';
import { decide } from '../../src/commands/unattended/decisions.ts';
import { readAnswers } from '../../src/commands/unattended/read-answers.ts';
import { unattended } from '../../src/commands/unattended/unattended.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { Ports } from '../../src/engine/ports.ts';
import { walk } from '../../src/engine/walk.ts';
import { createJournal, type Journal, openJournal } from '../../src/journal/journal.ts';
import { listRuns } from '../../src/journal/runs.ts';
import { codewhisperer, steps } from '../../steps/index.ts';
import type { Rig } from './rig.ts';

/** A clock that waiting moves on, and nothing else: a run's minutes pass in no time, and the same way each time. */
export interface Clock {
  now(): number;
  pass(ms: number): void;
}
export function clockFrom(begin: number): Clock {
  let at = begin;
  return {
    now: () => at,
    pass: (ms) => {
      at += ms;
    },
  };
}

/** The process dies here: at the n-th event, before or after it is on disk. */
export interface Death {
  readonly at: number;
  readonly written: boolean;
}
/** How a start ended. `says`: what the operator was told. */
export interface Ending {
  readonly is: 'finished' | 'stopped' | 'died';
  readonly says: string;
}
class Died extends Error {}
const run = '01SEEDED000000000000000000';
/** In milliseconds of the clock. */
const patience = { toShow: 1_000, toSettle: 2_000, pause: 50, longestPause: 200 };
/** In real milliseconds. A busy machine takes a while to answer, too: what is late is far from it (`seeds.ts`). */
const timeouts = { connect: 2_000, answer: 1_000 };
/** More events than any start has. */
const most = 500;

/** One start of the program's parts, in this process: the real engine, journal and SDK, against the rig's simulator. */
export async function simulatedStart(rig: Rig, clock: Clock, death?: Death): Promise<Ending> {
  for (const [name, value] of Object.entries(rig.env)) if (name.startsWith('AWS_')) process.env[name] = value;
  const journal = await journalOf(rig, clock);
  const never = new AbortController().signal;
  const says: string[] = [];
  let [dead, recorded] = [false, 0];
  const alive = (): void => {
    if (dead) throw new Died();
  };
  const die = (): never => {
    dead = true;
    throw new Died();
  };
  const sleep = async (ms: number): Promise<void> => {
    alive();
    clock.pass(ms);
    await setImmediate(); // what was sent is on its way
  };
  const answers = await readAnswers(rig.answers, codewhisperer);
  const operator = unattended(answers, { yes: true, confirm: rig.task.confirm }, () => {}, sleep);
  const wired = wire(journal, codewhisperer, {
    ...{ ask: operator.ask, show: () => {}, leaving: never, env: process.env },
  });
  const ports: Ports = {
    ...wired,
    now: clock.now,
    sleep,
    record: async (news) => {
      alive();
      if (++recorded > most) throw new Error('this start goes on for ever');
      if (recorded === death?.at && !death.written) die();
      const event = await wired.record(news);
      if (recorded === death?.at) die();
      return event;
    },
    connect: (actor, source, region) => {
      alive();
      return connect({ env: process.env, actor, source, region, program: 'cw-runbook/seeds', timeouts });
    },
  };
  try {
    await decide(answers, ports, steps, rig.task.confirm, () => {}); // as every start of `run` does
    const end = await walk(steps, createEngine(ports, steps, patience));
    if (end === 'finished') return { is: 'finished', says: '' };
    says.push(...(operator.reason()?.says ?? ['it left without a reason']));
    return { is: 'stopped', says: says.join(' ') };
  } catch (error) {
    if (error instanceof Died) return { is: 'died', says: '' };
    throw error;
  } finally {
    dead = true;
    await journal.close();
  }
}

async function journalOf(rig: Rig, { now }: Clock): Promise<Journal> {
  const [known] = await listRuns(rig.home);
  const place = { run, simulated: false, endpoint: rig.url };
  const program = 'cw-runbook/seeds';
  const journal = known
    ? await openJournal(known.folder, now)
    : await createJournal(
        join(rig.home, 'runs', run),
        { journal: 1, ...place, program, started: new Date(now()).toISOString() },
        now,
      );
  if (!known) await journal.append({ type: 'started', ...place });
  await journal.append({ type: 'opened', by: 'the bench', program });
  return journal;
}
