/** A line without its newline. */
export interface ChainLine {
  readonly bytes: Uint8Array;
  /** Its text, from one of its bytes to another. Undefined where the line is no UTF-8. */
  text(from: number, to: number): string | undefined;
  /** Where they are known before. */
  readonly hashes?: LineHashes | undefined;
}
/** What is known of a line's two hashes before it is read. */
export interface LineHashes {
  readonly own: boolean; // whether the hash at its end is that of what stands before it, and a brace
  readonly whole: string; // of all of it
}
/** Hexadecimal, of bytes or of a text's UTF-8. */
export type Sha256 = (data: Uint8Array | string) => string;
type Value = Readonly<Record<string, unknown>>;

/** The bytes of a text of ASCII, to be looked for in a line. */
export const asciiOf = (text: string): Uint8Array => Uint8Array.from(text, (one) => one.charCodeAt(0));

/** Of a SHA-256, in hexadecimal digits. */
export const hashLength = 64;
const sealStart = ',"hash":"';
const sealForm = asciiOf(sealStart);
const sealLength = sealStart.length + hashLength + 2;
const [comma, opening, closing, quote] = [0x2c, 0x7b, 0x7d, 0x22];

/** `text`: of ASCII. */
export function startsWith(bytes: Uint8Array, text: string, at = 0): boolean {
  for (let n = 0; n < text.length; n++) if (bytes[at + n] !== text.charCodeAt(n)) return false;
  return true;
}
/** The same for what is looked for in each of a million lines: characters are read from bytes faster than from a text. */
export function standsIn(bytes: Uint8Array, form: Uint8Array, at: number): boolean {
  for (let n = 0; n < form.length; n++) if (bytes[at + n] !== form[n]) return false;
  return true;
}

/**
 * A line's record, its own hash being right; or what is wrong with it, as the rest of a sentence. `from`: where what was
 * not compared yet begins, behind a comma. What stands before it is left out of the record, and so is the hash at its end.
 * The bytes are the same again when it returns.
 */
export function sealed(one: ChainLine, sha256: Sha256, from = 0): Value | string {
  const { bytes, hashes } = one;
  const cut = bytes.length - sealLength;
  if (
    bytes[0] !== opening ||
    cut < from ||
    !standsIn(bytes, sealForm, cut) ||
    bytes[bytes.length - 2] !== quote ||
    bytes[bytes.length - 1] !== closing
  )
    return one.text(0, 0) === undefined ? notUtf8 : describeUnsealed(bytes);
  // Hashed is the record without its hash: the comma before that is where the record's own brace was. Read is the same,
  // from a brace in the place of the comma before it. Nothing is put together anew: that takes longer than to read it.
  const begin = Math.max(from - 1, 0);
  bytes[cut] = closing;
  const own = hashes ? '' : sha256(bytes.subarray(0, cut + 1));
  bytes[begin] = opening;
  const text = one.text(begin, cut + 1);
  bytes[begin] = from === 0 ? opening : comma;
  bytes[cut] = comma;
  if (text === undefined) return notUtf8;
  const ownAt = cut + sealStart.length;
  if (hashes ? !hashes.own : one.text(ownAt, ownAt + hashLength) !== own)
    return 'its hash is not that of its text';
  const value = recordIn(text);
  if (value === undefined) return notJson;
  return isTwice(value, from) ? 'a member of it stands there twice' : value;
}
/** What JSON holds is never undefined. */
const isTwice = ({ seq, prev, at, hash }: Value, from: number): boolean =>
  hash !== undefined || (from > 0 && (seq !== undefined || prev !== undefined || at !== undefined));
const notUtf8 = 'it is not in UTF-8';
/** Nothing of ours is nested so deep, and not every language reads it. */
const deepest = 500;
const isDeep = (value: unknown, left = deepest): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (left === 0 || Object.values(value).some((one) => isDeep(one, left - 1)));

function recordIn(text: string): Value | undefined {
  try {
    const value = JSON.parse(text) as Value;
    // What is nested so deep has at least as many brackets, twice.
    return text.length > 2 * deepest && isDeep(value) ? undefined : value;
  } catch {
    return undefined;
  }
}
/** Editors and programs on the way leave marks that tell what happened. */
function describeUnsealed(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'it is empty';
  if (startsWith(bytes, '\u00ef\u00bb\u00bf')) return 'a byte order mark was put before it';
  if (bytes.includes(0)) return 'it has bytes that are zero';
  if (bytes.at(-1) === 0x0d) return 'its line ends were changed (CRLF)';
  return bytes[0] === opening ? 'it has no hash of its own at its end' : notJson;
}
const notJson = 'it is not a JSON record';
