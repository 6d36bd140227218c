import { fileIn, openJournal, readJournal } from '../journal/journal.ts';
import { parkedIn } from '../model/progress/handoff.ts';
import type { Runbook } from '../model/runbook.ts';
import { defined } from '../model/text/defined.ts';
import { escapeControlChars } from '../model/text/escape-control-chars.ts';
import { asCommand, neutral } from '../model/text/own-commands.ts';
import { type ExitCode, exitCodes } from './process/exit.ts';
import { print } from './process/output.ts';
import { chooseRun } from './runs/choose-run.ts';
import type { Known } from './runs/find-run.ts';
import { allRuns, describeUnreadable } from './runs/runs.ts';
import { type Handing, writeHandoff } from './runs/write-handoff.ts';

export interface HandoffOptions extends Handing {
  readonly run?: string;
}

/**
 * Parks a run and writes the file with which somebody else goes on: the run named, else the newest real one that is not
 * finished, else the newest demo. A finished one goes back to whoever handed it here. Throws `CliError` and `JournalError`.
 */
export async function handoff({ home, run, own = neutral, ...options }: HandoffOptions): Promise<ExitCode> {
  const known =
    (run === undefined ? await unfinished(home, options.runbook) : undefined) ??
    (await chooseRun({ home, own, runbook: options.runbook, by: 'shown', ...defined({ run }) }));
  const say = (lines: readonly string[]): void => print(`${lines.join('\n').trimEnd()}\n`);
  const { header, events } = await readJournal(known.folder);
  // Whoever gave it waits for it: one that was taken over goes back to them finished, too.
  if (known.finished && !events.some(({ type }) => type === 'took-over')) {
    say([
      `Run ${header.run} is finished, and nobody handed it to you: there is nothing to hand off.`,
      own(`What was done, for others to read: ${asCommand(`cw-runbook audit export --run ${header.run}`)}`),
    ]);
    return exitCodes.done;
  }
  if (parkedIn(events)) {
    // Not opened: what is handed off stays as it is, to the byte.
    say(
      await writeHandoff(
        { header, file: fileIn(known.folder), events: () => events },
        { home, own, ...options },
      ),
    );
    return exitCodes.parked;
  }
  const journal = await openJournal(known.folder);
  try {
    say(await writeHandoff(journal, { home, own, ...options }));
    return exitCodes.parked;
  } finally {
    await journal.close();
  }
}

async function unfinished(home: string, runbook: Runbook): Promise<Known | undefined> {
  const all = await allRuns(home, runbook);
  const open = all.filter(({ finished, foreign }) => !finished && !foreign);
  const one = open.findLast(({ header }) => !header.simulated) ?? open.at(-1);
  if (one)
    for (const line of describeUnreadable(all, one.header.run))
      print(`${escapeControlChars(line)}\n`, 'stderr');
  return one;
}
