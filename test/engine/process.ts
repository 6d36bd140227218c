import type { Ask, Reply } from '../../src/engine/ask.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { Ports } from '../../src/engine/ports.ts';
import { undoRun } from '../../src/engine/undo.ts';
import { walk } from '../../src/engine/walk.ts';
import type { Event, News } from '../../src/model/event.ts';
import { RequestRejected } from '../../src/model/reader.ts';
import { applyEvent, emptyRun, type Run } from '../../src/model/run.ts';
import type { Step } from '../../src/model/step.ts';
import { steps as allSteps } from '../../steps/index.ts';
import { DELEGATE, DEV } from './four-accounts.ts';
import { type Clock, Crash, type Options, type World, world } from './in-process.ts';

/** What an operator answers, by 'step/question'. */
export type Answers = Readonly<Record<string, string>>;
export const usualAnswers: Answers = {
  'before-you-start/understood': 'attested',
  'session-duration/seen': 'attested',
  'delegated-account/account': DELEGATE,
  'delegated-identity/portal': 'https://d-1.awsapps.com/start',
  'administrator-user/user': 'ada',
  'permission-set/policy': 'documented',
  'permission-set/name': 'CodeWhisperer_administrator',
  'assign-administrator/target': DEV,
};

export interface Operator {
  readonly answers: Answers;
  /** Asked first: what it replies is said; undefined leaves it to the usual operator. */
  readonly on?: (ask: Ask) => Reply | undefined | Promise<Reply | undefined>;
}

/** Says yes to what can be agreed to, answers what is known, waits where AWS is unclear, and leaves else. */
async function usually(ask: Ask, answers: Answers, wait: () => void): Promise<Reply> {
  switch (ask.is) {
    case 'credentials':
      if (ask.problem) return { do: 'leave' };
      return {
        do: 'use',
        source: { kind: 'profile', name: ask.actor === 'delegated-administrator' ? 'delegate' : 'mgmt' },
      };
    case 'accept':
    case 'done':
    case 'finished':
    case 'undo':
    case 'undone':
      return { do: 'go-on' };
    case 'question':
      return answered(ask, answers[`${ask.step.id}/${ask.goal.question}`], wait);
    case 'confirm': {
      const typed = ask.changes.find(({ risk }) => risk === 'dangerous')?.typed?.[0];
      return { do: 'confirm', ...(typed === undefined ? {} : { typed }) };
    }
    case 'drifted':
    case 'busy':
      return { do: 'again' };
    default:
      return { do: 'leave' };
  }
}
/** A decision names what it was about, and the operator what is to be done: 'replace@'. */
async function answered(
  ask: Extract<Ask, { is: 'question' }>,
  answer: string | undefined,
  wait: () => void,
): Promise<Reply> {
  if (answer === undefined) return { do: 'leave' };
  try {
    for await (const { value, danger } of ask.choices?.() ?? []) {
      const typed = danger?.typed[0];
      if (value === answer || (answer.endsWith('@') && value.startsWith(answer)))
        return { do: 'answer', answer: value, ...(typed === undefined ? {} : { typed }) };
    }
    return { do: 'answer', answer };
  } catch (error) {
    if (!(error instanceof RequestRejected)) throw error;
    wait();
    return { do: 'again' };
  }
}
const nameOf = (ask: Ask): string =>
  ask.is === 'question' ? `${ask.step.id}: question ${ask.goal.question}` : `${ask.step.id}: ${ask.is}`;

/** No test's process looks at its run more than 4,000 times. */
const endless = 20_000;

/** At which of its events a process dies, before or after that is on disk. */
export interface Death {
  readonly at: number;
  readonly written: boolean;
}
/** Called twice for each event, the first of which is 1: before it is on disk, and after. A process may die in it. */
type Around = (event: number, written: boolean) => void;
const dying =
  (die: Death): Around =>
  (event, written) => {
    if (die.at === event && die.written === written)
      throw new Crash(`${written ? 'after' : 'before'} the event was on disk`);
  };

