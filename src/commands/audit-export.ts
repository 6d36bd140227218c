import { readHandoff } from '../journal/handoff.ts';
import { readJournal } from '../journal/journal.ts';
import { advance, nothing } from '../model/run.ts';
import { jsonLines } from '../report/jsonl.ts';
import { markdown } from '../report/markdown.ts';
import { chooseRun } from './choose-run.ts';
import { type ExitCode, exitCodes } from './exit.ts';

export const formats = ['markdown', 'jsonl'] as const;
export interface AuditExport {
  readonly home: string;
  readonly run?: string;
  readonly file?: string; // of a hand-off, instead of a run of this machine
  readonly format: (typeof formats)[number];
}

/** Prints the audit log of a run, or of the run in a hand-off's file. Nothing is asked of AWS, and nothing is changed. */
export async function auditExport({ format, file, ...which }: AuditExport): Promise<ExitCode> {
  const { header, events, head } =
    file === undefined
      ? await readJournal((await chooseRun(which)).folder)
      : (await readHandoff(file)).contents;
  const text =
    format === 'jsonl'
      ? jsonLines(events)
      : markdown(events.reduce(advance, nothing), events, {
          program: header.program,
          records: events.length,
          head,
        });
  await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
  return exitCodes.done;
}
