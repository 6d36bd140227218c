import { type Reading, readJournal } from '../../journal/journal.ts';
import type { Runbook } from '../../model/runbook.ts';
import { defined } from '../../model/text/defined.ts';
import { escapeControlChars } from '../../model/text/escape-control-chars.ts';
import { asCommand, neutral, type Own } from '../../model/text/own-commands.ts';
import { CliError, exitCodes } from '../process/exit.ts';
import { print } from '../process/output.ts';
import { isTooShort, type Known, runsNamed } from './find-run.ts';
import { allRuns, describeUnreadable } from './runs.ts';

/**
 * The run that is meant: the one named, else the newest real one, else the newest. Where it was not named, others that
 * cannot be read are told on standard error. Throws `CliError`, also where it is of another runbook. `whole`: it is read
 * as a whole next, and `reading` is what was read of it on the way, where it is the newest.
 */
export async function chooseRun({
  home,
  runbook,
  run,
  by = 'part',
  before,
  own = neutral,
  whole = false,
}: {
  readonly runbook: Runbook;
  readonly home: string;
  readonly run?: string;
  readonly by?: 'part' | 'shown'; // how much of the id has to be named
  readonly before?: (id: string) => string; // how an id is typed: with --run unless given
  readonly own?: Own;
  readonly whole?: boolean;
}): Promise<Known & { readonly reading?: Reading }> {
  let last: { readonly folder: string; readonly reading: Reading } | undefined;
  const read = async (folder: string): Promise<Reading> => {
    last = { folder, reading: await readJournal(folder) };
    return last.reading;
  };
  const all = await allRuns(home, runbook, whole ? read : undefined);
  const found = run === undefined ? all.filter(({ foreign }) => !foreign) : runsNamed(all, run);
  // Loaded where it is needed: a run that is found is the usual one.
  const refusal = async (named: string): Promise<CliError> =>
    (await import('./not-one-run.ts')).notOneRun(named, found, all, runbook, before);
  if (run !== undefined && by === 'shown' && isTooShort(run)) throw await refusal(run);
  const one =
    run === undefined ? (found.findLast(({ header }) => !header.simulated) ?? found.at(-1)) : found[0];
  if (one && run === undefined)
    for (const line of describeUnreadable(all, one.header.run))
      print(`${escapeControlChars(line)}\n`, 'stderr');
  const foreign = run === undefined ? all.at(-1)?.foreign : one?.foreign;
  if (foreign && found.length === (run === undefined ? 0 : 1)) throw foreign;
  if (one && (run === undefined || found.length === 1))
    return { ...one, ...defined({ reading: last?.folder === one.folder ? last.reading : undefined }) };
  if (run !== undefined) throw await refusal(run);
  throw new CliError(
    exitCodes.usage,
    `There is no run in ${home}.`,
    `Begin one with ${own(asCommand('cw-runbook'))}, or look around with ${asCommand('cw-runbook demo')}.`,
  );
}
