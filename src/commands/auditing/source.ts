import { redactionKey } from '../../journal/evidence/redaction-key.ts';
import { linesOf } from '../../journal/format.ts';
import { readHandoff } from '../../journal/handoff.ts';
import { sha256 } from '../../journal/hash.ts';
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
  readonly run: Run;
  /** SHA-256 of the journal's last whole line, or what stands for it. */
  readonly head: string;
  /** Of each event's line; none where names are redacted. */
  readonly sums?: readonly string[];
  /** The journal's whole lines, where they may be shown as they are. */
  readonly lines?: readonly string[];
  readonly without?: 'redacted' | 'address';
  /** What has to be known of every export of it, a sentence each. */
  readonly warnings: readonly string[];
  readonly redacted?: { readonly key: string; readonly says: string };
  readonly self?: string;
}

/** Reads a run, and redacts it where that is asked. Nothing is asked of AWS. Throws `CliError` and `JournalError`. */
export async function sourceOf({ runbook, file, redact, ...which }: Which): Promise<Source> {
  const { header, events, head, bytes, unfinished } = await read(runbook, file, which);
  const foreign = ofAnother(runbook, header.run, events);
  if (foreign) throw foreign;
  const warnings = [
    ...(unfinished === undefined ? [] : [unfinished]),
    ...(header.journal < closing || events.at(-1)?.type === 'closed' ? [] : [notClosed]),
  ];
  if (redact !== undefined) return redacted({ header, events, head, warnings }, runbook, which.home);
  const all = [...linesOf(bytes)].slice(0, events.length + 1).map((line) => Buffer.from(line.bytes));
  const lines = all.map(String);
  // Earlier versions wrote an address down as it was set, with its password, and characters that nobody sees.
  const plain = lines.every((line, n) => isPlain(line, n, header.endpoint));
  return {
    ...{ header, events, head, warnings, run: foldRun(events, runbook) },
    sums: all.slice(1).map((line) => sha256(line)),
    ...(plain ? { lines } : { without: 'address' as const }),
  };
}
/** The schema since which a journal is closed at the end of its run, and an export has its chain. */
export const closing = 4;
const notClosed =
  'The journal is not closed: the run has not come to its end, or its last records are missing.';

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
  const { header, events, head, unfinished } = await readRun(folder);
  // Lines that came since are not looked at: those before them never change.
  return { header, events, head, unfinished, bytes: await readWhole(fileIn(folder)) };
}

/** The first two lines name the address. */
const isPlain = (line: string, n: number, endpoint: string): boolean =>
  seenJson(line) === line && (n > 1 || JSON.parse(line).endpoint === endpoint);

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
    ...{ header, warnings, events: hidden, run: foldRun(hidden, runbook) },
    ...{ head: keyed(head), without: 'redacted' },
    redacted: {
      key: id,
      says: `Names and e-mail addresses of people are replaced by hashes under key ${id}, which is not in this file; so are the SHA-256 sums. The chain of the records cannot be verified by this file itself: it is the journal’s.`,
    },
    ...defined({ self: selfApproval(events) === undefined ? undefined : 'they' }),
  };
}
