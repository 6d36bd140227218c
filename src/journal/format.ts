import type { Event } from '../model/event.ts';
import { plainEndpoint } from '../model/text/endpoint-text.ts';
import { JournalError } from './errors.ts';
import { sha256 } from './hash.ts';
import { shapes } from './shape.ts';

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
  return `${body.slice(0, -1)},"hash":"${sha256(body)}"}`;
};
const sealEnd = /,"hash":"([0-9a-f]{64})"\}$/;
const sealLength = ',"hash":""}'.length + 64;

/** An event as a line. `seq` counts from 1; `prev` is the SHA-256 of the line before, without its newline. */
export const lineOf = (event: Event, seq: number, prev: string): string => {
  const { at, ...rest } = event;
  return sealed({ seq, prev, at: new Date(at).toISOString(), ...rest });
};

/** One line's bytes, without its newline. `end`: where the next line begins. `whole`: it has a newline. */
export interface Line {
  readonly bytes: Uint8Array;
  readonly end: number;
  readonly whole: boolean;
}
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
 * Reads a journal's bytes. A last line that is torn is left out, and `whole` says where it begins. Throws
 * `JournalError` for damage anywhere else: a process that dies leaves at most one torn line, at the end.
 */
export function parse(bytes: Buffer, file: string): Contents {
  const [first, ...lines] = linesOf(bytes);
  if (!first) throw damaged(file, 1, 'the file is empty');
  const header = first.whole ? headerOf(first.bytes, file) : 'it is cut off';
  if (typeof header === 'string') throw damaged(file, 1, header);

  const events: Event[] = [];
  let head = sha256(first.bytes);
  let whole = first.end;
  let trouble: { readonly line: number; readonly what: string } | undefined;
  for (const [index, line] of lines.entries()) {
    const at = { file, line: index + 2, seq: events.length + 1, prev: head };
    const event = line.whole ? eventOf(line.bytes, at) : 'it is cut off';
    if (typeof event === 'string') {
      trouble ??= { line: at.line, what: event };
      // A line that has its newline and reads as JSON was written whole: if it is wrong, somebody changed something.
      if (line.whole && jsonIn(line.bytes)) throw damaged(file, trouble.line, trouble.what);
      continue;
    }
    if (trouble) throw damaged(file, trouble.line, trouble.what); // what has a valid record after it is no torn tail
    events.push(event);
    head = sha256(line.bytes);
    whole = line.end;
  }
  return { header, events, head, whole };
}

const newRun =
  'A journal that cannot be trusted is not gone on with. Keep the file, and begin a new run with --new (a demo: --fresh): what is done already is seen in AWS and opens as done.';
export const damaged = (file: string, line: number, what: string, remedy = newRun): JournalError =>
  new JournalError(
    'damaged',
    `The journal ${file} is damaged at line ${line}: ${what}. Nothing was changed.`,
    remedy,
  );
/** `version`: the one that can go on with it, or 'latest'. */
const newer = (file: string, what: string, version: string): JournalError =>
  new JournalError(
    'newer',
    `The journal ${file} was written by a newer program (${what}). Nothing was changed.`,
    `Go on with that version: npx cw-runbook@${version}`,
  );

/** The header in a journal's first line, or what is wrong with it. Throws `JournalError` for a newer program's. */
function headerOf(bytes: Uint8Array, file: string): Header | string {
  const json = jsonIn(bytes);
  const value = unseal(bytes);
  // Another schema may be sealed in another way; one that has our seal, and a wrong one, is damaged.
  if (json && typeof json.journal === 'number' && json.journal > 1)
    if (typeof value !== 'string' || value === notSealed)
      throw newer(file, `${String(json.program)}, schema ${json.journal}`, versionIn(json.program));
  if (typeof value === 'string') return value;
  const { hash: _, ...header } = value;
  return header.journal === 1 && isHeader(header)
    ? withPlainEndpoint(header)
    : 'it is not the first line of a cw-runbook journal';
}
/** What stands in the file is not ours: only a version is a version. */
const versionIn = (program: unknown): string =>
  /^cw-runbook\/(\d+\.\d+\.\d+)$/.exec(String(program))?.[1] ?? 'latest';
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

/** What a first line says, its seal not looked at: enough to name a run, which is verified when it is opened. */
export const headerSaid = (line: Uint8Array): Header | undefined => {
  const value = jsonIn(line);
  return value && isHeader(value) ? withPlainEndpoint(value) : undefined;
};

interface Place {
  readonly file: string;
  readonly line: number;
  readonly seq: number;
  readonly prev: string;
}
function eventOf(bytes: Uint8Array, { file, line, seq, prev }: Place): Event | string {
  const value = unseal(bytes);
  if (typeof value === 'string') return value;
  const { seq: told, prev: before, at, hash: _, ...rest } = value;
  if (told !== seq) return `its number is ${String(told)}, and ${seq} was expected`;
  if (before !== prev) return 'it does not follow from the line before (the hash differs)';
  const time = typeof at === 'string' ? Date.parse(at) : Number.NaN;
  if (Number.isNaN(time) || typeof rest.type !== 'string') return 'it is not an event';
  if (!Object.hasOwn(shapes, rest.type))
    throw newer(file, `line ${line} is of a type this one does not know: ${rest.type}`, 'latest');
  const event = { ...rest, at: time } as unknown as Event;
  return event.type === 'started' ? withPlainEndpoint(event) : event;
}

const notSealed = 'it has no hash of its own';

/** A record whose seal holds, or what is wrong. Hashed are the bytes as they are, never what they were read as. */
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
    const value: unknown = JSON.parse(decoder.decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
