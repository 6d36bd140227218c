import { defined } from '../text/defined.ts';
import { belied } from './belied.ts';
import { isWhole, journalSchema, type Later, laterThan } from './schema.ts';
import {
  asciiOf,
  type ChainLine,
  hashLength,
  type Sha256,
  sealed,
  standsIn,
  startsWith,
} from './sealed-line.ts';
import { type Tree, treeOf } from './tree.ts';

/**
 * The rules by which a journal proves that it is whole, over its lines one by one. Pure, and without dependencies: the
 * program and the page of an HTML export run the same. docs/verify.py is another, written from docs/audit.md.
 */

/** What is wrong, and where. */
export interface Fault {
  readonly line: number; // of the file, 1 the first
  readonly record?: number; // absent: the header, or what is around the records
  readonly what: string; // the rest of a sentence
}
/** A record that closed the journal. */
interface Closing {
  readonly at: number; // its own number
  readonly records: number;
  readonly root: string;
}
/** A record with which somebody signed what was before it. */
interface Signature {
  readonly at: number;
  readonly by: string;
  readonly record: number;
  readonly head: string;
  readonly root: string;
  readonly signature: string;
}
/** What the lines prove. */
export interface Verdict {
  readonly later?: Later;
  readonly good: boolean;
  readonly fault?: Fault; // the first: behind it nothing is known
  readonly run?: string; // as the header says, or an export's first record
  readonly program?: string;
  readonly records: number; // that hold, one behind the other from the first
  readonly head: string; // SHA-256 of the last line that holds
  readonly root: string; // of the header's and all these
  readonly header: boolean; // false of an export: its first record is taken at its word for what the header's hash is
  readonly closings: readonly Closing[];
  readonly signatures: readonly Signature[];
  readonly anchors: number; // records of AWS having been told a hash
  readonly torn: number; // bytes at the end that are no whole line
}
export interface Chain {
  /** Takes the next line. False once something is wrong: what comes behind proves nothing. */
  take(line: ChainLine): boolean;
  /** The next line is none that could be taken. `what`: the rest of a sentence. */
  refuse(what: string): void;
  /** `torn`: the bytes of a last line that was not finished, whether it was taken or not: it is no record, and no fault. */
  end(torn?: number): Verdict;
}
type Value = Readonly<Record<string, unknown>>;

/**
 * Begins a chain. `begins`: with a journal's header; an export has none, and its first record is taken at its word for
 * what went before. `from`: the file's line that comes first.
 */
