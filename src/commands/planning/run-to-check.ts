import type { Reading } from '../../journal/journal.ts';
import type { Event } from '../../model/event.ts';
import type { Told } from '../../model/exchange/exchange.ts';
import { foldRun, type Run } from '../../model/run.ts';
import type { Runbook } from '../../model/runbook.ts';
import type { Environment } from '../../model/text/environment.ts';
import type { Known } from '../runs/find-run.ts';
import { refuseElsewhere, runAt } from '../runs/run-at.ts';
import type { Place } from '../runs/runs.ts';
import { readRun } from '../runs/unfinished-line.ts';
import { type Answers, noAnswers } from '../unattended/answers.ts';
import { answersThere } from '../unattended/answers-there.ts';
import { readAnswers } from '../unattended/read-answers.ts';
import { placeFor } from './place-for.ts';
import type { Accounts } from './planner.ts';
import { profilesOf } from './profiles-of.ts';

/** What a command is told that looks at a run again, with the credentials that it was made with. */
export interface CheckOptions {
  readonly runbook: Runbook;
  readonly home: string;
  readonly env: Environment;
  readonly answers?: string; // a file: its profiles count instead of those that the run used
  readonly run?: string;
  readonly yes: boolean;
  readonly json?: boolean;
  readonly timeout?: number; // milliseconds for a credential_process
  readonly place?: Place;
  readonly answered?: Told; // of every answer of AWS
}
/** A run that is looked at again: nothing is asked of AWS yet. */
export interface RunToCheck {
  readonly known: Known;
  readonly events: readonly Event[];
  readonly run: Run;
}
/** The run that is meant. Throws `CliError` and `JournalError`. */
export async function runToCheck(options: CheckOptions): Promise<RunToCheck> {
  const known: Known & { readonly reading?: Reading } = await runAt(options);
  const { events } = await readRun(known.folder, known.reading);
  return { known, events, run: foldRun(events, options.runbook) };
}

/**
 * Whose credentials look at it, and of which accounts they have to be. Throws `CliError` where the calls would go elsewhere
 * now, or the file does not fit.
 */
export async function credentialsToCheck(
  { answers: file, runbook, env, place }: CheckOptions,
  { known, run }: RunToCheck,
): Promise<{ readonly answers: Answers; readonly accounts: Accounts }> {
  const { profiles, roles, externalIds } =
    file === undefined ? profilesOf(run.identities) : await readAnswers(file, runbook);
  const answers = answersThere({ ...noAnswers, profiles, roles, externalIds }, place, runbook);
  refuseElsewhere(known, place ?? (await placeFor(answers, env)));
  const accepted = Object.fromEntries(
    Object.entries(run.identities).map(([actor, { account }]) => [actor, account]),
  );
  return { answers, accounts: { ...accepted, ...run.binding.accounts } };
}
