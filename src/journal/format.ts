import type { Event } from '../model/event.ts';
import { belied } from '../model/evidence/belied.ts';
import { journalSchema } from '../model/evidence/schema.ts';
import { treeOf } from '../model/evidence/tree.ts';
import { plainEndpoint } from '../model/text/endpoint-text.ts';
import { seenJson } from '../model/text/json-text.ts';
import { jsonWithoutMarks } from '../model/text/own-commands.ts';
import { JournalError } from './errors.ts';
import { sha256 } from './hash.ts';
import { misshapen, shapes } from './shape.ts';

/**
 * The schema that is written, in the first line of each new journal; this one and all before it are read. A new type of
 * event, or a new member that events must have, raises it.
 */
export const schema = journalSchema;

/** The journal's first line. */
export interface Header {
  readonly journal: number; // the schema of the program that began it
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
  /** The same of each line, the header's first. */
  readonly hashes: readonly string[];
  /** Where the whole lines end, in bytes. What follows is the one line that a writer had not finished. */
  readonly whole: number;
}

/**
 * A record as a line that proves itself: its last member is the SHA-256 of the record without it. JSON, without a
 * newline.
 */
export const sealed = (record: object): string => {
  const body = seenJson(JSON.stringify(record));
  return `${body.slice(0, -1)},"hash":"${sha256(body)}"}`;
};
const sealEnd = /,"hash":"([0-9a-f]{64})"\}$/;
const sealLength = ',"hash":""}'.length + 64;

/**
 * An event as a line, without its newline. `seq` counts from 1; `prev` is the SHA-256 of the line before, without its
 * newline.
 */
export const lineOf = (event: Event, seq: number, prev: string): string => {
  const { at, ...rest } = event;
  return sealed({ seq, prev, at: new Date(at).toISOString(), ...rest });
};

/** A new journal: its bytes, and what they hold. `events`: what happened before it was on disk. */
export function newJournal(header: Header, events: readonly Event[]): Contents & { readonly bytes: Buffer } {
  const lines = [sealed(header)];
  for (const [n, event] of events.entries()) lines.push(lineOf(event, n + 1, sha256(lines[n] ?? '')));
  const bytes = Buffer.from(`${lines.join('\n')}\n`);
  const hashes = lines.map((line) => sha256(line));
  return { header, events, head: hashes.at(-1) ?? '', hashes, whole: bytes.length, bytes };
}

/** One line's bytes, without its newline. `end`: where the next line begins. `whole`: it has a newline. */
export interface Line {
  readonly bytes: Uint8Array;
  readonly end: number;
  readonly whole: boolean;
}
/** The lines of a file's bytes, the last one also where it has no newline. Nothing is copied or decoded. */
export function* linesOf(bytes: Buffer): Iterable<Line> {
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, start);
    const whole = newline >= 0;
    const end = whole ? newline + 1 : bytes.length;
    yield { bytes: bytes.subarray(start, whole ? newline : end), end, whole };
    start = end;
  }
}

/**
 * Reads a journal's bytes, and verifies its chain of hashes. A last line that is torn is left out, and `whole` says
 * where it begins. `file`: named in messages. Throws `JournalError` for damage anywhere else: a line is one write, so
 * whoever dies leaves at most one that is unfinished; and for what a newer program wrote.
 */
export function parse(bytes: Buffer, file: string): Contents {
  const begun = beginOf(bytes, file);
  return parseOn(begun, bytes.subarray(begun.whole), file);
}

/** What the first line of these bytes holds. Throws as `parse`. */
export function beginOf(bytes: Buffer, file: string): Contents {
  const [first] = linesOf(bytes);
  if (!first) throw damaged(file, 1, 'the file is empty');
  const header = first.whole ? headerOf(first.bytes, file) : 'it is cut off';
  if (typeof header === 'string') throw damaged(file, 1, header);
  const head = sha256(first.bytes);
  return { header, events: [], head, hashes: [head], whole: first.end };
}

/**
 * What was read before, and the bytes that come behind its whole lines. `count`: its events, where they are not kept.
 * What they say of each other is compared where all hashes are. Throws as `parse`.
 */
