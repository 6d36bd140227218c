import { createHash } from 'node:crypto';
import { describeOrphaned } from '../model/progress/orphaned-changes.ts';
import type { Runbook } from '../model/runbook.ts';
import { defined } from '../model/text/defined.ts';
import { escapeControlChars } from '../model/text/escape-control-chars.ts';
import { recordMarkdown } from '../report/record/markdown.ts';
import { type ChangeRecord, recordOf } from '../report/record/record.ts';
import { type Source, sourceOf, type Which } from './auditing/source.ts';
import { type Streamed, streamed } from './auditing/streamed.ts';
import { type Target, writeOut } from './auditing/write-out.ts';
import { type ExitCode, exitCodes } from './process/exit.ts';
import { print } from './process/output.ts';
import { cardFrom } from './runs/card.ts';

export interface AuditExport extends Which, Target {
  readonly format: 'markdown' | 'html' | 'jsonl' | 'csv' | 'ocsf';
}

/** Exports the audit log of a run, or of the run in a hand-off's file. Nothing is asked of AWS, and nothing is changed. */
export async function auditExport({ format, ...options }: AuditExport): Promise<ExitCode> {
  const { pieces, warnings } =
    format === 'markdown' || format === 'html'
      ? await whole(format, options)
      : await streamed(format, options);
  for (const line of warnings) print(`${escapeControlChars(line)}\n`, 'stderr');
  await writeOut(pieces, options);
  return exitCodes.done;
}

/** What tells of the run as a whole. Each format is loaded when it is asked for. */
async function whole(format: 'markdown' | 'html', { runbook, ...which }: Which): Promise<Streamed> {
  const source = await sourceOf({ runbook, ...which });
  const { warnings, header, events, head, run, lines, without } = source;
  const record = recordFrom(source, runbook);
  if (format === 'markdown') return { warnings, pieces: [recordMarkdown(record, run().id)] };
  const { page } = await import('../report/page/page.ts');
  const journal = lines && `${[...lines()].join('\n')}\n`;
  const { run: id, program } = header;
  const about = { record, run: id, program, records: events.length, head };
  return {
    warnings,
    pieces: [
      page(
        { ...about, ...defined({ journal, without }) },
        { hex: (text) => sum(text, 'hex'), base64: (text) => sum(text, 'base64') },
      ),
    ],
  };
}
const sum = (text: string, as: 'hex' | 'base64'): string => createHash('sha256').update(text).digest(as);

function recordFrom(source: Source, runbook: Runbook): ChangeRecord {
  const { events, header, head, warnings, redacted, self } = source;
  const run = source.run();
  const record = recordOf(
    run,
    events,
    { program: header.program, records: events.length, head },
    {
      ...{ runbook, card: cardFrom(events, runbook), notes: runbook.notes(run) },
      unasked: runbook.steps.flatMap((step) => describeOrphaned(step, run)),
      ...defined({ self }),
    },
  );
  const more = [
    ...warnings.map((text) => ['Read this', text]),
    ...(redacted ? [['Redacted', redacted.says]] : []),
  ];
  return { ...record, subject: [...record.subject, ...more] };
}
