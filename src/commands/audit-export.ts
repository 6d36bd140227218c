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
  readonly format: (typeof formats)[number];
}

/** Prints the audit log of a run. Nothing is asked of AWS, and nothing is changed. */
export async function auditExport({ format, ...which }: AuditExport): Promise<ExitCode> {
  const { folder, header } = await chooseRun(which);
  const { events, head } = await readJournal(folder);
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