export function parseOn(
  before: Contents,
  bytes: Buffer,
  file: string,
  count = before.events.length,
): Contents {
  const dropped = count - before.events.length;
  const { header } = before;
  const events: Event[] = [...before.events];
  const hashes = [...before.hashes];
  let { head, whole } = before;
  const isSo = hashes.length === count + 1 ? saysSo(hashes, events.at(-1)) : undefined;
  let unknown: string | undefined;
  for (const line of linesOf(bytes)) {
    if (line.end === bytes.length && isTorn(line)) break;
    const seq = dropped + events.length + 1;
    const number = seq + 1;
    const read = eventOf(line.bytes, { seq, prev: head });
    const event = typeof read === 'string' ? read : (isSo?.(read, head) ?? read);
    // Whoever knows an event that this program does not knows better what else is wrong.
    if (typeof event === 'string')
      throw unknown === undefined
        ? damaged(file, number, event)
        : newer(file, unknown, writerOf(header, events));
    if (!Object.hasOwn(shapes, event.type))
      unknown ??= `line ${number} is an event “${event.type}”, which this program does not know`;
    events.push(event);
    head = sha256(line.bytes);
    hashes.push(head);
    whole = before.whole + line.end;
  }
  if (unknown !== undefined) throw newer(file, unknown, writerOf(header, events));
  return { header, events, head, hashes, whole };
}

/**
 * What an event says of the lines before it, where that is not so. `hashes` grows with the lines. A root is only computed
 * where one is told: most journals have one.
 */
function saysSo(hashes: readonly string[], last: Event | undefined) {
  const tree = treeOf(sha256);
  let closed = last?.type === 'closed' ? hashes.length - 1 : 0;
  const root = (): string => {
    while (tree.count() < hashes.length) tree.add(hashes[tree.count()] ?? '');
    return tree.root();
  };
  return (event: Event, head: string): string | undefined => {
    const records = hashes.length - 1;
    const what = belied(event as Event & Readonly<Record<string, unknown>>, { records, head, closed, root });
    closed = event.type === 'closed' ? records + 1 : 0;
    return what;
  };
}

/** Of a last line: its write did not reach its end, or the power went before all blocks of it were on the disk. */
const isTorn = ({ whole, bytes }: Line): boolean => !whole || bytes.includes(0);

const newRun =
  'A damaged journal is not continued. Keep the file, and begin a new run with --new (a demo: --fresh): what is already done is seen at AWS, and opens as done.';
/** What is thrown for a journal that is damaged. `line`: 1 the first; `what`: the rest of a sentence. */
export const damaged = (file: string, line: number, what: string, remedy = newRun): JournalError =>
  new JournalError(
    'damaged',
    `The journal ${file} is damaged at line ${line}: ${what}. Nothing was changed.`,
    remedy,
    { line, what },
  );
