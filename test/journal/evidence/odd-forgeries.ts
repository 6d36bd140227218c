import { sha256 } from '../../../src/journal/hash.ts';
import { chained, fileOf, header, type Said, sealedBytes, story } from './chained.ts';
import type { Forgery } from './forgeries.ts';

// What JSON, UTF-8 and numbers allow, and what two readers could take for different things. All of it is chained again, so
// that nothing but the rule itself can tell.

const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
/** The story with the bytes of one record's line made otherwise. */
const written = (seq: number, as: (body: string) => string | Buffer, records = story): Buffer =>
  fileOf(
    chained(records, header(), (record, n) => {
      const body = JSON.stringify(record);
      return sealedBytes(Buffer.from(n === seq ? as(body) : body));
    }),
  );
const put = (seq: number, text: string, records = story): Buffer =>
  written(seq, (body) => `${body.slice(0, -1)},${text}}`, records);
const headed = (as: (body: string) => string): Buffer => {
  const first = sealedBytes(Buffer.from(as(JSON.stringify(header()))));
  return fileOf(chainedBehind(first));
};
/** The story behind a first line that is as it is. */
function chainedBehind(first: Buffer<ArrayBuffer>): Buffer[] {
  const lines: Buffer[] = [first];
  for (const [n, said] of story.slice(0, 6).entries()) {
    const record = {
      ...{ seq: n + 1, prev: sha256(lines[n] ?? ''), at: '2026-11-30T10:00:00.000Z' },
      ...said,
    };
    lines.push(sealedBytes(Buffer.from(JSON.stringify(record))));
  }
  return lines;
}
const bytes = (...parts: readonly (string | number)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));
/** Record 4, with this in the place of its answer's text, byte for byte. */
const inText = (...inside: readonly (string | number)[]): Buffer =>
  written(4, (body) => {
    const [before = '', behind = ''] = body.split('us-east-1');
    return Buffer.concat([Buffer.from(before), bytes(...inside), Buffer.from(behind)]);
  });
/** Closed as its second record, so that counts are 1. */
const short: readonly Said[] = [
  story[0] as Said,
  { type: 'closed', records: true, root: true },
  { type: 'opened', by: 'bob@desk', program: 'x', continues: 2 },
];
/** Closed as its first record, so that what follows names 1. */
const shortest: readonly Said[] = [
  { type: 'closed', records: true, root: true },
  { type: 'opened', by: 'bob@desk', program: 'x', continues: 1 },
];
const twiceClosed = (more: object): Buffer =>
  fileOf(chained([...story, { type: 'closed', records: true, root: true, ...more }]));

const damaged = (name: string, forge: Forgery['forge'], more: Partial<Forgery> = {}): Forgery => ({
  ...{ name, is: 'damaged', forge },
  ...more,
});
const holds = (name: string, forge: Forgery['forge'], more: Partial<Forgery> = {}): Forgery => ({
  ...{ name, is: 'outside', forge },
  ...more,
});
const ofHeader = { export: 'no matter' } as const;

