import type { Event } from '../model/event.ts';
import { foldEvents, type Run } from '../model/run.ts';
import { defined } from '../model/text/defined.ts';
import { asCommand } from '../model/text/own-commands.ts';
import { JournalError } from './errors.ts';
import { faultIn } from './fault-in.ts';
import { type Contents, type Line, linesOf, parse, refuseLater, sealed, unseal } from './format.ts';
import { readForeign } from './handoff-file.ts';
import { sha256 } from './hash.ts';
import { strangeIn } from './shape.ts';

/** The first line of a hand-off's file. It is there to be read by people: what counts are the journal's lines. */
export interface HandoffHeader {
  readonly handoff: string; // the hand-off's id
  readonly run: string;
  readonly by: string;
  readonly at: string; // ISO 8601
  readonly program: string;
  readonly simulated: boolean;
  readonly endpoint: string;
  readonly note?: string;
  readonly names: string; // that the file names people
  readonly asked: object; // what is asked of the next person, for reading
}
/** A run as it came in a file, its chain verified. */
export interface Handed {
  readonly file: string;
  readonly handoff: string;
  readonly contents: Contents;
  readonly run: Run;
  /** The journal's lines, byte for byte. */
  readonly bytes: Buffer;
  /** Of a demo: its simulated organization. */
  readonly organization?: object;
}

const schema = 1;
const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/**
 * The file's text: the header, the journal as it is, for a demo its organization, and a line that proves the rest.
 * `journal`: its bytes, whole lines only.
 */
export function handoffBytes(header: HandoffHeader, journal: Buffer, organization?: object): Buffer {
  const records = [...linesOf(journal)].length;
  const body = Buffer.concat([
    Buffer.from(`${sealed({ 'cw-runbook-handoff': schema, ...header, records })}\n`),
    journal,
    ...(organization ? [Buffer.from(`${sealed({ 'simulated-organization': organization })}\n`)] : []),
  ]);
  const end = sealed({ end: true, lines: records + (organization ? 2 : 1), sha256: sha256(body) });
  return Buffer.concat([body, Buffer.from(`${end}\n`)]);
}

/**
 * Reads and verifies a hand-off's file; nothing is written. Throws `JournalError` with what is wrong with it:
 * 'not-a-file', 'foreign', 'newer' or 'damaged'.
 */
export async function readHandoff(file: string): Promise<Handed> {
  return handedIn(await readForeign(file), file);
}

/** The same of bytes that were read. Throws as `readHandoff`. */
export function handedIn(bytes: Buffer, file: string): Handed {
  const { journal, other } = partsOf(bytes, file);
  const contents = journalIn(journal, file);
  const handoff = handedOffIn(contents.header.run, contents.events.at(-1), file);
  const organization = other && organizationIn(other, file);
  const run = foldOf(contents, file);
  return { file, handoff, contents, run, bytes: journal, ...defined({ organization }) };
}

/**
 * The journal's lines in a file as many as it says, sealed as they were written, and the line that may follow them. What
 * they hold was not looked at. Throws as `readHandoff`.
 */
export function partsOf(
  bytes: Buffer,
  file: string,
): { readonly journal: Buffer; readonly other: Line | undefined } {
  const all = [...linesOf(bytes)];
  // An editor or a form on the way may have added empty lines: they say nothing.
  const lines = all.slice(
    0,
    all.findLastIndex(({ bytes: own }) => Buffer.from(own).toString().trim() !== '') + 1,
  );
  const [first] = lines;
  const { records } = headerOf(bytes, first, file);
  const last = lines.at(-1);
  const rest = lines.slice(1, -1);
  const end = last?.whole ? unseal(last.bytes) : 'it is cut off';
  if (!last || typeof end === 'string' || end.end !== true)
    throw untrusted(file, 'its end is missing: it was not copied whole');
  const body = bytes.subarray(0, lines.at(-2)?.end ?? 0);
  if (end.sha256 !== sha256(body)) throw untrusted(file, 'it was changed after it was written');
  const journal = rest.slice(0, records);
  const others = rest.slice(records);
  if (journal.length !== records || others.length > 1)
    throw untrusted(file, 'it does not have as many lines as it says');
  const from = first?.end ?? 0;
  return { journal: bytes.subarray(from, journal.at(-1)?.end ?? from), other: others[0] };
}

