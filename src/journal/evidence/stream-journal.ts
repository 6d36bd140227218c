import { closeSync, openSync, readSync } from 'node:fs';
import { JournalError, notReadable } from '../errors.ts';
import { beginOf, type Contents, damaged, parse, parseOn } from '../format.ts';
import { fileIn, readWhole, refuseUnlike } from '../journal.ts';

/** Some lines of a journal, verified as all before them. `hashes` and `events` are of these alone. */
export interface Piece extends Contents {
  readonly bytes: Buffer; // of the whole lines; of the first piece the header's, too
  readonly torn: number; // bytes behind them, in the last piece
}
/** Bytes that are read at once. */
const most = 512 * 1024;

/**
 * A journal piece by piece, in memory that does not grow with it: the same as `readJournal` reads at once, and says no to.
 * Nothing is changed. Throws `JournalError`.
 */
export async function* streamJournal(folder: string): AsyncGenerator<Piece> {
  const file = fileIn(folder);
  try {
    await refuseUnlike(file);
    yield* journalPieces(file);
  } catch (error) {
    // What is wrong is said of the whole: who wrote what nobody here knows stands further behind.
    if (error instanceof JournalError && error.kind !== 'foreign') parse(await readWhole(file), file);
    throw notReadable(`The journal ${file} cannot be read`, error);
  }
}

/** The same of a file that was read before. Throws `JournalError`, and what the system says. */
export function* journalPieces(file: string): Generator<Piece> {
  const handle = openSync(file, 'r');
  try {
    yield* piecesOf((block, at) => readSync(handle, block, at, most, null), file);
  } finally {
    closeSync(handle);
  }
}

/** The same of a journal's bytes that came in a file with others. Throws `JournalError`. */
export function* piecesIn(journal: Buffer, file: string): Generator<Piece> {
  let done = 0;
  const next = (block: Buffer, at: number): number => {
    const read = journal.copy(block, at, done, done + most);
    done += read;
    return read;
  };
  yield* piecesOf(next, file);
}

/** `next`: puts what comes next into the block, from there on, and says how much it was. */
function* piecesOf(next: (block: Buffer, at: number) => number, file: string): Generator<Piece> {
  let rest = Buffer.alloc(0);
  let before: Contents | undefined;
  let count = 0;
  for (let ended = false; !ended; ) {
    const block = Buffer.allocUnsafe(rest.length + most);
    rest.copy(block);
    const read = next(block, rest.length);
    ended = read === 0;
    const bytes = block.subarray(0, rest.length + read);
    const end = ended ? bytes.length : bytes.lastIndexOf(0x0a) + 1;
    rest = Buffer.from(bytes.subarray(end));
    if (end === 0 && !ended) continue;
    const lines = bytes.subarray(0, end);
    const from = before ?? beginOf(lines, file);
    const start = before ? 0 : from.whole;
    const found = parseOn({ ...from, events: [], hashes: [] }, lines.subarray(start), file, count);
    const whole = found.whole - from.whole + start;
    if (!ended && whole < end) throw damaged(file, count + found.events.length + 2, 'it is no whole line');
    count += found.events.length;
    before = { ...found, events: [], hashes: [] };
    yield { ...found, bytes: lines.subarray(0, whole), torn: end - whole };
  }
}
