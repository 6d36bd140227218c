import { redactionKey } from '../../journal/evidence/redaction-key.ts';
import { faultIn } from '../../journal/fault-in.ts';
import { damaged, linesOf } from '../../journal/format.ts';
import { readHandoff } from '../../journal/handoff.ts';
import { fileIn, type Header, readWhole } from '../../journal/journal.ts';
import type { Event } from '../../model/event.ts';
import { selfApproval } from '../../model/evidence/authorization.ts';
import { foldRun, type Run } from '../../model/run.ts';
import type { Runbook } from '../../model/runbook.ts';
import { defined } from '../../model/text/defined.ts';
import { seenJson } from '../../model/text/json-text.ts';
import type { Own } from '../../model/text/own-commands.ts';
import { chooseRun } from '../runs/choose-run.ts';
import { ofAnother } from '../runs/other-runbook.ts';
import { readRun } from '../runs/unfinished-line.ts';

/** Which run, and from where. */
export interface Which {
  readonly runbook: Runbook;
  readonly home: string;
  readonly run?: string;
  readonly file?: string; // of a hand-off, instead of a run of this machine
  readonly redact?: 'pii';
  readonly own?: Own; // this program's own commands, as they are typed here: in errors, never in the log
}
/** A run, as it is exported. */
export interface Source {
  readonly header: Header;
  readonly events: readonly Event[];
  /** Folded when it is asked for: not every export tells of it. */
  readonly run: () => Run;
  /** SHA-256 of the journal's last whole line, or what stands for it. */
  readonly head: string;
  /** The journal's whole lines, where they may be shown as they are. */
  readonly lines?: () => Iterable<string>;
  readonly without?: 'redacted' | 'address';
  /** What has to be known of every export of it, a sentence each. */
  readonly warnings: readonly string[];
  readonly redacted?: { readonly says: string };
  readonly self?: string;
}

/** Reads a run, and redacts it where that is asked. Nothing is asked of AWS. Throws `CliError` and `JournalError`. */
export async function sourceOf({ runbook, file, redact, ...which }: Which): Promise<Source> {
  const { header, events, head, bytes, unfinished } = await read(runbook, file, which);
  const foreign = ofAnother(runbook, header.run, events);
  if (foreign) throw foreign;
  const warnings = [
    ...(unfinished === undefined ? [] : [unfinished]),
    ...openEnded(endingOf(events), header.journal),
  ];
  if (redact !== undefined) return redacted({ header, events, head, warnings }, runbook, which.home);
  const count = events.length + 1;
  // Earlier versions wrote an address down as it was set, with its password, and characters that nobody sees.
  let plain = true;
  let n = 0;
  for (const line of textsOf(bytes, count)) plain &&= isPlain(line, n++, header.endpoint);
  return {
    ...{ header, events, head, warnings, run: once(() => foldRun(events, runbook)) },
    ...(plain ? { lines: () => textsOf(bytes, count) } : { without: 'address' as const }),
  };
}
/** The first so many lines, one after the other: nothing of the file is copied. */
function* wholeOf(bytes: Buffer, count: number): Generator<Uint8Array> {
  let n = 0;
  for (const line of linesOf(bytes)) {
    if (n++ === count) return;
    yield line.bytes;
  }
}
function* textsOf(bytes: Buffer, count: number): Generator<string> {
  for (const line of wholeOf(bytes, count))
    yield Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString();
}
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
/** The schema since which a journal is closed at the end of its run, and an export has its chain. */
export const closing = 4;
const notClosed =
  'The journal is not closed: the run has not come to its end, or its last records are missing.';
/** The last event that closed a journal, and how many came after it. */
export interface Ending {
  readonly closed: Event | undefined;
  readonly since: number;
}
/** What has to be known of a journal that its last event does not close: of a run that was opened again, too. */
export function openEnded({ closed, since }: Ending, schema: number): readonly string[] {
  if (schema < closing) return [];
  if (closed?.type !== 'closed') return [notClosed];
  if (since === 0) return [];
  return [
    `The journal was closed after ${closed.records} records (root ${closed.root.slice(0, 16)}), and the run was opened again. The ${since === 1 ? 'record since then is' : `${since} records since then are`} not closed: more may follow, or be missing.`,
  ];
}
/** `before`: how the events before these ended. */
export function endingOf(
  events: readonly Event[],
  { closed, since }: Ending = { closed: undefined, since: 0 },
): Ending {
  const last = events.findLastIndex(({ type }) => type === 'closed');
  return last < 0
    ? { closed, since: since + events.length }
    : { closed: events[last], since: events.length - 1 - last };
}

interface Read {
  readonly header: Header;
  readonly events: readonly Event[];
  readonly head: string;
  readonly bytes: Buffer;
  readonly unfinished?: string | undefined;
}
async function read(
  runbook: Runbook,
  file: string | undefined,
  which: Omit<Which, 'runbook' | 'file' | 'redact'>,
): Promise<Read> {
  if (file !== undefined) {
    const { contents, bytes } = await readHandoff(file);
    return { ...contents, bytes };
  }
  const { folder } = await chooseRun({ runbook, ...which });
  const { header, events, head, whole, unfinished } = await readRun(folder);
  const journal = fileIn(folder);
  // Lines that came since are not looked at: those before them never change.
  const bytes = (await readWhole(journal)).subarray(0, whole);
  const fault = faultIn(bytes);
  if (fault) throw damaged(journal, fault.line, fault.what);
  return { header, events, head, unfinished, bytes };
}

/** The first two lines name the address. */
export const isPlain = (line: string, n: number, endpoint: string): boolean =>
  seenJson(line) === line && (n > 1 || JSON.parse(line).endpoint === endpoint);

/** What an export says of itself where people are redacted in it. */
export const redactedSays = (key: string): string =>
  `Names and e-mail addresses of people are replaced by hashes under key ${key}, which is not in this file; so are the SHA-256 sums. The chain of the records cannot be verified by this file itself: it is the journal’s.`;

async function redacted(
  { header, events, head, warnings }: Pick<Source, 'header' | 'events' | 'head' | 'warnings'>,
  runbook: Runbook,
  home: string,
): Promise<Source> {
  const [{ redactPeople }, { id, keyed }] = await Promise.all([
    import('../../model/people/redact.ts'),
    redactionKey(home),
  ]);
  const hidden = redactPeople(events, runbook.steps, keyed);
  return {
    ...{ header, warnings, events: hidden, run: once(() => foldRun(hidden, runbook)) },
    ...{ head: keyed(head), without: 'redacted' },
    redacted: { says: redactedSays(id) },
    ...defined({ self: selfApproval(events) === undefined ? undefined : 'they' }),
  };
}
