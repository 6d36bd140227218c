import { steps } from '../../steps/index.ts';
import { readJournal } from '../journal/journal.ts';
import { undoable } from '../model/progress/undoing.ts';
import { advance, nothing, type Run } from '../model/run.ts';
import { inOrganization } from './demo.ts';
import { guided } from './guided.ts';
import { type ExitCode, exitCodes } from './process/exit.ts';
import { run as unattendedRun } from './run.ts';
import { chooseRun } from './runs/choose-run.ts';
import { placeNow } from './runs/environment.ts';
import { allRuns, type Known, type Place } from './runs/runs.ts';
import { scenarioNamed } from './runs/simulated-organization.ts';
import { readAnswers } from './unattended/answers.ts';
import type { Consent } from './unattended/unattended.ts';

export interface UndoOptions extends Consent {
  readonly home: string;
  readonly run?: string;
  readonly answers?: string; // the file: without a terminal, in plain lines
  readonly takeBack?: string; // the id of the hand-off from which the run is taken back
  readonly poll?: number;
  readonly patience?: number;
  readonly pace?: number;
  readonly timeout?: number; // milliseconds for a credential_process
}

/**
 * Takes back what a run made: the one named, else the newest real one that has made something, else the newest demo. A
 * demo's run is taken back in its own simulated organization. Throws `Stopped` and `JournalError`.
 */
export async function undo({ home, run: id, answers, ...options }: UndoOptions): Promise<ExitCode> {
  const known = id === undefined ? await newestMade(home) : await chooseRun({ home, run: id });
  const run = known && (await foldOf(known));
  if (!known || !run || undoable(steps, run).length === 0) {
    process.stdout.write(
      `There is nothing to take back: ${known ? `run ${known.header.run} has made nothing that is still there` : 'no run on this machine has made anything that is still there'}.\n`,
    );
    return exitCodes.done;
  }
  const { header } = known;
  const lead = (place: Place, changed?: (now: Run) => Promise<void>): Promise<ExitCode> => {
    const common = { home, place, run: header.run, undo: true } as const;
    return answers === undefined
      ? guided({ ...common, ...(changed ? { changed } : {}) })
      : unattendedRun({ ...common, ...options, answers });
  };
  if (!header.simulated) {
    const named = answers === undefined ? [] : Object.values((await readAnswers(answers)).profiles);
    return lead(await placeNow(named.length > 0 ? named : undefined));
  }
  const delegate = run.binding.accounts?.['delegated-administrator'];
  return inOrganization(
    { home, scenario: scenarioNamed(header.scenario ?? 'fresh'), ...(delegate ? { delegate } : {}) },
    lead,
  );
}

const foldOf = async ({ folder }: Known): Promise<Run> =>
  (await readJournal(folder)).events.reduce(advance, nothing);

/** A run whose journal cannot be read is passed over here, and told of when it is named. */
async function newestMade(home: string): Promise<Known | undefined> {
  const made: Known[] = [];
  for (const known of await allRuns(home)) {
    const run = await foldOf(known).catch(() => undefined);
    if (run && undoable(steps, run).length > 0) made.push(known);
  }
  return made.findLast(({ header }) => !header.simulated) ?? made.at(-1);
}
