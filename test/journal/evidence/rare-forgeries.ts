import { sealed } from '../../../src/journal/format.ts';
import { sha256 } from '../../../src/journal/hash.ts';
import { chained, exported, fileOf, header, type Said, sealedBytes, story } from './chained.ts';
import type { Forgery } from './forgeries.ts';

// What somebody makes who knows the format, and takes one thing in it for another; and what programs on the way do to files.

const damaged = (name: string, forge: Forgery['forge'], more: Partial<Forgery> = {}): Forgery => ({
  ...{ name, is: 'damaged', forge },
  ...more,
});
const outside = (name: string, forge: Forgery['forge'], more: Partial<Forgery> = {}): Forgery => ({
  ...{ name, is: 'outside', forge },
  ...more,
});
const line = (lines: readonly Buffer[], n: number): Buffer<ArrayBuffer> => Buffer.from(lines[n] ?? '');
const hashIn = (bytes: Buffer): string => String(bytes).slice(-66, -2);
/** A chain in which each record names what `of` makes of the line before. */
const linkedBy = (of: (before: Buffer) => string): Buffer => {
  const lines = [Buffer.from(sealed(header()))];
  for (const [n, said] of story.slice(0, 6).entries())
    lines.push(
      Buffer.from(sealed({ seq: n + 1, prev: of(line(lines, n)), at: '2026-11-30T10:00:00.000Z', ...said })),
    );
  return fileOf(lines);
};
/** A chain whose lines have what `of` makes of a record's text as their own hash. */
const sealedBy = (of: (body: string) => string): Buffer =>
  fileOf(
    chained(story.slice(0, 6), header(), (record) => {
      const body = JSON.stringify(record);
      return Buffer.from(`${body.slice(0, -1)},"hash":"${of(body)}"}`);
    }),
  );
/** The story with the text of record 4 made otherwise, and all chained again. */
const inFourth = (as: (body: string) => string | Buffer): Buffer =>
  fileOf(
    chained(story, header(), (record, n) => {
      const body = JSON.stringify(record);
      return sealedBytes(Buffer.from(n === 4 ? as(body) : body));
    }),
  );
const closedWith = (root: (lines: readonly Buffer[]) => string): Buffer => {
  const before = chained(story.slice(0, 3));
  const all = chained([...story.slice(0, 3), { type: 'closed', records: true, root: root(before) }]);
  return fileOf(all);
};
const hashesOf = (lines: readonly Buffer[]): readonly string[] => lines.map((one) => sha256(one));
const other = '01KDHZ9M7Q8RNWTB5X2C4V6A3G';
const ofHeader = { export: 'no matter' } as const;

