import { readHandoff } from '../journal/handoff.ts';
import { describeLeftover } from '../model/progress/orphaned-changes.ts';
import { foldRun } from '../model/run.ts';
import type { Runbook } from '../model/runbook.ts';
import { escapeControlChars } from '../model/text/escape-control-chars.ts';
import type { Own } from '../model/text/own-commands.ts';
import { cardOf } from '../report/card.ts';
import { jsonLines } from '../report/jsonl.ts';
import { markdown } from '../report/record/markdown.ts';
import { type ExitCode, exitCodes } from './process/exit.ts';
import { chooseRun } from './runs/choose-run.ts';
import { ofAnother } from './runs/other-runbook.ts';
import { readRun } from './runs/unfinished-line.ts';

const formats = ['markdown', 'jsonl'] as const;
export interface AuditExport {
  readonly runbook: Runbook;
  readonly home: string;
  readonly run?: string;
  readonly file?: string; // of a hand-off, instead of a run of this machine
  readonly format: (typeof formats)[number];
  readonly own?: Own; // this program's own commands, as they are typed here: in errors, never in the log
}

/** Prints the audit log of a run, or of the run in a hand-off's file. Nothing is asked of AWS, and nothing is changed. */
export async function auditExport({ runbook, format, file, ...which }: AuditExport): Promise<ExitCode> {
  const read =
    file === undefined
      ? await readRun((await chooseRun({ runbook, ...which })).folder)
      : (await readHandoff(file)).contents;
  const { header, events, head } = read;
  const foreign = ofAnother(runbook, header.run, events);
  if (foreign) throw foreign;
  if ('unfinished' in read) process.stderr.write(`${escapeControlChars(`${read.unfinished}`)}\n`);
  const run = foldRun(events, runbook);
  const text =
    format === 'jsonl'
      ? jsonLines(events)
      : markdown(
          run,
          events,
          { program: header.program, records: events.length, head },
          {
            runbook,
            card: cardOf(run, runbook),
            notes: runbook.notes(run),
            unasked: runbook.steps.flatMap((step) => describeLeftover(step, run)),
          },
        );
  await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
  return exitCodes.done;
}
