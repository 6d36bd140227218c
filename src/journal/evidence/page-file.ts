import { isUtf8 } from 'node:buffer';
import { createHash, hash } from 'node:crypto';
import type { Fault, Verdict } from '../../model/evidence/chain.ts';
import { verdictOnText } from '../../model/evidence/chain-of-text.ts';
import { dataEnd, dataStart, pageSeal } from '../../model/evidence/page-lines.ts';
import { type FileLine, isBlank, type Lines } from './lines-of-file.ts';

/** The journal is one line of it, and is held in memory. */
const longestPage = 256 * 1024 * 1024;

/**
 * What the journal proves that is in an HTML export, and whether the page is as it was written. What the page shows is not
 * compared with the journal: whoever rewrites a page can make its checksum anew.
 */
export function pageVerdict(first: FileLine, lines: Lines): Verdict {
  const { about, journal, fault: around } = readPage(first, lines);
  const text = journal === undefined ? undefined : jsonIn(journal);
  const found = verdictOnText(typeof text === 'string' ? text : '', (bytes) => hash('sha256', bytes));
  const line = 1;
  // What is wrong with a record says more than that the page was changed.
  if (typeof text === 'string' && !found.good) return found;
  const fault =
    (text === null ? { line, what: notThere } : around) ??
    (text === undefined || found.torn > 0 ? { line, what: changed } : undefined) ??
    (isOf(about, found)
      ? undefined
      : { line, what: 'the page describes another journal than the one in it' });
  return fault ? { ...found, good: false, fault } : found;
}
const changed = 'the page was changed after it was written';
const notThere =
  'the journal is not in this page, so its chain cannot be verified: verify the journal itself';

interface PageRead {
  readonly about: string | undefined;
  readonly journal: string | undefined;
  readonly fault: Fault | undefined; // the first, of what is around the journal
}
function readPage(first: FileLine, { next }: Lines): PageRead {
  const all = createHash('sha256');
  const data = { about: [] as string[], journal: [] as string[] };
  let sealedAt = 0; // the line with the sum of all before it
  /** What is wrong with a line, as the rest of a sentence. */
  const take = (bytes: Buffer, count: number): string | undefined => {
    // An editor or a form on the way may have added empty lines: they say nothing.
    if (sealedAt > 0) return isBlank(bytes) ? undefined : 'something stands behind its end';
    if (bytes.indexOf('<!-- SHA-256') === 0) {
      sealedAt = count;
      return bytes.toString('latin1') === pageSeal(all.digest('hex')) ? undefined : changed;
    }
    all.update(bytes).update('\n');
    for (const id of ['about', 'journal'] as const) {
      if (bytes.indexOf(dataStart(id)) !== 0) continue;
      const end = bytes.length - dataEnd.length;
      if (bytes.indexOf(dataEnd) !== end || !isUtf8(bytes)) return changed;
      data[id].push(bytes.toString('utf8', dataStart(id).length, end));
    }
    return undefined;
  };
  let fault: Fault | undefined;
  let count = 0;
  for (let line: FileLine | undefined = first; line; line = next(longestPage)) {
    count++;
    const { bytes, whole } = line;
    const part = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const what = whole || (sealedAt > 0 && isBlank(part)) ? take(part, count) : unfinished(part);
    if (what !== undefined) fault ??= { line: count, what };
  }
  const [about, journal] = [only(data.about), only(data.journal)];
  const missing =
    sealedAt === 0
      ? 'its end is missing: the file was not copied whole'
      : about && journal
        ? undefined
        : changed;
  if (missing !== undefined) fault ??= { line: count, what: missing };
  return { about, journal, fault };
}
const unfinished = ({ length }: Buffer): string =>
  length < longestPage ? 'it is cut off' : 'it is longer than any page';
const only = (all: readonly string[]): string | undefined => (all.length === 1 ? all[0] : undefined);

/** Whether a page describes this journal. */
function isOf(about: string | undefined, { run, records, head }: Verdict): boolean {
  const [, of, count, last] =
    /^\{"run":"([0-9A-Za-z]+)","records":(\d{1,15}),"head":"([0-9a-f]{64})","text":"[0-9a-f]{64}"\}$/.exec(
      about ?? '',
    ) ?? [];
  return of === run && Number(count) === records && last === head;
}
/** What somebody has damaged is no value. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
