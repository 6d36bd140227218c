import { endProcesses, limitProcesses } from '../aws/credential-process/running.ts';
import { createEngine, type Patience, usualPatience } from '../engine/engine.ts';
import { undoRun } from '../engine/undo.ts';
import { walk } from '../engine/walk.ts';
import type { Journal } from '../journal/journal.ts';
import { openSettings } from '../journal/settings.ts';
import type { Event } from '../model/event.ts';
import type { Told } from '../model/exchange/exchange.ts';
import type { Run } from '../model/run.ts';
import type { Runbook } from '../model/runbook.ts';
import { defined } from '../model/text/defined.ts';
import type { Environment } from '../model/text/environment.ts';
import { neutral, type Own } from '../model/text/own-commands.ts';
import { masked } from '../report/card-lines.ts';
import { lineOf } from '../report/lines.ts';
import { cardMarkdown } from '../report/record/markdown.ts';
import type { Authority } from './process/authorizing.ts';
import { wire } from './process/create-ports.ts';
import { processTimeout, watchProcesses } from './process/credential-process.ts';
import { type ExitCode, exitCodes } from './process/exit.ts';
import { Left, listen, sleep } from './process/shutdown.ts';
import { cardFrom, endCard } from './runs/card.ts';
import { closeJournal } from './runs/closing.ts';
import { noticesFor, repairsNow } from './runs/notices.ts';
import { placeNow, refuseMissingProfile } from './runs/place-now.ts';
import { type Place, takeUpRun } from './runs/runs.ts';
import { sinceThenOnce } from './runs/since-then.ts';
import { activitySaid, processSaid } from './unattended/activity-said.ts';
import { aheadSaid } from './unattended/ahead-said.ts';
import { type Answers, namedOtherwise } from './unattended/answers.ts';
import { answersThere } from './unattended/answers-there.ts';
import { checkedFirst } from './unattended/check-first.ts';
import { decide } from './unattended/decisions.ts';
import { endingOf } from './unattended/ending.ts';
import { keeping } from './unattended/keeping.ts';
import type { Consent, Operator, Reason } from './unattended/operator.ts';
import { answersFrom } from './unattended/read-answers.ts';
import type { Confirmation } from './unattended/start.ts';
import { unattended } from './unattended/unattended.ts';
import { type Voice, voiceOf } from './unattended/voice.ts';

export interface RunOptions extends Consent {
  readonly runbook: Runbook;
  readonly home: string;
  readonly env: Environment;
  readonly answers?: string | Answers; // the file, or what it says
  readonly answer?: readonly string[]; // 'KEY=VALUE' each: over what the file says
  readonly run?: string;
  readonly fresh?: boolean;
  readonly reclaim?: string; // the id of the hand-off from which the run is taken back
  readonly pollInterval?: number; // milliseconds between two looks at something under way
  readonly changeTimeout?: number; // milliseconds until something under way is left so
  readonly timeout?: number; // milliseconds for a credential_process
  readonly rateLimit?: number; // requests a second while much is looked through
  /** What the run made is taken back. */
  readonly undo?: boolean;
  readonly json?: boolean; // events as JSON lines on standard output, all else on standard error
  readonly message?: string; // the file that gets the message for the new administrator
  readonly begin?: string; // the id of the run that is begun, where it is not there
  /** Asked before each confirmation: why it may not be given, undefined where it may. */
  readonly allows?: (asked: Confirmation) => Reason | undefined;
  readonly changed?: (run: Run) => Promise<void>; // told of the run after each event
  readonly place?: Place; // where the run was begun; else what the environment says
  readonly answered?: Told; // of every answer of AWS
  readonly own?: Own; // this program's own commands, as they are typed here
  readonly authority?: Authority; // under what it is done
}

