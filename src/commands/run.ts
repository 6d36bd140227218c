import { endProcesses, limitProcesses } from '../aws/credential-process/running.ts';
import { createEngine, type Patience, usualPatience } from '../engine/engine.ts';
import type { Ports } from '../engine/ports.ts';
import { takeBack } from '../engine/undo.ts';
import { walk } from '../engine/walk.ts';
import { openSettings } from '../journal/settings.ts';
import type { Told } from '../model/exchange/exchange.ts';
import { mayBeElsewhere } from '../model/progress/handoff.ts';
import { undoable } from '../model/progress/undoing.ts';
import { unprovisionedSays } from '../model/progress/unprovisioned.ts';
import type { Runbook } from '../model/runbook.ts';
import { shown } from '../model/text/escape-control-chars.ts';
import { lineOf } from '../report/lines.ts';
import { byHand, byHandAs } from '../report/remaining-commands.ts';
import type { WaitedFor } from '../ui/session/session.ts';
import { wire } from './process/create-ports.ts';
import { processTimeout, watchProcesses } from './process/credential-process.ts';
import { type ExitCode, exitCodes } from './process/exit.ts';
import { Left, listen, sleep } from './process/shutdown.ts';
import { placeNow } from './runs/environment.ts';
import { noticesFor, repairsNow } from './runs/notices.ts';
import { type Place, takeUpRun } from './runs/runs.ts';
import { decide } from './unattended/decisions.ts';
import { keeping } from './unattended/keeping.ts';
import type { Consent } from './unattended/operator.ts';
import { readAnswers } from './unattended/read-answers.ts';
import { silenceSaid } from './unattended/silence.ts';
import { unattended } from './unattended/unattended.ts';
import { waitingSaid } from './unattended/waiting-said.ts';

export interface RunOptions extends Consent {
  readonly runbook: Runbook;
  readonly home: string;
  readonly answers: string; // the file
  readonly run?: string;
  readonly fresh?: boolean;
  readonly takeBack?: string; // the id of the hand-off from which the run is taken back
  readonly poll?: number; // milliseconds between two looks at something under way
  readonly patience?: number; // milliseconds until something under way is left so
  readonly timeout?: number; // milliseconds for a credential_process
  readonly pace?: number; // requests a second while much is looked through
  /** What the run made is taken back. */
  readonly undo?: boolean;
  readonly place?: Place; // where the run was begun; else what the environment says
  readonly answered?: Told; // of every answer of AWS
}

