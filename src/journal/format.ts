import type { Event } from '../model/event.ts';
import { fingerprint } from '../model/fingerprint.ts';
import { JournalError } from './errors.ts';

/** The journal's first line. */
export interface Header {
  readonly journal: 1;
  readonly run: string;
  readonly program: string;
  readonly simulated: boolean;
  readonly endpoint: string;
  readonly scenario?: string;
  readonly started: string; // ISO 8601
}
/** What a journal's bytes hold. */
export interface Contents {
  readonly header: Header;
  readonly events: readonly Event[];
  /** SHA-256 of the last whole line: what the next one names. */
  readonly head: string;
  /** Where the whole lines end, in bytes. What follows is a torn tail. */
  readonly whole: number;
}

/** A record as a line that proves itself: its last member is the SHA-256 of the record without it. */
export const sealed = (record: object): string => {
  const body = JSON.stringify(record);
  return `${body.slice(0, -1)},"hash":"${fingerprint(body)}"}`;
};
const seal = /,"hash":"([0-9a-f]{64})"\}$/;

/** An event as a line. `seq` counts from 1; `prev` is the SHA-256 of the line before, without its newline. */
export const lineOf = (event: Event, seq: number, prev: string): string => {
  const { at, ...rest } = event;
  return sealed({ seq, prev, at: new Date(at).toISOString(), ...rest });
};

const newline = 0x0a;

/** Splits into lines at newlines; the last part has none. Offsets are in bytes. */
function* linesOf(
  bytes: Buffer,
): Iterable<{ readonly text: string; readonly end: number; readonly whole: boolean }> {
  let start = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(newline, start);
    const end = found < 0 ? bytes.length : found;
    yield { text: bytes.toString('utf8', start, end), end: found < 0 ? end : end + 1, whole: found >= 0 };
    start = end + 1;
  }
}

/**
 * Reads a journal's bytes. A last line that is torn is left out, and `whole` says where it begins. Throws
 * `JournalError` for damage anywhere else: a process that dies leaves at most one torn line, at the end.
 */
export function parse(bytes: Buffer, file: string): Contents {
  let contents: Contents | undefined;
  let trouble: { readonly line: number; readonly what: string } | undefined;
  let number = 0;
  for (const { text, end, whole } of linesOf(bytes)) {
    number++;
    if (contents === undefined) {
      const header = whole ? headerOf(text, file) : 'it is cut off';
      if (typeof header === 'string') throw damaged(file, 1, header);
      contents = { header, events: [], head: fingerprint(text), whole: end };
      continue;
    }
    const event: Event | string = whole ? eventOf(text, contents) : 'it is cut off';
    if (typeof event === 'string') {
      trouble ??= { line: number, what: event };
      continue;
    }
    // A valid record after a bad one: that is no torn tail.
    if (trouble) throw damaged(file, trouble.line, trouble.what);
    (contents.events as Event[]).push(event);
    contents = { ...contents, head: fingerprint(text), whole: end };
  }
  if (!contents) throw damaged(file, 1, 'the file is empty');
  if (trouble && looksWhole(bytes.subarray(contents.whole))) throw damaged(file, trouble.line, trouble.what);
  return contents;
}

/** A line that has its newline and reads as JSON was written whole: if it is wrong, somebody changed something. */
function looksWhole(tail: Buffer): boolean {
  for (const { text, whole } of linesOf(tail)) if (whole && isJson(text)) return true;
  return false;
}
const isJson = (text: string): boolean => {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
};

const damaged = (file: string, line: number, what: string): JournalError =>
  new JournalError(
    'damaged',
    `The journal ${file} is damaged at line ${line}: ${what}. Nothing was changed.`,
    'A journal that cannot be trusted is not gone on with. Keep the file, and begin a new run with --new: what is done already is seen in AWS and opens as done.',
  );

function headerOf(text: string, file: string): Header | string {
  const value = read(text);
  if (typeof value === 'string') return value;
  if (typeof value.journal === 'number' && value.journal > 1)
    throw new JournalError(
      'newer',
      `The journal ${file} was written by a newer program (${String(value.program)}; schema ${value.journal}).`,
      'Go on with that version of cw-runbook.',
    );
  const texts = [value.run, value.program, value.endpoint, value.started];
  if (
    value.journal !== 1 ||
    !texts.every((one) => typeof one === 'string') ||
    typeof value.simulated !== 'boolean'
  )
    return 'it is not the first line of a cw-runbook journal';
  return value as unknown as Header;
}

function eventOf(text: string, { events, head }: Contents): Event | string {
  const value = read(text);
  if (typeof value === 'string') return value;
  const { seq, prev, at, hash: _, ...rest } = value;
  if (seq !== events.length + 1) return `its number is ${String(seq)}, and ${events.length + 1} was expected`;
  if (prev !== head) return 'it does not follow from the line before (the hash differs)';
  const time = typeof at === 'string' ? Date.parse(at) : Number.NaN;
  if (Number.isNaN(time) || typeof rest.type !== 'string') return 'it is not an event';
  return { ...rest, at: time } as unknown as Event;
}

function read(text: string): Record<string, unknown> | string {
  try {
    const value: unknown = JSON.parse(text);
    const [ending, hash] = seal.exec(text) ?? [];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is not a record';
    if (ending === undefined) return 'it has no hash of its own';
    if (fingerprint(`${text.slice(0, -ending.length)}}`) !== hash) return 'its hash is not that of its text';
    return value as Record<string, unknown>;
  } catch {
    return 'it is not JSON';
  }
}
