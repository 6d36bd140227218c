import { JournalError } from '../journal/errors.ts';
import { readJournal } from '../journal/journal.ts';
import type { Told } from '../model/exchange/exchange.ts';
import { undoable } from '../model/progress/undoing.ts';
import { foldRun, type Run } from '../model/run.ts';
import type { Runbook } from '../model/runbook.ts';
import { defined } from '../model/text/defined.ts';
import type { Own } from '../model/text/own-commands.ts';
import { inOrganization } from './demo.ts';
import { guided } from './guided.ts';
import { type ExitCode, exitCodes } from './process/exit.ts';
import { run as unattendedRun } from './run.ts';
import { chooseRun } from './runs/choose-run.ts';
import { placeNow } from './runs/environment.ts';
import { allRuns, type Known, type Place } from './runs/runs.ts';
import { scenarioNamed } from './runs/simulated-organization.ts';
import { refuseUnknownSteps } from './unattended/keeping.ts';
import type { Consent } from './unattended/operator.ts';
import { readAnswers } from './unattended/read-answers.ts';

export interface UndoOptions extends Consent {
  readonly runbook: Runbook;
  readonly home: string;
  readonly run?: string;
  readonly answers?: string; // the file: without a terminal, in plain lines
  readonly reclaim?: string; // the id of the hand-off from which the run is taken back
  readonly pollInterval?: number;
  readonly changeTimeout?: number;
  readonly rateLimit?: number;
  readonly answered?: Told; // of every answer of AWS
  readonly timeout?: number; // milliseconds for a credential_process
  readonly own?: Own; // this program's own commands, as they are typed here
}

/**
 * Takes back what a run made: the one named, else the newest real one that has made something, else the newest demo. A
 * demo's run is taken back in its own simulated organization. Throws `CliError` and `JournalError`.
 */
export async function undo({ runbook, home, run: id, answers, ...options }: UndoOptions): Promise<ExitCode> {
  refuseUnknownSteps(options.keep ?? [], runbook);
  const known =
    id === undefined
      ? await newestMade(home, runbook)
      : await chooseRun({ runbook, home, run: id, by: 'shown', ...defined({ own: options.own }) });
  const run = known && (await foldOf(known, runbook));
  if (!known || !run || undoable(runbook.steps, run).length === 0) {
    process.stdout.write(
      `There is nothing to undo: ${known ? `run ${known.header.run} has made nothing that is still there` : 'no run on this machine has made anything that is still there'}.\n`,
    );
    return exitCodes.done;
  }
  const { header } = known;
  const lead = (place: Place, changed?: (now: Run) => Promise<void>): Promise<ExitCode> => {
    const { answered, own } = options;
    const common = {
      ...{ runbook, home, place, run: header.run, undo: true },
      ...defined({ answered, own }),
    } as const;
    return answers === undefined
      ? guided({ ...common, ...defined({ changed }) })
      : unattendedRun({ ...common, ...options, answers });
  };
  if (!header.simulated) {
    const named = answers === undefined ? [] : Object.values((await readAnswers(answers, runbook)).profiles);
    return lead(await placeNow(named.length > 0 ? named : undefined));
  }
  const delegate = run.binding.accounts?.['delegated-administrator'];
  return inOrganization(
    { home, scenario: scenarioNamed(header.scenario ?? 'fresh'), ...(delegate ? { delegate } : {}) },
    lead,
  );
}

const foldOf = async ({ folder }: Known, runbook: Runbook): Promise<Run> =>
  foldRun((await readJournal(folder)).events, runbook);

/** Throws `JournalError` where a run that cannot be read may be the one that is meant. */
async function newestMade(home: string, runbook: Runbook): Promise<Known | undefined> {
  const all = await allRuns(home, runbook);
  const made: Known[] = [];
  for (const known of all)
    if (
      !known.unreadable &&
      !known.foreign &&
      undoable(runbook.steps, await foldOf(known, runbook)).length > 0
    )
      made.push(known);
  const newest = made.findLast(({ header }) => !header.simulated) ?? made.at(-1);
  const isReal = newest !== undefined && !newest.header.simulated;
  const unread = all.findLast(({ unreadable, header }) => unreadable && !(isReal && header.simulated));
  if (!unread?.unreadable) return newest;
  const { kind, message, remedy, damage } = unread.unreadable;
  throw new JournalError(
    kind,
    `Run ${unread.header.run} cannot be read, so what it made is not known. ${message}`,
    newest === undefined
      ? kind === 'newer'
        ? remedy
        : 'No other run has made anything that is still there. Put the journal back as it was; or begin a new run with cw-runbook --new, which sees what is there. Another run: cw-runbook undo --run ID.'
      : `If you mean another run, name it: cw-runbook undo --run ${newest.header.run}.`,
    damage,
  );
}