export function createChain(sha256: Sha256, begins: 'header' | 'record' = 'header', from = 1): Chain {
  const tree = treeOf(sha256);
  const closings: Closing[] = [];
  const signatures: Signature[] = [];
  let line = from - 1;
  let records = 0;
  let anchors = 0;
  let head = '';
  let closed = 0; // the number of the record that closed it, while nothing follows
  let fault: Fault | undefined;
  let said: Value = {};

  const isHeader = (): boolean => begins === 'header' && head === '';
  const refuse = (what: string): void => {
    fault ??= { line: line + 1, ...defined({ record: isHeader() ? undefined : records + 1 }), what };
  };
  const onHeader = (one: ChainLine): string | undefined => {
    if (startsWith(one.bytes, '{"redacted":'))
      return 'names are taken out of it, so its chain cannot be verified: verify the journal itself';
    const value = sealed(one, sha256);
    if (typeof value === 'string') return value;
    if (!startsWith(one.bytes, '{"journal":') || !isWhole(value.journal) || typeof value.run !== 'string')
      return 'it is not the first line of a cw-runbook journal';
    said = value;
    return undefined;
  };
  const onRecord = (one: ChainLine): string | undefined => {
    const seq = records + 1;
    const { bytes } = one;
    const digitsEnd = endOfNumber(bytes, numberForm.length, seq);
    const prevAt = digitsEnd + prevForm.length;
    const timeAt = prevAt + hashLength;
    // Its first members are compared as they stand there; what follows, from its type on, is read.
    const isNext =
      digitsEnd > 0 &&
      standsIn(bytes, numberForm, 0) &&
      standsIn(bytes, prevForm, digitsEnd) &&
      isTime(bytes, timeAt);
    const value = sealed(one, sha256, isNext ? timeAt + timeForm.length : 0);
    if (typeof value === 'string') return value;
    if (!isNext) return describeStart(value, seq);
    // An export's first record tells itself what the header's hash is.
    const taken = records === 0 && begins === 'record';
    const prev = one.text(prevAt, timeAt) ?? '';
    if (taken) head = prev;
    if (prev !== head || (taken && !isHash(head)))
      return 'it does not follow from the line before (the hash differs)';
    const { type } = value;
    if (typeof type !== 'string' || !isWritten(one, type, timeAt + timeForm.length)) return written;
    if (taken) tree.add(head);
    // An export's header is its first record.
    if (taken && type === 'started' && typeof value.run === 'string') said = { run: value.run };
    return rulesOf(value, type, seq);
  };
  /** What it says of the records before it, and what is kept of that. */
  const rulesOf = (value: Value, type: string, seq: number): string | undefined => {
    const what = belied(value, { records: seq - 1, head, closed, root: tree.root });
    if (what !== undefined) return what;
    closed = type === 'closed' ? seq : 0;
    const root = String(value.root);
    if (type === 'closed') closings.push({ at: seq, records: seq - 1, root });
    else if (type === 'anchored') anchors++;
    else if (type === 'signed') {
      const [by, signature] = [String(value.by), String(value.signature)];
      signatures.push({ at: seq, by, record: seq - 1, head, root, signature });
    }
    return undefined;
  };

  return {
    refuse,
    take: (one) => {
      if (fault) return false;
      const header = isHeader();
      const what = header ? onHeader(one) : onRecord(one);
      if (what !== undefined) {
        refuse(what);
        return false;
      }
      line++;
      if (!header) records++;
      head = one.hashes?.whole ?? sha256(one.bytes);
      tree.add(head);
      return true;
    },
    end: (torn = 0) => {
      const empty = line < from ? { line: from, what: 'there is nothing in it' } : undefined;
      const found = torn > 0 ? undefined : (fault ?? empty);
      const { run, program, journal } = said;
      return {
        good: found === undefined,
        ...defined({
          fault: found || undefined,
          run: typeof run === 'string' ? run : undefined,
          program: typeof program === 'string' ? program : undefined,
          later: laterThan('journal', journal, journalSchema),
        }),
        ...{ records, head: line < from ? '' : head, root: rootOf(tree), header: begins === 'header' },
        ...{ closings, signatures, anchors, torn },
      };
    },
  };
}
const rootOf = (tree: Tree): string => (tree.count() === 0 ? '' : tree.root());
const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/**
 * Where a number ends that stands in a line as one writes it; 0 where it does not. It is never made a text: the last
 * thousands of these stay in memory, which grows with them.
 */
function endOfNumber(bytes: Uint8Array, at: number, number: number): number {
  let found = 0;
  let end = at;
  for (; isDigit(bytes[end]) && found <= number; end++) found = found * 10 + (bytes[end] ?? 0) - 0x30;
  return found === number && !isDigit(bytes[end]) && bytes[at] !== 0x30 ? end : 0;
}
const isDigit = (byte = 0): boolean => byte >= 0x30 && byte <= 0x39;

/** Behind the hash of the line before: a zero stands for any digit. */
const timeForm = asciiOf('","at":"0000-00-00T00:00:00.000Z",');
function isTime(bytes: Uint8Array, at: number): boolean {
  for (let n = 0; n < timeForm.length; n++) {
    const byte = bytes[at + n] ?? 0;
    const form = timeForm[n];
    if (form === 0x30 ? !isDigit(byte) : byte !== form) return false;
  }
  return true;
}
/** Whether it begins with this type. It may have more bytes than characters. */
const isWritten = (one: ChainLine, type: string, at: number): boolean =>
  standsIn(one.bytes, typeForm, at) && isText(one, type, at + typeForm.length);
const isText = (one: ChainLine, text: string, at: number): boolean =>
  (startsWith(one.bytes, text, at) && one.bytes[at + text.length] === quote) ||
  one.text(at, at + 3 * text.length + 1)?.startsWith(`${text}"`) === true;
const [numberForm, prevForm, typeForm] = [
  asciiOf('{"seq":'),
  asciiOf(',"prev":"'),
  asciiOf('"type":"'),
] as const;
const quote = 0x22;
const written = 'it is not written as this program writes a record';
const describeStart = ({ seq: told }: Value, seq: number): string =>
  typeof told === 'number' && told !== seq ? `its number is ${told}, and ${seq} was expected` : written;