/** A process over a list of events (the disk) and a world. */
export function process(
  disk: Event[],
  clock: Clock,
  aws: World,
  operator: Operator = { answers: usualAnswers },
  around: Around = () => {},
) {
  let run: Run = disk.reduce(applyEvent, emptyRun);
  let appended = 0;
  let turns = 0;
  let patience = 30; // of the operator, where AWS is unclear
  const asks: string[] = [];
  const activities: string[] = [];
  const record = async (news: News): Promise<Event> => {
    const event = JSON.parse(JSON.stringify({ at: clock.now, ...news })) as Event;
    appended++;
    around(appended, false);
    disk.push(event);
    run = applyEvent(run, event);
    around(appended, true);
    return event;
  };
  const ports: Ports = {
    // An engine that turns in a circle never lets a test's time-out strike: it fails here, in a sentence.
    run: () => {
      if (++turns > endless) throw new Error(`it goes on without end: ${asks.at(-1) ?? 'nothing was asked'}`);
      return run;
    },
    record,
    lasting: () => undefined,
    runInTerminal: async () => undefined,
    logIn: async () => ({ is: 'failed', why: 'nobody logs in here' }),
    sources: async () => aws.sources(),
    identifyCaller: async (source) => aws.meet(source),
    connect: (actor, source, region) => aws.connect(actor, source, region),
    ask: async (ask) => {
      asks.push(nameOf(ask));
      if (asks.length > 300) throw new Error(`asked without end: ${asks.at(-1)}`);
      const reply = await operator.on?.(ask);
      if (reply) return reply;
      const wait = (): void => {
        clock.now += 5_000;
      };
      if (ask.is === 'unknown' && aws.options.lag + Number(aws.options.flap) > 0 && patience-- > 0) {
        wait();
        return { do: 'again' };
      }
      return usually(ask, operator.answers, wait);
    },
    show: ({ is }) => void activities.push(is),
    now: () => clock.now,
    sleep: async (ms) => {
      clock.now += ms;
    },
  };
  const engine = createEngine(ports, allSteps);
  return {
    engine,
    ports,
    asks,
    activities,
    run: () => run,
    appended: () => appended,
    /** Goes through the steps, as a program just started does. 'finished', or what was asked when the operator left. */
    all: async (steps: readonly Step[] = allSteps): Promise<string> => {
      await record({ type: 'opened', by: 'test', program: 'test' });
      const end = await walk(steps, engine);
      return end === 'left' ? (asks.at(-1) ?? 'left') : end;
    },
    /** Takes the run back, as a program just started does. 'undone', or what was asked when the operator left. */
    undo: async (steps: readonly Step[] = allSteps): Promise<string> => {
      await record({ type: 'opened', by: 'test', program: 'test' });
      const end = await undoRun(steps, engine);
      return end === 'left' ? (asks.at(-1) ?? 'left') : end;
    },
  };
}
export type Process = ReturnType<typeof process>;

const begin = (): Event[] => [
  { at: 0, type: 'started', run: 'run-1', simulated: true, endpoint: 'in process' },
];

/** What was there before: its run and its world are gone on with in copies. */
interface Before {
  readonly clock: Clock;
  readonly w: Pick<World, 'standing'>;
  readonly disk: readonly Event[];
}
/** What is left of a process that is killed at an event: what is on disk, and the world. Another one can begin with it. */
export interface Left extends Before, Death {
  readonly sent: number; // calls that had reached AWS
}

/** A world, an empty run, and a process over both. `delegated`: somebody registered the account earlier. */
export function setup(
  options: Partial<Options> = {},
  operator: Partial<Operator> = {},
  { delegated = false, before }: { readonly delegated?: boolean; readonly before?: Before | undefined } = {},
) {
  const clock: Clock = { now: before?.clock.now ?? 1_000_000 };
  const w = world(clock, options, before?.w.standing());
  if (delegated) w.delegate(DELEGATE);
  const disk = before ? [...before.disk] : begin();
  const who: Operator = { answers: usualAnswers, ...operator };
  const start = (die?: Death): Process => process(disk, clock, w, who, die && dying(die));
  /**
   * What would be left of a process at each of its events, in order, if it were killed there. Between one event on disk
   * and the next one before it is, there is nothing new but where AWS was sent something, or time has passed.
   */
  const leavings = async (go: (started: Process) => Promise<unknown>): Promise<readonly Left[]> => {
    const all: Left[] = [];
    const keep: Around = (at, written) => {
      const { sent, effects, ...more } = w.standing();
      const last = all.at(-1);
      const same =
        last?.disk.length === disk.length && last.sent === sent.length && last.clock.now === clock.now;
      if (same) return;
      const standing = { ...structuredClone(more), sent: [...sent], effects: [...effects] };
      all.push({
        ...{ at, written, sent: sent.length, disk: [...disk] },
        ...{ clock: { now: clock.now }, w: { standing: () => standing } },
      });
    };
    await go(process(disk, clock, w, who, keep));
    return all;
  };
  return { clock, w, disk, start, leavings, p: start() };
}
