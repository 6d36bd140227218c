/** A file's bytes are no text that is read here. The message names what they are, or look like. */
export class UnknownEncoding extends Error {}

/** What a file's first bytes say of it, the longer marks first: UTF-32's begins as UTF-16's does. */
const marks: readonly (readonly [readonly number[], string])[] = [
  [[0xff, 0xfe, 0x00, 0x00], 'UTF-32LE'],
  [[0x00, 0x00, 0xfe, 0xff], 'UTF-32BE'],
  [[0x84, 0x31, 0x95, 0x33], 'GB18030'],
  [[0x2b, 0x2f, 0x76], 'UTF-7'],
  [[0xdd, 0x73, 0x66, 0x73], 'UTF-EBCDIC'],
  [[0xef, 0xbb, 0xbf], 'UTF-8'],
  [[0xff, 0xfe], 'UTF-16LE'],
  [[0xfe, 0xff], 'UTF-16BE'],
];

/**
 * The text of a file that a person wrote: UTF-8, or UTF-16 as Windows PowerShell's `>` writes it, with or without the
 * mark at its beginning. Throws `UnknownEncoding`.
 */
export function textIn(bytes: Uint8Array): string {
  const [mark = [], named] = marks.find(([start]) => start.every((byte, n) => bytes[n] === byte)) ?? [];
  const encoding = named ?? unmarked(bytes);
  const rest = bytes.subarray(mark.length);
  switch (encoding) {
    case 'UTF-16LE':
      return decoded(rest, 'utf-16le', encoding);
    case 'UTF-16BE':
      if (rest.length % 2 !== 0) throw new UnknownEncoding('UTF-16BE that was cut off');
      return decoded(Buffer.from(rest).swap16(), 'utf-16le', encoding);
    case 'UTF-8':
      return decoded(rest, 'utf-8', encoding);
    default:
      throw new UnknownEncoding(encoding);
  }
}

/** JSON begins with ASCII: where its zeros are says how wide its characters are. Source: RFC 4627, section 3. */
function unmarked([a, b, c, d]: Uint8Array): string {
  const zero = [a, b, c, d].map((byte) => (byte === 0 ? '0' : 'x')).join('');
  if (zero === '000x') return 'UTF-32BE';
  if (zero === 'x000') return 'UTF-32LE';
  if (zero.startsWith('0x')) return 'UTF-16BE';
  return zero.startsWith('x0') ? 'UTF-16LE' : 'UTF-8';
}

function decoded(bytes: Uint8Array, label: string, encoding: string): string {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UnknownEncoding(
      encoding === 'UTF-8'
        ? 'an encoding of one language, such as Windows-1252 or Shift_JIS'
        : `${encoding} that is damaged`,
    );
  }
}
