import type { Patience } from '../engine/engine.ts';
import type { UndoEnd } from '../engine/undo.ts';
import { RunLocked } from '../journal/errors.ts';
import type { Journal } from '../journal/journal.ts';
import type { Told } from '../model/exchange/exchange.ts';
import { wayNow } from '../model/phase.ts';
import { foldRun, type Run } from '../model/run.ts';
import type { Runbook } from '../model/runbook.ts';
import { defined } from '../model/text/defined.ts';
import type { Environment } from '../model/text/environment.ts';
import { asCommand, inParts, neutral, type Own } from '../model/text/own-commands.ts';
import type { Screen } from '../ui/screen.ts';
import { createSession } from '../ui/session/session.ts';
import { legible } from '../ui/text/charset.ts';
import type { Authority } from './process/authorizing.ts';
import { bannerOf } from './process/banner.ts';
import { type ExitCode, exitCodes } from './process/exit.ts';
import { openPage } from './process/open-page.ts';
import { print } from './process/output.ts';
import { listen } from './process/shutdown.ts';
import { needTerminal, putUp, terminalHere } from './process/terminal.ts';
import { shortId } from './runs/find-run.ts';
import { HandedOff, type Place, takeUpRun } from './runs/runs.ts';
import { commandFor } from './runs/scenario-named.ts';
import type { AtWork } from './screen/behind.ts';

export interface Guided {
  readonly runbook: Runbook;
  readonly home: string;
  readonly env: Environment;
  readonly place: Place;
  readonly run?: string;
  readonly fresh?: boolean;
  readonly patience?: Patience;
  /** What the run made is taken back. */
  readonly undo?: boolean;
  /** Told after every event, before anything else happens. */
  readonly changed?: (run: Run) => Promise<void>;
  /** Told of every answer of AWS. */
  readonly answered?: Told;
  /** This program's own commands, as they are typed here. */
  readonly own?: Own;
  /** Under what it is done. */
  readonly authority?: Authority;
}

/**
 * The guided run in the terminal: takes up the unfinished run, or begins one. A run that another window has open is
 * shown, read-only, until it is free. Throws `CliError` and `JournalError`.
 */
export async function guided(options: Guided): Promise<ExitCode> {
  needTerminal(options.undo ? 'undo' : 'run');
  const { runbook, home, env, place, run, fresh, own = neutral } = options;
  let reclaim: string | undefined;
  for (;;) {
    try {
      const journal = await takeUpRun({
        ...{ runbook, home, place, own },
        ...defined({
          run,
          fresh,
          reclaim,
          authority: options.authority,
          undo: options.undo ? true : undefined,
        }),
      });
      return await lead(journal, options);
    } catch (error) {
      if (error instanceof HandedOff) {
        const { showHandedOff } = await import('./runs/reclaim-handoff.ts');
        const end = await showHandedOff(error, runbook, { own, env });
        if (typeof end === 'number') return end;
        reclaim = end.typed;
        continue;
      }
      if (!(error instanceof RunLocked)) throw error;
      const { watch } = await import('./runs/watch.ts');
      const end = await watch(error.folder, runbook, { own, env });
      if (end === 'free') continue;
      print('Exited. The run continues in the other window.\n');
      return end;
    }
  }
}

/** Of a run that nobody accepted an identity for: there is nothing to hand off, either. */
const notBegun = 'Exited. No identity was accepted, so no run was begun and nothing was changed.\n';
const auditLog = (run: string): string =>
  `The audit log: ${asCommand(`cw-runbook audit export --run ${shortId(run)}`)}`;
const farewell: Readonly<Record<Exclude<UndoEnd, 'left'>, (run: string) => string>> = {
  undone: (run) => `Undone, and read back. ${auditLog(run)}`,
  back: () => 'Nothing was undone.',
};

