import { JournalError } from '../../journal/errors.ts';
import { readJournal } from '../../journal/journal.ts';
import { undoable } from '../../model/progress/undoing.ts';
import { foldRun, type Run } from '../../model/run.ts';
import type { Runbook } from '../../model/runbook.ts';
import { asCommand } from '../../model/text/own-commands.ts';
import type { Known } from './find-run.ts';
import { allRuns, isAt, type Place } from './runs.ts';

export const foldOf = async ({ folder }: Known, runbook: Runbook): Promise<Run> =>
  foldRun((await readJournal(folder)).events, runbook);

/**
 * The run that an undo is of where none is named: the newest real one that has made something, else the newest demo.
 * `place`: of those alone that were begun there. Throws `JournalError` where one that cannot be read may be meant.
 */
export async function newestMade(home: string, runbook: Runbook, place?: Place): Promise<Known | undefined> {
  const all = (await allRuns(home, runbook)).filter(({ header }) => !place || isAt(header, place));
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
        : `No other run has made anything that is still there. Put the journal back as it was; or begin a new run with ${asCommand('cw-runbook --new')}, which sees what is there. Another run: ${asCommand('cw-runbook undo --run ID')}.`
      : `If you mean another run, name it: ${asCommand(`cw-runbook undo --run ${newest.header.run}`)}.`,
    damage,
  );
}
