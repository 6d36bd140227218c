import { phases, steps } from '../../steps/index.ts';
import { createEngine, type Patience, usualPatience } from '../engine/engine.ts';
import { walk } from '../engine/walk.ts';
import { RunLocked } from '../journal/errors.ts';
import type { Journal } from '../journal/journal.ts';
import { openSettings } from '../journal/settings.ts';
import type { Run } from '../model/run.ts';
import { createSession } from '../ui/session.ts';
import { bannerOf } from './banner.ts';
import { type ExitCode, exitCodes } from './exit.ts';
import { type Place, takeUpRun } from './runs.ts';
import { needTerminal } from './terminal.ts';
import { watch } from './watch.ts';
import { Left, wire } from './wire.ts';

export interface Guided {
  readonly home: string;
  readonly place: Place;
  readonly run?: string;
  readonly fresh?: boolean;
  readonly patience?: Patience;
  /** Told after every event, before anything else happens. */
  readonly changed?: (run: Run) => Promise<void>;
}

/**
 * The guided run in the terminal: takes up the unfinished run, or begins one. A run that another window has open is
 * shown, read-only, until it is free. Throws `Stopped` and `JournalError`.
 */
export async function guided(options: Guided): Promise<ExitCode> {
  needTerminal();
  const { home, place, run, fresh } = options;
  for (;;) {
    try {
      const journal = await takeUpRun({ home, place, ...(run ? { run } : {}), ...(fresh ? { fresh } : {}) });
      return await lead(journal, options);
    } catch (error) {
      if (!(error instanceof RunLocked)) throw error;
      if ((await watch(error.folder)) === 'free') continue;
      process.stdout.write('Left. The run goes on in the other window.\n');
      return exitCodes.parked;
    }
  }
}

async function lead(
  journal: Journal,
  { home, place, patience = usualPatience, changed }: Guided,
): Promise<ExitCode> {
  // The demo is nobody's usual AWS.
  const settings = place.simulated ? undefined : await openSettings(home);
  settings?.remember({ id: journal.header.run, endpoint: place.endpoint, simulated: false });
  const leaving = new AbortController();
  try {
    const { renderApp } = await import('../ui/render.tsx');
    const session = createSession(() => ports.run());
    const ports = wire(
      journal,
      {
        ask: (ask) => session.ask(ask),
        show: (activity) => session.show(activity),
        changed: async (run) => {
          session.changed();
          await changed?.(run);
        },
        leaving: leaving.signal,
      },
      settings,
    );
    const screen = renderApp({
      session,
      phases,
      banner: bannerOf(journal.header),
      onLeave: () => leaving.abort(),
    });
    const walking = walk(steps, createEngine(ports, patience)).catch((error: unknown) => {
      if (error instanceof Left) return 'left' as const;
      throw error;
    });
    let end: Awaited<typeof walking>;
    try {
      end = await Promise.race([walking, screen.crashed]);
    } finally {
      await screen.close();
    }
    const again = place.simulated ? 'cw-runbook demo' : 'cw-runbook';
    process.stdout.write(
      end === 'finished'
        ? `Finished. The audit log: cw-runbook audit export --run ${journal.header.run}\n`
        : `Left. What was done is written down; ${again} goes on from there.\n`,
    );
    return end === 'finished' ? exitCodes.done : exitCodes.parked;
  } finally {
    await journal.close();
  }
}
