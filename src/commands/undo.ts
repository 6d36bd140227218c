import { steps } from '../../steps/index.ts';
import { readJournal } from '../journal/journal.ts';
import { advance, nothing, type Run } from '../model/run.ts';
import { undoable } from '../model/undoing.ts';
import { readAnswers } from './answers.ts';
import { chooseRun } from './choose-run.ts';
import { inOrganization, scenarioNamed } from './demo.ts';
import { placeNow } from './environment.ts';
import { type ExitCode, exitCodes } from './exit.ts';
import { guided } from './guided.ts';
import { run as unattendedRun } from './run.ts';
import { allRuns, type Known, type Place } from './runs.ts';
import type { Consent } from './unattended.ts';

export interface UndoOptions extends Consent {
  readonly home: string;
  readonly run?: string;
  readonly answers?: string; // the file: without a terminal, in plain lines
  readonly takeBack?: string; // the id of the hand-off from which the run is taken back
  readonly poll?: number;
  readonly patience?: number;
  readonly pace?: number;
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

/**
 * A run whose journal cannot be read is passed over here, and told of when it is named; where there is no other, it may
 * be the one that is meant, and its problem is thrown.
 */
async function newestMade(home: string): Promise<Known | undefined> {
  const made: Known[] = [];
  const problems: unknown[] = [];
  for (const known of await allRuns(home)) {
    const run = await foldOf(known).catch((error: unknown) => void problems.push(error));
    if (run && undoable(steps, run).length > 0) made.push(known);
  }
  const newest = made.findLast(({ header }) => !header.simulated) ?? made.at(-1);
  if (!newest && problems.length > 0) throw problems.at(-1);
  return newest;
}