/** The id of the hand-off that the journal ends with. Throws `JournalError` where it ends with something else. */
export function handedOffIn(run: string, last: Event | undefined, file: string): string {
  if (last?.type !== 'handed-off') throw untrusted(file, 'its last record is not a hand-off');
  if (!ulid.test(run) || !ulid.test(last.handoff))
    throw untrusted(file, 'its run or its hand-off has no id of this program’s');
  return last.handoff;
}

function headerOf(bytes: Buffer, first: Line | undefined, file: string): { readonly records: number } {
  const ours = 'cw-runbook-handoff';
  const start = bytes.subarray(0, 4096).toString('latin1');
  if (start.startsWith('\xef\xbb\xbf') || bytes[bytes.indexOf(0x0a) - 1] === 0x0d)
    throw untrusted(file, 'a program on its way has changed its line ends or its encoding', compressed);
  if (first?.whole) refuseLater(first.bytes, ours, schema, file);
  const header = first?.whole ? unseal(first.bytes) : 'it is cut off';
  if (typeof header === 'string' || header[ours] !== schema) {
    if (!start.includes(ours))
      throw new JournalError(
        'foreign',
        `${file} is not a hand-off of cw-runbook. Nothing was changed.`,
        `Name the file that ${asCommand('cw-runbook handoff')} has written.`,
      );
    throw untrusted(
      file,
      typeof header === 'string' ? `in its first line, ${header}` : 'its first line is not one',
    );
  }
  const { records } = header;
  if (!Number.isSafeInteger(records) || Number(records) < 2)
    throw untrusted(file, 'its first line does not say how many records it has');
  return { records: Number(records) };
}

function journalIn(bytes: Buffer, file: string): Contents {
  let contents: Contents;
  try {
    contents = parse(bytes, file);
  } catch (error) {
    if (!(error instanceof JournalError) || error.kind === 'newer') throw error;
    throw untrusted(file, `a record of its journal is not valid: ${error.damage?.what ?? error.message}`);
  }
  if (contents.whole !== bytes.length) throw untrusted(file, 'a record of its journal is not whole');
  for (const [n, event] of contents.events.entries()) {
    const bad = strangeIn(event, 0);
    if (bad !== undefined) throw untrusted(file, `record ${n + 1} of its journal: ${bad}`);
  }
  const begun = contents.events.filter((event) => event.type === 'started');
  if (begun.length !== 1 || begun[0]?.run !== contents.header.run)
    throw untrusted(file, 'its journal does not begin one run');
  const fault = faultIn(bytes);
  if (fault) throw untrusted(file, `a record of its journal is not valid: ${fault.what}`);
  return contents;
}

/** Of a demo: what stands in that line. Throws `JournalError` where that is no organization. */
export function organizationIn({ bytes }: Line, file: string): object {
  const value = unseal(bytes);
  const organization = typeof value === 'string' ? undefined : value['simulated-organization'];
  if (typeof organization !== 'object' || organization === null || strangeIn(organization, 0) !== undefined)
    throw untrusted(file, 'its simulated organization cannot be read');
  return organization;
}

function foldOf({ events }: { readonly events: readonly Event[] }, file: string): Run {
  try {
    return foldEvents(events);
  } catch {
    throw untrusted(file, 'its records do not make a run');
  }
}

const again = `Ask for it once more: where it was handed off, ${asCommand('cw-runbook handoff --to FILE')} writes the same file again.`;
const compressed = `Have it sent as it is, or compressed. ${again}`;
const untrusted = (file: string, what: string, remedy = again): JournalError =>
  new JournalError(
    'damaged',
    `The hand-off ${file} cannot be trusted: ${what}. Nothing was changed.`,
    remedy,
  );
