import { setImmediate } from 'node:timers/promises';
import { JournalError } from '../../src/journal/errors.ts';
import { type Contents, parse } from '../../src/journal/format.ts';
import { sha256 } from '../../src/journal/hash.ts';
import type { Order, Report } from './part.ts';
import { referenceOf } from './reference.ts';
import { type Finding, found } from './tally.ts';
import { tasks } from './tasks.ts';

/** Where each line ends, its newline included, and what the next one names it by. */
export interface Ends {
  readonly at: number;
  readonly head: string;
}
export const endsOf = (bytes: Buffer): readonly Ends[] => {
  const ends: Ends[] = [];
  for (let from = 0; ; ) {
    const newline = bytes.indexOf(0x0a, from);
    if (newline < 0) return ends;
    ends.push({ at: newline + 1, head: sha256(bytes.subarray(from, newline)) });
    from = newline + 1;
  }
};

/** What is wrong with how a journal was read that should hold its first `lines` lines and nothing else; 0: that it is refused. */
export function misread(bytes: Buffer, ends: readonly Ends[], lines: number): string | undefined {
  const read = readOrRefused(bytes);
  if (lines === 0) return read === 'refused' ? undefined : 'it was read, though its first line is not whole';
  if (read === 'refused') return 'it was refused';
  const last = ends[lines - 1];
  return read.whole === last?.at && read.head === last.head && read.events.length === lines - 1
    ? undefined
    : `${read.events.length} events were read, ${lines - 1} are right`;
}

function readOrRefused(bytes: Buffer): Contents | 'refused' {
  try {
    return parse(bytes, 'journal.jsonl');
  } catch (error) {
    if (error instanceof JournalError) return 'refused';
    throw error;
  }
}

/** A whole run's journal, cut off at every byte, and with one bit changed in every byte. */
export async function eachByte({ stride, failed }: Order): Promise<Report> {
  const { journal: bytes } = await referenceOf(tasks[0]);
  const ends = endsOf(bytes);
  const findings: Finding[] = [];
  let [cuts, flips] = [0, 0];
  const note = (what: string | undefined, where: string): void => {
    if (what === undefined) return;
    findings.push({ is: 'invalid', says: `${where}: ${what}` });
    failed(`${where}: ${what}`);
  };
  let lines = 0; // that end at or before the byte
  for (let at = 0; at < bytes.length; at++) {
    if (at >= (ends[lines]?.at ?? Number.POSITIVE_INFINITY)) lines++;
    if (at % stride !== 0) continue;
    if (at % 64 === 0) await setImmediate(); // so that the other lanes and their simulators get their turn
    note(misread(bytes.subarray(0, at), ends, lines), `cut off at byte ${at}`);
    cuts++;
    note(unnoticed(bytes, ends, at, lines), `bit ${at % 8} of byte ${at} changed`);
    flips++;
  }
  return { tally: found(findings), did: `${bytes.length} bytes: ${cuts} cuts, ${flips} changed bits` };
}

/** Undefined where a changed bit is noticed: the journal is refused, or its last line, or the last two, are set aside. */
function unnoticed(bytes: Buffer, ends: readonly Ends[], at: number, lines: number): string | undefined {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
  const read = readOrRefused(changed);
  if (read === 'refused') return undefined;
  const kept = read.events.length + 1;
  // Only what looks torn may be set aside: the last line. Without the newline between them, the last two are one.
  if (kept < ends.length - 2 || kept > lines) return `${read.events.length} events were read`;
  return read.head === ends[kept - 1]?.head ? undefined : 'what was read is not what was written';
}