/** The same walk as the guided run, answered from a file. Plain lines on standard output; stops with a reason. */
export async function run(options: RunOptions): Promise<ExitCode> {
  const { runbook, home, env, undo, reclaim, own = neutral } = options;
  const { steps } = runbook;
  const answers = await answersOf(options);
  const journal = await journalOf(options, answers);
  const voice = voiceOf({ json: options.json ?? false, env, spelled: own });
  const { say } = voice;
  const leaving = listen({
    streams: [process.stdout, process.stderr],
    again: (code) => process.exit(code),
    mayRepeat: () => say('leaving      a call in flight is finished and written down; again: leave at once'),
  });
  const longest = options.timeout ?? processTimeout;
  limitProcesses(longest);
  const unwatch = watchProcesses(processSaid(longest, say));
  try {
    // A run that has not begun has no name yet: whoever stops it before leaves none behind.
    let named = false;
    const sayRun = (): void => {
      if (named || !journal.begun()) return;
      named = true;
      const { run: id, endpoint } = journal.header;
      say(`run          ${id} at ${endpoint === 'aws' ? 'AWS' : endpoint}`);
    };
    sayRun();
    // As JSON nothing is told of a run that may never begin; when it does, all of it is.
    const early: (readonly [Event, number])[] = [];
    const told = (event: Event, seq: number): void => {
      if (options.json && !journal.begun()) return void early.push([event, seq]);
      for (const [one, n] of early.splice(0)) voice.event(one, n);
      voice.event(event, seq);
    };
    const opened = journal.events().findLastIndex(({ type }) => type === 'opened');
    const handed = reclaim === undefined ? 0 : 1; // it was taken back right before
    for (const event of repairsNow(journal.events())) say(lineOf(event) ?? '');
    // Lines tell of the run's beginning themselves.
    const began = options.json && opened === 1 ? 1 : 0;
    const first = Math.max(0, opened - handed - began);
    for (const [n, event] of journal.events().slice(first).entries()) told(event, first + n + 1);
    const answering = (file: () => Answers): Operator =>
      unattended(
        answers,
        options,
        say,
        (ms) => sleep(ms, leaving.signal),
        () => ports.run(),
        file,
        options.allows,
      );
    const decideOn = async (answered: Answers['answers']): Promise<boolean> => {
      const before = journal.events().length;
      await decide({ answers: answered }, { ...ports, record }, steps, options.confirm, say);
      return journal.events().length > before;
    };
    const operator = keeping(
      undo
        ? answering(() => answers)
        : checkedFirst(answering, {
            ...{ file: answers, runbook, say },
            engine: () => engine,
            decide: decideOn,
          }),
      options.keep ?? [],
      () => ports.run(),
      say,
    );
    const since = sinceThenOnce(() => journal.events(), steps);
    const sayAhead = aheadSaid(steps, () => ports.run(), say);
    // A demo's run is nobody's usual AWS.
    const settings = journal.header.simulated ? undefined : await openSettings(home);
    for (const notice of await noticesFor(journal, home, runbook, settings)) say(`notice       ${notice}`);
    const ports = wire(
      journal,
      runbook,
      {
        ask: async (asked) => {
          for (const line of since(asked)?.lines ?? []) say(`welcome      ${line}`);
          sayAhead(asked);
          const reply = await operator.ask(asked);
          // Said at once: what remains may take a while to be looked at.
          const { says } = (reply.do === 'leave' && operator.reason()) || { says: [] };
          if (says.length > 0) voice.stopped(says);
          return reply;
        },
        unattended: true,
        show: activitySaid(say),
        leaving: leaving.signal,
        env,
        answered: options.answered,
        ...defined({ changed: options.changed }),
      },
      settings,
    );
    const record: typeof ports.record = async (news) => {
      const event = await ports.record(news);
      sayRun();
      told(event, journal.events().length);
      if (event.type === 'looked')
        for (const says of ports.run().older?.differs[event.step] ?? [])
          say(`differs      ${event.step}: ${says}`);
      return event;
    };
    await options.changed?.(ports.run());
    if (!undo) await decideOn(answers.answers);
    const engine = createEngine({ ...ports, record }, steps, patienceOf(options));
    for (const actor of namedOtherwise(answers, ports.run())) engine.forgotten.add(actor);
    const end = await (undo ? undoRun : walk)(steps, engine).catch((error: unknown) => {
      if (error instanceof Left) return 'left' as const;
      throw error;
    });
    const ending = endingOf(end, ports.run(), steps);
    const finished = end === 'finished' && ending.code === exitCodes.done;
    const says = [...ending.says, ...(finished ? await endCard(journal.events(), runbook, options) : [])];
    for (const line of says) say(line);
    await closeWhere(ending.code === exitCodes.done, journal, voice);
    const code = ending.code ?? operator.reason()?.code ?? leaving.code() ?? exitCodes.parked;
    const card = cardFrom(journal.events(), runbook);
    const why = operator.reason()?.says ?? [];
    await voice.ended({
      ...{ run: named ? journal.header.run : null, code, says: [...says, ...why], warnings: card.warnings },
      card: finished ? cardMarkdown(masked(card)) : undefined,
    });
    return code;
  } finally {
    unwatch();
    await endProcesses();
    limitProcesses(undefined);
    leaving.end();
    await journal.close();
  }
}

/** Says how it was closed, where it was. */
async function closeWhere(done: boolean, journal: Journal, voice: Voice): Promise<void> {
  const lines = done ? await closeJournal(journal) : [];
  const last = journal.events().at(-1);
  if (lines.length > 0 && last) voice.event(last, journal.events().length);
  lines.forEach(voice.say);
}

/** What was answered beforehand. Throws `CliError`, also where a profile that it names is not there. */
async function answersOf({ answers: told, answer, runbook, env, place, undo }: RunOptions): Promise<Answers> {
  const answers =
    typeof told === 'object' ? told : answersThere(await answersFrom(told, answer, runbook), place, runbook);
  if (!undo) for (const name of Object.values(answers.profiles)) await refuseMissingProfile(name, env);
  return answers;
}
async function journalOf(options: RunOptions, { profiles, change }: Answers): Promise<Journal> {
  const { runbook, home, env, own = neutral, run, begin, fresh, reclaim, undo } = options;
  const named = Object.values(profiles);
  return takeUpRun({
    ...{ runbook, home, own },
    place: options.place ?? (await placeNow(env, named.length > 0 ? named : undefined)),
    ...defined({ run, begin, fresh, reclaim, undo }),
    authority: {
      told: { ...change, ...options.authority?.told },
      required: options.authority?.required ?? {},
    },
  });
}

const patienceOf = ({ pollInterval, changeTimeout, rateLimit }: RunOptions): Patience => ({
  ...usualPatience,
  ...defined({
    pause: pollInterval,
    longestPause: pollInterval === undefined ? undefined : Math.max(pollInterval, 1),
    toShow: changeTimeout,
    toSettle: changeTimeout,
    apart: rateLimit === undefined ? undefined : 1000 / rateLimit,
  }),
});

export { template } from './unattended/answers.ts';