/** What a later version wrote is left to it. `program`: which, as it says itself. */
function newer(file: string, what: string, program: unknown): JournalError {
  const [, version] = released.exec(String(program)) ?? [];
  return new JournalError(
    'newer',
    `${file} was made by ${version === undefined ? 'a newer cw-runbook' : `cw-runbook ${version}`}: ${what}. Nothing was changed.`,
    version === undefined
      ? 'Use the newest version: npx cw-runbook@latest'
      : `Use that version or a newer one: npx cw-runbook@${version}`,
  );
}
/** What stands in a file is not ours, and is shown as a command: only a version is a version. */
const released = /^cw-runbook\/(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$/;

/**
 * Says no to what a later version wrote: call it before a first line's seal is believed. Throws `JournalError` where
 * the line says that it is of a later schema than `known`, in the member named. Another schema may be sealed in another
 * way; one that has our seal, and a wrong one, is damaged.
 */
export function refuseLater(line: Uint8Array, member: string, known: number, file: string): void {
  const said = jsonIn(line);
  const found = said?.[member];
  if (typeof found !== 'number' || found <= known) return;
  const value = unseal(line);
  if (typeof value === 'string' && value !== notSealed) return;
  const reads = known === 1 ? 'only 1' : `1 to ${known}`;
  throw newer(file, `its schema is ${found}, and this program reads ${reads}`, said?.program);
}
/** Who wrote last. A journal may be older than the program that goes on with it. */
const writerOf = (header: Header, events: readonly object[]): unknown =>
  events.flatMap((event) => ('program' in event ? [event.program] : [])).at(-1) ?? header.program;

/** The header in a journal's first line, or what is wrong with it. Throws `JournalError` for a newer program's. */
function headerOf(bytes: Uint8Array, file: string): Header | string {
  refuseLater(bytes, 'journal', schema, file);
  const value = unseal(bytes);
  if (typeof value === 'string') return value;
  const { hash: _, ...header } = value;
  return isSchema(header.journal) && isHeader(header)
    ? withPlainEndpoint(header)
    : 'it is not the first line of a cw-runbook journal';
}
const isSchema = (value: unknown): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= schema;
const isHeader = (value: object): value is Header => {
  const { run, program, endpoint, started, scenario, simulated } = value as Partial<Record<string, unknown>>;
  const texts = [run, program, endpoint, started, scenario ?? ''];
  return texts.every((one) => typeof one === 'string') && typeof simulated === 'boolean';
};

/** Earlier versions wrote the address down as it was set, with a password where it had one: it goes no further. */
const withPlainEndpoint = <T extends { readonly endpoint: string }>(value: T): T => ({
  ...value,
  endpoint: plainEndpoint(value.endpoint),
});

/** Whether a journal holds more of its endpoint's address than may be shown: a password, say. */
export const holdsMoreThanAddress = (journal: Buffer): boolean => {
  const [first] = linesOf(journal);
  const value = first && jsonIn(first.bytes);
  return value !== undefined && isHeader(value) && plainEndpoint(value.endpoint) !== value.endpoint;
};

/**
 * What a first line says, its seal not looked at: enough to name a run, which is verified when it is opened. Undefined
 * for what is no header. Throws `JournalError` for a newer program's that says something else.
 */
export const headerSaid = (line: Uint8Array, file: string): Header | undefined => {
  const value = jsonIn(line);
  if (value && isHeader(value)) return withPlainEndpoint(value);
  refuseLater(line, 'journal', schema, file);
  return undefined;
};

interface Place {
  readonly seq: number;
  readonly prev: string;
}
function eventOf(bytes: Uint8Array, { seq, prev }: Place): Event | string {
  const value = unseal(bytes);
  if (typeof value === 'string') return value;
  const { seq: told, prev: before, at, hash: _, ...rest } = value;
  if (told !== seq) return `its number is ${String(told)}, and ${seq} was expected`;
  if (before !== prev) return 'it does not follow from the line before (the hash differs)';
  const time = typeof at === 'string' ? Date.parse(at) : Number.NaN;
  if (Number.isNaN(time) || typeof rest.type !== 'string') return 'it is not an event';
  const bad = misshapen(rest);
  if (bad !== undefined) return bad;
  const event = { ...rest, at: time } as unknown as Event;
  return event.type === 'started' ? withPlainEndpoint(event) : event;
}

const notSealed = 'it has no hash of its own';

/**
 * A record whose seal holds, or what is wrong, as the rest of a sentence. `bytes`: of one line, without its newline.
 * Hashed are the bytes as they are, never what they were read as.
 */
export function unseal(bytes: Uint8Array): Readonly<Record<string, unknown>> | string {
  const value = jsonIn(bytes);
  if (!value) return 'it is not a JSON record';
  const body = bytes.subarray(0, -sealLength);
  const [, hash] = sealEnd.exec(Buffer.from(bytes.subarray(-sealLength)).toString('latin1')) ?? [];
  if (hash === undefined) return notSealed;
  return sha256(body, '}') === hash ? value : 'its hash is not that of its text';
}

// Fatal: bytes that are no UTF-8 must not be read as if they were.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function jsonIn(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const json = decoder.decode(bytes);
    const value = jsonWithoutMarks(JSON.parse(json), json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
