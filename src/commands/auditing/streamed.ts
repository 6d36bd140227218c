import { JournalError } from '../../journal/errors.ts';
import { redactionKey } from '../../journal/evidence/redaction-key.ts';
import type { Piece } from '../../journal/evidence/stream-journal.ts';
import { takeLines } from '../../journal/fault-in.ts';
import { damaged, linesOf } from '../../journal/format.ts';
import { sha256 } from '../../journal/hash.ts';
import type { Header } from '../../journal/journal.ts';
import type { Event } from '../../model/event.ts';
import { createChain } from '../../model/evidence/chain.ts';
import { foldEvents, foldRun, type Run } from '../../model/run.ts';
import { defined } from '../../model/text/defined.ts';
import { jsonLine } from '../../report/jsonl.ts';
import { namesOf } from '../../report/record/names.ts';
import { ofAnother } from '../runs/other-runbook.ts';
import { type Pieces, piecesOf } from './pieces.ts';
import { closing, type Ending, endingOf, isPlain, openEnded, redactedSays, type Which } from './source.ts';

/** An export as it comes, and what has to be known of it. */
export interface Streamed {
  readonly pieces: Iterable<string> | AsyncIterable<string>;
  readonly warnings: readonly string[];
}
/** One that has been gone through, and is whole. */
interface Known {
  readonly pieces: Pieces;
  readonly header: Header;
  readonly count: number; // events
  readonly head: string;
  readonly plain: boolean; // its lines may be shown as they are
  readonly run: Run;
  readonly redacted?: Redacted | undefined;
}
/** How people are taken out of events, and what is said of that. */
interface Redacted {
  readonly key: string;
  readonly says: string;
  readonly of: (event: Event) => Event;
}

/** What is told event by event. */
export type Told = 'jsonl' | 'csv' | 'ocsf';

/**
 * Exports a journal, of this machine or of a hand-off's file, in memory that does not grow with its events, but for what
 * names its changes and its people: it is gone through twice, so that a damaged one is exported in no part, and once more
 * where people are redacted. Throws `CliError` and `JournalError`.
 */
export async function streamed(format: Told, which: Which): Promise<Streamed> {
  const { runbook, redact } = which;
  const pieces = await piecesOf(which);
  const personalIn =
    redact === undefined ? undefined : (await import('../../model/people/personal.ts')).personalIn;
  const names = new Set<string>();
  const chain = createChain(sha256);
  const started: Event[] = [];
  let run = foldRun([], runbook);
  let [count, torn, n, plain, head] = [0, 0, 0, redact === undefined, ''];
  let header: Header | undefined;
  let ending: Ending = { closed: undefined, since: 0 };
  for await (const piece of pieces.all()) {
    header = piece.header;
    takeLines(chain, piece.bytes);
    if (format === 'jsonl' && plain)
      for (const { bytes } of linesOf(piece.bytes)) plain &&= isPlain(textOf(bytes), n++, header.endpoint);
    started.push(...piece.events.filter(({ type }) => type === 'started'));
    if (personalIn) for (const name of personalIn(piece.events, runbook.steps)) names.add(name);
    else if (format !== 'jsonl') run = foldEvents(piece.events, run);
    count += piece.events.length;
    ending = endingOf(piece.events, ending);
    ({ torn, head } = piece);
  }
  const { fault } = chain.end();
  if (fault) pieces.refuse(fault);
  if (header === undefined) throw damaged(pieces.file, 1, 'the file is empty');
  const foreign = ofAnother(runbook, header.run, started);
  if (foreign) throw foreign;
  const unfinished = await pieces.unfinished(torn);
  const warnings = [...(unfinished === undefined ? [] : [unfinished]), ...openEnded(ending, header.journal)];
  const known: Known = { pieces, header, count, head, plain, run };
  const redacted = redact === undefined ? undefined : await redactionFor(names, which);
  const all = redacted ? { ...known, redacted, run: redactedRun(known, redacted, format) } : known;
  return {
    warnings,
    pieces: format === 'jsonl' ? jsonl(all) : await rowsAs(format, all, which, warnings),
  };
}
const textOf = (line: Uint8Array): string =>
  Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString();

async function redactionFor(names: ReadonlySet<string>, { runbook, home }: Which): Promise<Redacted> {
  const [{ redactionOf }, { id, keyed }] = await Promise.all([
    import('../../model/people/redact.ts'),
    redactionKey(home),
  ]);
  return { key: id, says: redactedSays(id), of: redactionOf(names, runbook.steps, keyed) };
}
/** What a redacted export calls its changes. */
function redactedRun(known: Known, { of }: Redacted, format: Told): Run {
  let run = known.run;
  if (format !== 'jsonl') for (const { events } of again(known)) run = foldEvents(events.map(of), run);
  return run;
}

/** The journal's own lines where they may be shown as they are, else what they say. */
function* jsonl(known: Known): Generator<string> {
  const { header, plain, redacted } = known;
  if (redacted) yield `${JSON.stringify({ redacted: 'pii', key: redacted.key, says: redacted.says })}\n`;
  let [n, first] = [0, 1]; // the header is no record
  for (const { bytes, events } of again(known)) {
    const lines = plain ? [...linesOf(bytes)].slice(first) : [];
    first = 0;
    for (const [i, event] of events.entries()) {
      n++;
      const line = lines[i];
      yield line && header.journal >= closing
        ? `${textOf(line.bytes)}\n`
        : jsonLine(redacted ? redacted.of(event) : event, n);
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
  const { redacted } = known;
  const note = [...(redacted ? [redacted.says] : []), ...warnings].join(' ');
  let [before, sums]: [number, readonly string[]] = [0, []];
  let now: Event | undefined; // that the row is of
  function* events(): Generator<Event> {
    for (const piece of again(known)) {
      sums = piece.hashes;
      for (const event of piece.events) {
        now = redacted ? redacted.of(event) : event;
        yield now;
      }
      before += piece.events.length;
    }
  }
  // OCSF takes a row before its event: by then it is this one.
  function* eachAgain(): Generator<Event> {
    while (now) yield now;
  }
  const rows = rowsOf(events(), namesOf(known.run, runbook.steps), {
    ...known.header,
    ...defined({
      sum: redacted ? undefined : (seq: number) => sums[seq - 1 - before],
      note: note || undefined,
    }),
  });
  if (format === 'csv') return (await import('../../report/rows/csv.ts')).csv(rows);
  const { ocsf } = await import('../../report/ocsf/ocsf.ts');
  const where = { organization: known.run.binding.organization, redacted: redacted !== undefined };
  return ocsf(eachAgain(), rows, where, sha256);
}

/** As many events as were gone through. Each follows from the one before: where the last is the same, all are. */
function* again({ pieces, count, head }: Known): Generator<Pick<Piece, 'bytes' | 'events' | 'hashes'>> {
  let left = count;
  let last = head;
  for (const { bytes, events, hashes } of pieces.again()) {
    const some = Math.min(left, events.length);
    if (some > 0) last = hashes[some - 1] ?? '';
    left -= some;
    yield { bytes, events: events.slice(0, some), hashes };
    if (left === 0) break;
  }
  if (left > 0 || last !== head)
    throw new JournalError(
      'another-writer',
      `The journal ${pieces.file} was changed while it was exported: what was written of it is worth nothing.`,
      'Export it again.',
    );
}