async function lead(
  journal: Journal,
  { runbook, home, env, place, patience, undo, changed, answered, own = neutral }: Guided,
): Promise<ExitCode> {
  const { phases, steps } = runbook;
  let screen: Screen | undefined;
  let work: AtWork | undefined;
  let undoing = undo;
  let handing: { readonly note?: string } | undefined;
  const again = (): string => own(undoing ? asCommand('cw-runbook undo') : commandFor(place));
  const terminal = terminalHere(env, own);
  const tell = (text: string): void =>
    print(`${inParts(own(text), (part) => legible(part, terminal.charset))}\n`);
  const leaving = listen({
    streams: [process.stdin, process.stdout, process.stderr],
    again: (code) => {
      screen?.restore();
      print(
        journal.begun()
          ? `Exited at once. If a call was in flight, ${again()} finds out whether it took effect.\n`
          : notBegun,
        'stderr',
      );
      process.exit(code);
    },
  });
  try {
    const notices: string[] = [];
    const good: string[] = [];
    const found = foldRun(journal.events(), runbook);
    const session = createSession(
      () => work?.run() ?? found,
      () => journal.events(),
      () => work?.atHand() ?? [],
    );
    leaving.signal.addEventListener('abort', () => session.leave());
    screen = await putUp(
      {
        openPage: (url) => openPage(url, env),
        giveTerminal: () => work?.giveTerminal(),
        session,
        phases,
        banner: bannerOf(journal.header, notices, good),
        onLeave: (how) => leaving.requestShutdown(how === 'q' ? exitCodes.parked : exitCodes.interrupted),
      },
      terminal,
    );
    /** What the first frame does without is loaded behind it: AWS, the engine, the settings, what other runs there are. */
    const begun = async (): Promise<'finished' | UndoEnd> => {
      const { behind } = await import('./screen/behind.ts');
      const { noticesFor } = await import('./runs/notices.ts');
      const { openSettings } = await import('../journal/settings.ts');
      const { sinceThenOnce } = await import('./runs/since-then.ts');
      // The demo is nobody's usual AWS.
      const settings = place.simulated ? undefined : await openSettings(home);
      notices.push(...(await noticesFor(journal, home, runbook, settings)));
      if (notices.length > 0) session.changed();
      // What has changed since the run was left is known later, and stands there from then on.
      const since = sinceThenOnce(() => journal.events(), steps);
      work = behind({
        ...{ journal, runbook, session, leaving, env, settings, patience, answered },
        asking: async (ask, put) => {
          const then = since(ask);
          if (then?.changed) notices.unshift(...then.lines);
          else good.push(...(then?.lines ?? []));
          const reply = await put(ask);
          good.splice(0);
          if (reply.do === 'leave') handing = reply.handoff;
          return reply;
        },
        changed: async (run) => {
          undoing ||= wayNow(run) === 'undo'; // from the screen
          session.changed();
          await changed?.(run);
        },
      });
      return work.begin(undo ? 'undo' : 'walk');
    };
    const walking = begun();
    let end: Awaited<typeof walking>;
    try {
      end = await Promise.race([walking, screen.crashed]);
    } catch (error) {
      screen.restore();
      if (leaving.code() === undefined) leaving.requestShutdown(exitCodes.unexpected);
      await Promise.race([walking.catch(() => undefined), aCall()]);
      throw error;
    } finally {
      await screen.close();
    }
    if (end === 'left' && !journal.begun()) {
      print(notBegun);
      return leaving.code() ?? exitCodes.parked;
    }
    if (end === 'left' && handing && leaving.code() === undefined) {
      const { writeHandoff } = await import('./runs/write-handoff.ts');
      const lines = await writeHandoff(journal, { runbook, home, own, ...handing });
      print(`${lines.join('\n').trimEnd()}\n`);
      return exitCodes.parked;
    }
    const [{ describeUnprovisioned }, { undoable }] = await Promise.all([
      import('../model/progress/unprovisioned.ts'),
      import('../model/progress/undoing.ts'),
    ]);
    const run = work?.run() ?? found;
    const unprovisioned = describeUnprovisioned(run, steps);
    unprovisioned.forEach(tell);
    const kept = end === 'undone' ? undoable(steps, run) : [];
    if (kept.length > 0) {
      tell(
        `Not all of it was undone. Left as this run made it: ${kept.map(({ title }) => title).join(', ')}. ${asCommand('cw-runbook undo')} offers it again. ${auditLog(journal.header.run)}`,
      );
      return exitCodes.parked;
    }
    if (unprovisioned.length > 0 && (end === 'finished' || end === 'undone')) {
      tell(`Not finished: everything else is done. To continue: ${again()}. ${auditLog(journal.header.run)}`);
      return exitCodes.parked;
    }
    if (end === 'finished') {
      const width = Math.min(100, process.stdout.columns ?? 80);
      const [{ cardLines }, { cardFrom }] = await Promise.all([
        import('../report/card-lines.ts'),
        import('./runs/card.ts'),
      ]);
      const card = cardLines(cardFrom(journal.events(), runbook), { width, masked: false, own });
      [...card, ...(await closingOf(journal))].forEach(tell);
      return exitCodes.done;
    }
    const closing = end === 'undone' ? await closingOf(journal) : [];
    if (end === 'left') {
      const { describeExit } = await import('./runs/exited.ts');
      describeExit(run, runbook).forEach(tell);
      tell(`  ${again()}`); // a row of its own, to be copied
    } else tell(farewell[end](journal.header.run));
    closing.forEach(tell);
    return end === 'left' || end === 'back' ? (leaving.code() ?? exitCodes.parked) : exitCodes.done;
  } finally {
    await work?.end();
    leaving.end();
    await journal.close();
  }
}

const closingOf = async (journal: Journal): Promise<readonly string[]> =>
  (await import('./runs/closing.ts')).closeJournal(journal);

/** A little more than a call to AWS may take: without a screen nobody sees what is waited for. */
const aCall = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 25_000));
