import { hash } from 'node:crypto';
import { type Chain, createChain, type Verdict } from '../../model/evidence/chain.ts';
import { pageStart } from '../../model/evidence/page-lines.ts';
import { defined } from '../../model/text/defined.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import { openEnvelope } from './envelope.ts';
import { type FileLine, type Lines, longestLine, openLines } from './lines-of-file.ts';
import { pageVerdict } from './page-file.ts';
import { startSecondThread } from './second-thread.ts';

/** What a file is, by its first line. */
type Kind = 'journal' | 'hand-off' | 'export' | 'page';
export interface FileVerdict extends Verdict {
  readonly kind: Kind;
}

/** Bytes from which on a second thread gains more than its start takes. */
const long = 16 * 1024 * 1024;
const sha256 = (data: Uint8Array | string): string => hash('sha256', data);

/**
 * Verifies a journal, a hand-off's file, or an export as JSON lines or HTML, as it is on disk. Reads it once, in memory that
 * does not grow with it, but for a page's. `longFrom`: bytes from which on two threads do it. Throws what the system says.
 */
export function verifyFile(file: string, longFrom = long): FileVerdict {
  const lines = openLines(file);
  try {
    const first = lines.next();
    if (!first) return { ...createChain(sha256).end(), kind: 'journal' };
    const kind = kindOf(first);
    if (kind !== 'page' && lines.size() >= longFrom) lines.hashAhead(startSecondThread());
    return { ...verdictOn(kind, first, lines), kind };
  } finally {
    lines.close();
  }
}
function verdictOn(kind: Kind, first: FileLine, lines: Lines): Verdict {
  switch (kind) {
    case 'hand-off':
      return handoffVerdict(first, lines.next);
    case 'page':
      return pageVerdict(first, lines);
    case 'journal':
    case 'export':
      return chainVerdict(kind, first, lines.next);
    default:
      return unreachable(kind);
  }
}
function kindOf({ bytes }: FileLine): Kind {
  const start = Buffer.from(bytes.subarray(0, 32)).toString('latin1');
  if (start.startsWith('{"cw-runbook-handoff":')) return 'hand-off';
  if (start.startsWith(pageStart)) return 'page';
  return start.startsWith('{"seq":') ? 'export' : 'journal';
}

/**
 * A last line without its newline, or with bytes that never reached the disk: its write was not finished. Of a hand-off or
 * a first line that is damage: those are not written line by line.
 */
const isTorn = ({ whole, bytes }: FileLine): boolean => !whole || bytes.includes(0);

function chainVerdict(kind: Kind, first: FileLine, next: () => FileLine | undefined): Verdict {
  const chain = createChain(sha256, kind === 'export' ? 'record' : 'header');
  if (!takenWhole(first, chain)) return chain.end();
  for (let line = next(); line; line = next()) {
    if (takenWhole(line, chain)) continue;
    const torn = isTorn(line) && line.bytes.length < longestLine ? line.bytes.length : 0;
    return chain.end(torn > 0 && !next() ? torn : 0);
  }
  return chain.end();
}

function takenWhole(line: FileLine, chain: Chain): boolean {
  if (line.whole) return chain.take(line);
  chain.refuse(line.bytes.length < longestLine ? 'it is cut off' : 'it is longer than any record');
  return false;
}

/** The journal inside, and what stands around it: a first line that says how long it is, and a last that proves it all. */
function handoffVerdict(first: FileLine, next: () => FileLine | undefined): Verdict {
  const envelope = openEnvelope();
  const records = envelope.begin(first);
  const chain = createChain(sha256, 'header', 2);
  for (let line = next(); line && envelope.fault() === undefined; line = next()) {
    if (envelope.lines() > records) envelope.take(line);
    else if (takenWhole(line, chain)) envelope.pass(line);
    else break;
  }
  const found = chain.end();
  const verdict = { ...found, ...defined({ later: found.later ?? envelope.later() }) };
  const fault = verdict.good ? envelope.end() : undefined;
  return fault ? { ...verdict, good: false, fault } : verdict;
}