export const rareForgeries: readonly Forgery[] = [
  // Other journals
  outside('records of another run put in, and all chained again', () =>
    fileOf(
      chained([
        ...story.slice(0, 4),
        { type: 'answered', step: 'home-region', question: 'region', answer: 'eu-west-1', by: 'file' },
        ...story.slice(4, 6),
      ]),
    ),
  ),
  outside('the start of another run, and all chained again', () =>
    fileOf(chained([{ ...story[0], run: other } as Said, ...story.slice(1, 6)])),
  ),
  damaged('a fork: the end of another copy of the same run', (l) => {
    const fork = chained(
      story.map((said, n) => (n === 4 ? ({ ...said, why: 'nobody looked' } as Said) : said)),
    );
    return fileOf([...l.slice(0, 6), ...fork.slice(6)]);
  }),
  damaged('the same journal twice, the second without its header', (l) =>
    Buffer.concat([fileOf(l), exported(fileOf(l))]),
  ),
  damaged('it begins with its fifth record', (l) => fileOf([line(l, 0), ...l.slice(5)])),
  // One hash for another
  damaged('each record names the hash in the line before', () => linkedBy(hashIn)),
  damaged('each record names the hash of the line before and its newline', () =>
    linkedBy((before) => sha256(before, '\n')),
  ),
  damaged('each record names the line before in capitals', () =>
    linkedBy((before) => sha256(before).toUpperCase()),
  ),
  damaged('hashes over a text with its newline', () => sealedBy((body) => sha256(`${body}\n`))),
  damaged('hashes over members in the order of the alphabet', () =>
    sealedBy((body) =>
      sha256(JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(body)).toSorted()))),
    ),
  ),
  damaged('hashes in capitals', () => sealedBy((body) => sha256(body).toUpperCase())),
  damaged('hashes cut to 63 digits', () => sealedBy((body) => sha256(body).slice(1))),
  damaged('a root in capitals', () => closedWith((l) => sha256(hashesOf(l).join('')).toUpperCase())),
  damaged('a root without the header', () => closedWith((l) => sha256(hashesOf(l.slice(1)).join('')))),
  damaged('a root of a tree of pairs', () => {
    const pair = (all: readonly string[], n: number): string => sha256(all.slice(n, n + 2).join(''));
    return closedWith((l) => sha256(pair(hashesOf(l), 0), pair(hashesOf(l), 2)));
  }),
  damaged('a root that is the last hash', () => closedWith((l) => hashesOf(l).at(-1) ?? '')),
  damaged('an anchor that names the hash in the line before', (l) =>
    fileOf(
      chained([
        ...story.slice(0, 6),
        { type: 'anchored', record: true, head: hashIn(line(l, 6)), actor: 'x', requestId: 'y' },
      ]),
    ),
  ),
  damaged('a first record that follows a closing one', () =>
    fileOf(chained([{ ...story[0], continues: 0 } as Said, ...story.slice(1, 3)])),
  ),
  // What other readers of JSON take
  ...[
    ',',
    '/* no */',
    '//',
    ',"a":NaN',
    ',"a":-Infinity',
    ',"a":0x10',
    ',"a":+1',
    ',"a":.5',
    ',"a":1.',
    ',"a":01',
    ",'a':1",
    ',a:1',
    ',"a":True',
    ',"a":undefined',
    ',"a":"\\\n"',
  ].map((text) =>
    damaged(`behind the members: ${JSON.stringify(text)}`, () =>
      inFourth((body) => `${body.slice(0, -1)}${text}}`),
    ),
  ),
  damaged('a record in a list', () => inFourth((body) => `[${body}]`)),
  damaged('a record as a text', () => inFourth((body) => JSON.stringify(body))),
  damaged('two records on one line', (l) =>
    fileOf([...l.slice(0, 4), Buffer.from(`${line(l, 4)}${line(l, 5)}`), ...l.slice(6)]),
  ),
  // Digits that are none
  damaged('digits of other scripts in its number', () =>
    inFourth((body) => body.replace('"seq":4', '"seq":\uff14')),
  ),
  damaged('digits of other scripts in its time', () =>
    inFourth((body) => body.replace('"2026-', '"\u0662\u0660\u0662\u0666-')),
  ),
  damaged('a time without its Z', () => inFourth((body) => body.replace('Z","type"', '+","type"'))),
  outside('times that go backward', () => inFourth((body) => body.replace('"2026-', '"1999-'))),
  // Programs on the way
  damaged('half characters in three bytes each (CESU-8)', () =>
    inFourth((body) => {
      const [before = '', behind = ''] = body.split('us-east-1');
      return Buffer.concat([Buffer.from(before), Buffer.from('eda0bdedb880', 'hex'), Buffer.from(behind)]);
    }),
  ),
  damaged('characters of one byte each (Latin 1)', (l) => Buffer.from(fileOf(l).toString(), 'latin1')),
  damaged('quotes made round', (l) => Buffer.from(fileOf(l).toString().replaceAll('"', '\u201d')), ofHeader),
  damaged('records parted by a line separator', (l) => {
    const text = fileOf(l).toString();
    const at = text.indexOf('\n{"seq":5');
    return Buffer.from(`${text.slice(0, at)}\u2028${text.slice(at + 1)}`);
  }),
  damaged('an empty line between records', (l) => fileOf([...l.slice(0, 5), Buffer.alloc(0), ...l.slice(5)])),
  damaged(
    'blanks behind each line',
    (l) => fileOf(l.map((one) => Buffer.concat([one, Buffer.from(' ')]))),
    ofHeader,
  ),
  damaged(
    'long lines broken at 76 characters',
    (l) => Buffer.from(fileOf(l).toString().replace(/.{76}/g, '$&\n')),
    ofHeader,
  ),
  damaged('written as Base64', (l) => Buffer.from(`${fileOf(l).toString('base64')}\n`), ofHeader),
];