/** The same walk as the guided run, answered from a file. Plain lines on standard output; stops with a reason. */
export async function run(options: RunOptions): Promise<ExitCode> {
  const answers = await readAnswers(options.answers, options.runbook);
  const { runbook, home, run: id, fresh, undo, takeBack: word } = options;
  const { steps } = runbook;
  const named = Object.values(answers.profiles);
  const journal = await takeUpRun({
    runbook,
    home,
    place: options.place ?? (await placeNow(named.length > 0 ? named : undefined)),
    ...(id === undefined ? {} : { run: id }),
    ...(fresh ? { fresh } : {}),
    ...(word === undefined ? {} : { takeBack: word }),
    ...(undo ? { undo } : {}),
  });
  const say = (line: string): void => void process.stdout.write(`${shown(line)}\n`);
  const leaving = listen({
    streams: [process.stdout, process.stderr],
    again: (code) => process.exit(code),
    mayRepeat: () => say('leaving      a call in flight is finished and written down; again: leave at once'),
  });
  const longest = options.timeout ?? processTimeout;
  limitProcesses(longest);
  const unwatch = watchProcesses(processSaid(longest, say));
  try {
    say(
      `run          ${journal.header.run} at ${journal.header.endpoint === 'aws' ? 'AWS' : journal.header.endpoint}`,
    );
    const opened = journal.events().findLastIndex(({ type }) => type === 'opened');
    const handed = word === undefined ? 0 : 1; // it was taken back right before
    for (const event of repairsNow(journal.events())) say(lineOf(event) ?? '');
    for (const event of journal.events().slice(Math.max(0, opened - handed))) say(lineOf(event) ?? '');
    const operator = keeping(
      unattended(
        answers,
        options,
        say,
        (ms) => sleep(ms, leaving.signal),
        {
          command: (attempt) => byHand(attempt, ports.run()),
          as: (attempts) => byHandAs(attempts, ports.run()),
        },
        () => ports.run(),
      ),
      options.keep ?? [],
      () => ports.run(),
      say,
    );
    // A demo's run is nobody's usual AWS.
    const settings = journal.header.simulated ? undefined : await openSettings(home);
    for (const notice of await noticesFor(journal, home, runbook, settings)) say(`notice       ${notice}`);
    settings?.remember({ id: journal.header.run, endpoint: journal.header.endpoint, simulated: false });
    const ports = wire(
      journal,
      {
        ask: async (asked) => {
          const reply = await operator.ask(asked);
          // Said at once: what remains may take a while to be looked at.
          if (reply.do === 'leave')
            for (const line of operator.reason()?.says ?? []) process.stderr.write(`${shown(line)}\n`);
          return reply;
        },
        show: both(both(silenceSaid(say), waitingSaid(say)), progressSaid(say)),
        leaving: leaving.signal,
        answered: options.answered,
      },
      settings,
    );
    const record: typeof ports.record = async (news) => {
      const event = await ports.record(news);
      const line = lineOf(event);
      if (line !== undefined) say(line);
      if (event.type === 'looked')
        for (const says of ports.run().older?.differs[event.step] ?? [])
          say(`differs      ${event.step}: ${says}`);
      return event;
    };
    if (!undo) await decide(answers, { ...ports, record }, steps, options.confirm, say);
    const engine = createEngine({ ...ports, record }, steps, patienceOf(options));
    const end = await (undo ? takeBack : walk)(steps, engine).catch((error: unknown) => {
      if (error instanceof Left) return 'left' as const;
      throw error;
    });
    const behind = unprovisionedSays(ports.run(), steps);
    for (const says of behind) say(`read this    ${says}`);
    if (behind.length > 0 && end !== 'left') {
      say('not finished everything else is done; the same command goes on from here');
      return exitCodes.parked;
    }
    if (end === 'finished') {
      say('finished     every step is done and was looked at once more');
      return exitCodes.done;
    }
    const kept = end === 'undone' ? undoable(steps, ports.run()) : [];
    if (kept.length > 0) {
      say(
        `not undone   the rest is; left as this run made it: ${kept.map(({ title }) => title).join(', ')}. cw-runbook undo offers it again`,
      );
      return exitCodes.parked;
    }
    if (end === 'undone') {
      say('undone       what this run made is taken back, and was read back');
      const elsewhere = mayBeElsewhere(ports.run());
      if (elsewhere !== undefined) say(`read this    ${elsewhere}`);
      return exitCodes.done;
    }
    const reason = operator.reason();
    return reason?.code ?? leaving.code() ?? exitCodes.parked;
  } finally {
    unwatch();
    await endProcesses();
    limitProcesses(undefined);
    leaving.end();
    await journal.close();
  }
}

/** Says that one is waited for, and what it says, each thing once. */
function processSaid(longest: number, say: (line: string) => void) {
  const told = new Set<string>();
  return (process: WaitedFor | undefined): void => {
    if (!process) return;
    const { profile, since, said } = process;
    const key = `${since} ${said}`;
    if (told.has(key)) return;
    told.add(key);
    const seconds = Math.round((Date.now() - since) / 1000);
    say(
      `waiting      the credential_process of profile ${profile} has been running for ${seconds} s; it may be waiting for somebody, whom nobody can answer here. It is stopped after ${longest / 1000} s (--timeout)${said === '' ? '' : `. It says: ${said}`}`,
    );
  };
}

/** Says every few seconds how far a search is. */
function progressSaid(say: (line: string) => void): Ports['show'] {
  let last = Date.now();
  return (activity) => {
    if (activity.is !== 'looking') return;
    if (activity.progress === undefined) last = Math.max(last, activity.since);
    else if (Date.now() - last >= 5_000) {
      last = Date.now();
      say(`looking      ${activity.step}: ${activity.progress}`);
    }
  };
}
const both =
  (one: Ports['show'], other: Ports['show']): Ports['show'] =>
  (activity) => {
    one(activity);
    other(activity);
  };

const patienceOf = ({ poll, patience, pace }: RunOptions): Patience => ({
  ...usualPatience,
  ...(poll === undefined ? {} : { pause: poll, longestPause: Math.max(poll, 1) }),
  ...(patience === undefined ? {} : { toShow: patience, toSettle: patience }),
  ...(pace === undefined ? {} : { apart: 1000 / pace }),
});

export { template } from './unattended/answers.ts';