export const oddForgeries: readonly Forgery[] = [
  // Members
  damaged('a link that stands there twice, the same', () =>
    written(4, (b) => b.replace(/("prev":"[^"]*")(.*)\}$/, '$1$2,$1}')),
  ),
  damaged('a hash before the hash', () => put(4, `"hash":"${'0'.repeat(64)}"`)),
  damaged('a number again, with escapes', () => put(4, '"\\u0073\\u0065\\u0071":4')),
  holds('a member of no matter that stands there twice', () => put(4, '"a":1,"a":2')),
  holds('members of the same names further inside', () =>
    put(4, `"a":{"seq":9,"prev":"x","at":1,"hash":"y","continues":3}`),
  ),
  holds('__proto__ that holds a number and a hash', () => put(4, '"__proto__":{"seq":9,"hash":"x"}')),
  holds('constructor and toString', () => put(4, '"constructor":{"prototype":1},"toString":null')),
  damaged('__proto__ that closes', () =>
    put(
      9,
      '"__proto__":{"continues":8}',
      story.toSpliced(8, 1, { ...story[8], continues: undefined } as Said),
    ),
  ),
  damaged('a type that is empty, and another behind', () =>
    written(4, (b) => b.replace('"answered"', '"","type":"answered"')),
  ),
  holds('a type that is empty', () => written(4, (b) => b.replace('"answered"', '""'))),
  damaged('a type that is no text', () => written(4, (b) => b.replace('"answered"', '4'))),
  damaged('a type that is nothing', () => written(4, (b) => b.replace('"answered"', 'null'))),
  holds('a type in letters of its own', () => written(4, (b) => b.replace('"answered"', '"geändert"'))),
  damaged('a type that goes on', () => written(4, (b) => b.replace('"answered"', '"answered\\u0000"'))),
  damaged('a type that is half a character', () => written(4, (b) => b.replace('"answered"', '"\\ud800"'))),
  damaged('no type', () => written(4, (b) => b.replace('"type":"answered",', ''))),
  // Numbers
  damaged('a count that is true', () => written(2, (b) => b.replace('"records":1', '"records":true'), short)),
  damaged('a count that is a text', () =>
    written(2, (b) => b.replace('"records":1', '"records":"1"'), short),
  ),
  holds('a count as 1.0', () => written(2, (b) => b.replace('"records":1', '"records":1.0'), short)),
  holds('a count as 10e-1', () => written(2, (b) => b.replace('"records":1', '"records":10e-1'), short)),
  damaged('a count of one more', () => written(2, (b) => b.replace('"records":1', '"records":2'), short)),
  damaged('a count of one less', () => written(2, (b) => b.replace('"records":1', '"records":0'), short)),
  damaged('a count of none that is -1', () =>
    written(1, (b) => b.replace('"records":0', '"records":-1'), shortest),
  ),
  damaged('a count of none that is false', () =>
    written(1, (b) => b.replace('"records":0', '"records":false'), shortest),
  ),
  holds('a count of none as -0', () => written(1, (b) => b.replace('"records":0', '"records":-0'), shortest)),
  damaged('a count without end', () => written(2, (b) => b.replace('"records":1', '"records":1e400'), short)),
  damaged('a closing record named true', () =>
    written(2, (b) => b.replace('"continues":1', '"continues":true'), shortest),
  ),
  damaged('a closing record named by a text', () =>
    written(9, (b) => b.replace('"continues":8', '"continues":"8"')),
  ),
  holds('a closing record named as 8.0', () =>
    written(9, (b) => b.replace('"continues":8', '"continues":8.0')),
  ),
  damaged('a closing record named null', () =>
    written(9, (b) => b.replace('"continues":8', '"continues":null')),
  ),
  damaged('a closing record named null that there is not', () => put(4, '"continues":null')),
  damaged('a closing record named 0 that there is not', () => put(4, '"continues":0')),
  damaged('an anchor of another record', () => written(7, (b) => b.replace('"record":6', '"record":5'))),
  damaged('an anchor in capitals', () =>
    written(7, (b) => b.replace(/"head":"[^"]*"/, (h) => h.toUpperCase().replace('HEAD', 'head'))),
  ),
  damaged('a signature’s root that is another', () =>
    written(10, (b) => b.replace(/"root":"[^"]*"/, `"root":"${'0'.repeat(64)}"`)),
  ),
  holds('a number too large for any reader', () => put(4, '"a":1e400,"b":-1e400,"c":-0,"d":1e-400')),
  ...[
    '1.',
    '.5',
    '+1',
    '0x1',
    '1e',
    '00',
    '-',
    'Infinity',
    '-Infinity',
    '1_000',
    'True',
    'undefined',
    '// a',
  ].map((text) => damaged(`what is no JSON: ${text}`, () => put(4, `"a":${text}`))),
  damaged('the number of another record, twice', () => written(5, (b) => b.replace('"seq":5', '"seq":4'))),
  damaged('a number with a zero before it as seq', () => written(5, (b) => b.replace('"seq":5', '"seq":05'))),
  damaged('a blank within a record’s first members', () =>
    written(4, (b) => b.replace('"seq":4,', '"seq":4, ')),
  ),
  holds('blanks behind them', () => written(4, (b) => b.replace('"answered",', '"answered" ,\t\r '))),
  damaged('a blank that JSON does not know', () =>
    written(4, (b) => b.replace('"answered",', '"answered",\u00a0')),
  ),
  holds('a time that there is not', () =>
    written(4, (b) => b.replace(/"at":"[^"]*"/, '"at":"2026-99-99T99:99:99.999Z"')),
  ),
  damaged('a time with two digits too many', () => written(4, (b) => b.replace('.000Z', '.00000Z'))),
  // Depth
  holds('nested 498 deep within the record', () => put(4, `"a":${deep(498)}`)),
  holds('nested 499 deep within the record', () => put(4, `"a":${deep(499)}`)),
  damaged('nested 500 deep within the record', () => put(4, `"a":${deep(500)}`)),
  damaged('objects nested 500 deep', () => put(4, `"a":${'{"a":'.repeat(500)}1${'}'.repeat(500)}`)),
  holds('nested a little, very often', () => put(4, `"a":[${Array(2_000).fill('[]').join()}]`)),
  // Texts
  holds('half a character as an escape', () => inText('\\ud800')),
  holds('the other half first', () => inText('\\udc00\\ud800')),
  damaged('an escape that there is not', () => inText('\\x41')),
  damaged('an escape that is too short', () => inText('\\u00e')),
  holds('line and paragraph separators', () => inText('\u2028\u2029\u0085\u000b'.replace('\u000b', ''))),
  damaged('a vertical tab', () => inText('\u000b')),
  damaged('a zero in the middle', () => inText('a', 0, 'b')),
  holds('the last control character, which JSON takes', () => inText(0x7f)),
  holds('a byte order mark within a text', () => inText('\ufeff')),
  damaged('a byte order mark before a record', (l) =>
    fileOf(l.map((line, n) => (n === 4 ? Buffer.concat([Buffer.from('\ufeff'), line]) : line))),
  ),
  holds('characters that are none', () => inText('\ufffe\uffff\u{10ffff}')),
  damaged('a zero in two bytes', () => inText(0xc0, 0x80)),
  damaged('a character in more bytes than it needs', () => inText(0xe0, 0x80, 0xaf)),
  damaged('a character beyond the last', () => inText(0xf4, 0x90, 0x80, 0x80)),
  damaged('a character that is cut off', () => inText(0xe2, 0x82)),
  damaged('a byte that begins no character', () => inText(0x80)),
  holds('a record of more than a million bytes', () => inText('x'.repeat(1_200_000))),
  // Lines
  damaged('a form feed behind a record', (l) =>
    fileOf(l.map((line, n) => (n === 4 ? bytes(String(line), 0x0c) : line))),
  ),
  damaged('a blank before the first line', (l) => Buffer.concat([Buffer.from(' '), fileOf(l)]), ofHeader),
  damaged('an empty line before the first', (l) => Buffer.concat([Buffer.from('\n'), fileOf(l)]), ofHeader),
  damaged('line ends of old ones', (l) => Buffer.from(fileOf(l).toString().replaceAll('\n', '\r')), ofHeader),
  { name: 'a blank at the end', is: 'unfinished', forge: (l) => bytes(String(fileOf(l)), ' ') },
  holds('no record at all', (l) => fileOf(l.slice(0, 1)), {
    ...{ export: 'damaged', handoff: 'damaged' }, // one that has run nothing is not handed off
  }),
  holds('closed again behind it, naming the first', () => twiceClosed({ continues: 11 })),
  damaged('closed twice, the second naming none', () => twiceClosed({})),
  damaged('closed twice, the second naming another', () => twiceClosed({ continues: 8 })),
  // The header
  holds('a header of a later schema', () => headed((b) => b.replace('"journal":4', '"journal":5')), ofHeader),
  holds('a header of schema 4.0', () => headed((b) => b.replace('"journal":4', '"journal":4.0')), ofHeader),
  ...['0', '-4', '4.5', '"4"', 'true', 'null', '1e400', '9007199254740993', '[4]'].map((schema) =>
    damaged(
      `a header of schema ${schema}`,
      () => headed((b) => b.replace('"journal":4', `"journal":${schema}`)),
      ofHeader,
    ),
  ),
  damaged(
    'a header whose schema stands there twice',
    () => headed((b) => b.replace('{"journal":4', '{"journal":4,"journal":"x"')),
    ofHeader,
  ),
  damaged(
    'a header whose run is a number',
    () => headed((b) => b.replace(/"run":"[^"]*"/, '"run":1')),
    ofHeader,
  ),
  damaged('a header without a run', () => headed((b) => b.replace(/"run":"[^"]*",/, '')), ofHeader),
  damaged('a header that is a list', () => headed((b) => `[${b}]`), ofHeader),
];
