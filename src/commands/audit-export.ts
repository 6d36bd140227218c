import { createHash } from 'node:crypto';
import { describeOrphaned } from '../model/progress/orphaned-changes.ts';
import type { Runbook } from '../model/runbook.ts';
import { defined } from '../model/text/defined.ts';
import { escapeControlChars } from '../model/text/escape-control-chars.ts';
import { unreachable } from '../model/text/unreachable.ts';
import { jsonLine } from '../report/jsonl.ts';
import { recordMarkdown } from '../report/record/markdown.ts';
import { namesOf } from '../report/record/names.ts';
import { type ChangeRecord, recordOf } from '../report/record/record.ts';
import type { AuditRow } from '../report/rows/row.ts';
import { closing, type Source, sourceOf, type Which } from './auditing/source.ts';
import { type Streamed, streamed, type Told } from './auditing/streamed.ts';
import { type Target, writeOut } from './auditing/write-out.ts';
import { type ExitCode, exitCodes } from './process/exit.ts';
import { print } from './process/output.ts';
import { cardFrom } from './runs/card.ts';

export interface AuditExport extends Which, Target {
  readonly format: 'markdown' | 'html' | 'jsonl' | 'csv' | 'ocsf';
}

/** Exports the audit log of a run, or of the run in a hand-off's file. Nothing is asked of AWS, and nothing is changed. */
export async function auditExport({ format, ...options }: AuditExport): Promise<ExitCode> {
  const { pieces, warnings } = isStreamed(format, options)
    ? await streamed(format, options)
    : await whole(format, options);
  for (const line of warnings) print(`${escapeControlChars(line)}\n`, 'stderr');
  await writeOut(pieces, options);
  return exitCodes.done;
}
/** A journal of this machine that is told event by event does not have to be in memory. */
const isStreamed = (format: AuditExport['format'], { file, redact }: Which): format is Told =>
  file === undefined && redact === undefined && format !== 'markdown' && format !== 'html';

async function whole(format: AuditExport['format'], options: Which): Promise<Streamed> {
  const source = await sourceOf(options);
  return { pieces: await exported(format, source, options.runbook), warnings: source.warnings };
}

/** The export, piece by piece. Each format is loaded when it is asked for. */
async function exported(
  format: AuditExport['format'],
  source: Source,
  runbook: Runbook,
): Promise<Iterable<string>> {
  const { events, run, lines, header } = source;
  switch (format) {
    case 'markdown':
      return [recordMarkdown(recordFrom(source, runbook), run().id)];
    case 'jsonl':
      return jsonl(source);
    case 'html': {
      const { page } = await import('../report/page/page.ts');
      const { program } = header;
      return [
        page(
          {
            ...{ record: recordFrom(source, runbook), run: header.run, program },
            ...{ records: events.length, head: source.head },
            ...defined({
              journal: lines && `${[...lines()].join('\n')}\n`,
              without: source.without,
            }),
          },
          { hex: (text) => sum(text, 'hex'), base64: (text) => sum(text, 'base64') },
        ),
      ];
    }
    case 'csv': {
      const { csv } = await import('../report/rows/csv.ts');
      return csv(await rowsFrom(source, runbook));
    }
    case 'ocsf': {
      const { ocsf } = await import('../report/ocsf/ocsf.ts');
      const where = { organization: run().binding.organization, redacted: source.redacted !== undefined };
      return ocsf(events, await rowsFrom(source, runbook), where, (text) => sum(text, 'hex'));
    }
    default:
      return unreachable(format);
  }
}
const sum = (text: string, as: 'hex' | 'base64'): string => createHash('sha256').update(text).digest(as);

/** The journal's own lines where they may be shown as they are, else what they say: so those of earlier versions always were. */
function* jsonl({ lines, events, redacted, header }: Source): Generator<string> {
  if (redacted) yield `${JSON.stringify({ redacted: 'pii', key: redacted.key, says: redacted.says })}\n`;
  if (lines && header.journal >= closing) {
    let n = 0;
    for (const line of lines()) if (n++ > 0) yield `${line}\n`;
  } else for (const [n, event] of events.entries()) yield jsonLine(event, n + 1);
}

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

const sumIn = (sums: readonly string[]) => (seq: number) => sums[seq - 1];
async function rowsFrom(
  { events, run, header, sums, warnings, redacted }: Source,
  { steps }: Runbook,
): Promise<Iterable<AuditRow>> {
  const { rowsOf } = await import('../report/rows/rows.ts');
  const note = [...(redacted ? [redacted.says] : []), ...warnings].join(' ');
  return rowsOf(events, namesOf(run(), steps), {
    ...header,
    ...defined({ sum: sums && sumIn(sums()), note: note || undefined }),
  });
}
