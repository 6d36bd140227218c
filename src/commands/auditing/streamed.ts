import { JournalError } from '../../journal/errors.ts';
import { journalPieces, type Piece, streamJournal } from '../../journal/evidence/stream-journal.ts';
import { takeLines } from '../../journal/fault-in.ts';
import { damaged, linesOf } from '../../journal/format.ts';
import { sha256 } from '../../journal/hash.ts';
import { fileIn, type Header } from '../../journal/journal.ts';
import type { Event } from '../../model/event.ts';
import { createChain } from '../../model/evidence/chain.ts';
import { foldEvents, foldRun, type Run } from '../../model/run.ts';
import { defined } from '../../model/text/defined.ts';
import { jsonLine } from '../../report/jsonl.ts';
import { namesOf } from '../../report/record/names.ts';
import { chooseRun } from '../runs/choose-run.ts';
import { ofAnother } from '../runs/other-runbook.ts';
import { unfinishedIn } from '../runs/unfinished-line.ts';
import { closing, type Ending, endingOf, isPlain, openEnded, type Which } from './source.ts';

/** An export as it comes, and what has to be known of it. */
export interface Streamed {
  readonly pieces: Iterable<string> | AsyncIterable<string>;
  readonly warnings: readonly string[];
}
/** One that has been gone through, and is whole. */
interface Known {
  readonly folder: string;
  readonly header: Header;
  readonly count: number; // events
  readonly head: string;
  readonly plain: boolean; // its lines may be shown as they are
  readonly run: Run;
}

/** What is told event by event. */
export type Told = 'jsonl' | 'csv' | 'ocsf';

/**
 * Exports a journal of this machine in memory that does not grow with it, but for what names its changes: it is gone
 * through twice, so that a damaged one is exported in no part. Throws `CliError` and `JournalError`.
 */
export async function streamed(format: Told, which: Which): Promise<Streamed> {
  const { runbook, file: _, ...named } = which;
  const { folder } = await chooseRun({ runbook, ...named });
  const chain = createChain(sha256);
  const started: Event[] = [];
  let run = foldRun([], runbook);
  let [count, torn, n, plain, head] = [0, 0, 0, true, ''];
  let header: Header | undefined;
  let ending: Ending = { closed: undefined, since: 0 };
  for await (const piece of streamJournal(folder)) {
    header = piece.header;
    takeLines(chain, piece.bytes);
    if (format === 'jsonl')
      for (const { bytes } of linesOf(piece.bytes)) plain &&= isPlain(textOf(bytes), n++, header.endpoint);
    started.push(...piece.events.filter(({ type }) => type === 'started'));
    if (format !== 'jsonl') run = foldEvents(piece.events, run);
    count += piece.events.length;
    ending = endingOf(piece.events, ending);
    ({ torn, head } = piece);
  }
  const { fault } = chain.end();
  if (fault) throw damaged(fileIn(folder), fault.line, fault.what);
  if (header === undefined) throw damaged(fileIn(folder), 1, 'the file is empty');
  const foreign = ofAnother(runbook, header.run, started);
  if (foreign) throw foreign;
  const unfinished = await unfinishedIn(folder, torn);
  const warnings = [...(unfinished === undefined ? [] : [unfinished]), ...openEnded(ending, header.journal)];
  const known: Known = { folder, header, count, head, plain, run };
  return {
    warnings,
    pieces: format === 'jsonl' ? jsonl(known) : await rowsAs(format, known, which, warnings),
  };
}
const textOf = (line: Uint8Array): string =>
  Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString();

/** The journal's own lines where they may be shown as they are, else what they say. */
function* jsonl(known: Known): Generator<string> {
  const { header, plain } = known;
  let [n, first] = [0, 1]; // the header is no record
  for (const { bytes, events } of again(known)) {
    const lines = [...linesOf(bytes)].slice(first);
    first = 0;
    for (const [i, event] of events.entries()) {
      n++;
      const line = lines[i];
      yield line && plain && header.journal >= closing ? `${textOf(line.bytes)}\n` : jsonLine(event, n);
    }
  }
}

async function rowsAs(
  format: 'csv' | 'ocsf',
  known: Known,
  { runbook }: Which,
  warnings: readonly string[],
): Promise<Iterable<string>> {
  const { rowsOf } = await import('../../report/rows/rows.ts');
  let [before, sums]: [number, readonly string[]] = [0, []];
  let now: Event | undefined; // that the row is of
  function* events(): Generator<Event> {
    for (const piece of again(known)) {
      sums = piece.hashes;
      for (const event of piece.events) {
        now = event;
        yield event;
      }
      before += piece.events.length;
    }
  }
  function* eachAgain(): Generator<Event> {
    while (now) yield now;
  }
  const rows = rowsOf(events(), namesOf(known.run, runbook.steps), {
    ...known.header,
    sum: (seq) => sums[seq - 1 - before],
    ...defined({ note: warnings.join(' ') || undefined }),
  });
  if (format === 'csv') return (await import('../../report/rows/csv.ts')).csv(rows);
  const { ocsf } = await import('../../report/ocsf/ocsf.ts');
  const where = { organization: known.run.binding.organization, redacted: false };
  return ocsf(eachAgain(), rows, where, sha256);
}

/** As many events as were gone through. Each follows from the one before: where the last is the same, all are. */
function* again({ folder, count, head }: Known): Generator<Pick<Piece, 'bytes' | 'events' | 'hashes'>> {
  let left = count;
  let last = head;
  for (const { bytes, events, hashes } of journalPieces(fileIn(folder))) {
    const some = Math.min(left, events.length);
    if (some > 0) last = hashes[some - 1] ?? '';
    left -= some;
    yield { bytes, events: events.slice(0, some), hashes };
    if (left === 0) break;
  }
  if (left > 0 || last !== head)
    throw new JournalError(
      'another-writer',
      `The journal ${fileIn(folder)} was changed while it was exported: what was written of it is worth nothing.`,
      'Export it again.',
    );
}
