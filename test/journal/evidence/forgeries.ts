import { chained, fileOf, header, type Said, sealedBytes, story } from './chained.ts';

/** 'unfinished': good as far as its whole lines go. `outside`: the chain holds, and something outside has to tell. */
export type Expected = 'damaged' | 'unfinished' | 'outside';
export interface Forgery {
  readonly name: string;
  readonly is: Expected;
  /** The journal's bytes. `lines`: the good one's, header first. */
  readonly forge: (lines: readonly Buffer[]) => Buffer;
  readonly export?: Expected | 'no matter'; // where an export tells it otherwise: it has no header
  readonly handoff?: Expected; // where a hand-off's file does
}
const text = (line: Buffer | undefined): string => String(line);
const at = (lines: readonly Buffer[], n: number, change: (line: string) => string): Buffer[] =>
  lines.map((line, i) => (i === n ? Buffer.from(change(text(line))) : line));
const swap = (lines: readonly Buffer[], a: number, b: number): Buffer[] =>
  lines.map((line, i) => (i === a ? lines[b] : i === b ? lines[a] : line) as Buffer);
const without = (lines: readonly Buffer[], n: number): Buffer[] => lines.filter((_, i) => i !== n);
const inserted = (lines: readonly Buffer[], n: number, ...more: readonly Buffer[]): Buffer[] => [
  ...lines.slice(0, n),
  ...more,
  ...lines.slice(n),
];
/** One line of a record again, its own hash made right. */
const resealed = (line: string): string =>
  sealedBytes(Buffer.from(`${line.slice(0, line.lastIndexOf(',"hash":"'))}}`)).toString();
/** All of the story again, one record changed, everything behind it and every root made right. */
const again = (change: (said: Said, seq: number) => Said, first = header()): Buffer =>
  fileOf(
    chained(
      story.map((said, n) => change(said, n + 1)),
      first,
    ),
  );
/** The same with the bytes of one record's line made otherwise. */
const written = (seq: number, as: (body: string) => string | Buffer): Buffer =>
  fileOf(
    chained(story, header(), (record, n) => {
      const body = JSON.stringify(record);
      return sealedBytes(Buffer.from(n === seq ? as(body) : body));
    }),
  );
const only =
  (seq: number, change: (said: Said) => object) =>
  (said: Said, n: number): Said =>
    n === seq ? ({ ...change(said) } as Said) : said;
const other = (): Buffer[] => chained(story.slice(0, 5), header('01KDHZ9M7Q8RNWTB5X2C4V6A3G'));
const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

const it = (name: string, is: Expected, forge: Forgery['forge'], more: Partial<Forgery> = {}): Forgery => ({
  name,
  is,
  forge,
  ...more,
});

/** Record n stands in line n, the header in line 0. */
export const forgeries: readonly Forgery[] = [
  it('a text edited', 'damaged', (l) => fileOf(at(l, 4, (t) => t.replace('us-east-1', 'eu-west-1')))),
  it('a text edited, its own hash made right', 'damaged', (l) =>
    fileOf(at(l, 4, (t) => resealed(t.replace('us-east-1', 'eu-west-1')))),
  ),
  it('the last record edited, its own hash made right', 'damaged', (l) =>
    fileOf(at(l, 11, (t) => resealed(t.replace('"records":10', '"records":11')))),
  ),
  it('an edit linked to the next record, whose hash is the old one', 'damaged', (l) => {
    const good = chained(story.map(only(4, (s) => ({ ...s, answer: 'x' }))));
    return fileOf(
      l.map(
        (line, n) =>
          (n === 4
            ? good[4]
            : n === 5
              ? Buffer.from(`${text(good[5]).slice(0, -66)}${text(line).slice(-66)}`)
              : line) as Buffer,
      ),
    );
  }),
  it('edited and chained again, the roots as they were', 'damaged', (l) =>
    fileOf(
      chained(
        story.map((said, n) => {
          const root = /"root":"([0-9a-f]{64})"/.exec(text(l[n + 1]))?.[1];
          return n === 3 ? { ...said, answer: 'x' } : root === undefined ? said : { ...said, root };
        }),
      ),
    ),
  ),
  it('edited and chained again, roots and all', 'outside', () =>
    again(only(4, (s) => ({ ...s, answer: 'x' }))),
  ),
  it('the ticket exchanged, and all chained again', 'outside', () =>
    again(only(3, (s) => ({ ...s, ticket: 'CHG9' }))),
  ),
  it('a record removed', 'damaged', (l) => fileOf(without(l, 5))),
  it('a record removed, and the rest numbered again', 'damaged', (l) =>
    fileOf(
      without(l, 5).map((line, n) =>
        Buffer.from(n < 5 ? text(line) : text(line).replace(/^\{"seq":\d+/, `{"seq":${n}`)),
      ),
    ),
  ),
  it('a record removed, and all chained again', 'outside', () =>
    fileOf(chained(story.slice(0, 8).filter((_, n) => n !== 4))),
  ),
  it('the first record removed', 'damaged', (l) => fileOf(without(l, 1))),
  it('the closing record removed, what follows kept', 'damaged', (l) => fileOf(without(l, 8))),
  it('two neighbors swapped', 'damaged', (l) => fileOf(swap(l, 4, 5))),
  it('two far records swapped', 'damaged', (l) => fileOf(swap(l, 2, 9))),
  it('header and first record swapped', 'damaged', (l) => fileOf(swap(l, 0, 1)), { export: 'no matter' }),
  it('a record twice', 'damaged', (l) => fileOf(inserted(l, 5, l[4] as Buffer))),
  it('the last record twice', 'damaged', (l) => fileOf([...l, l[11] as Buffer])),
  it('a record put in, linked to the one before', 'damaged', (l) =>
    fileOf(
      inserted(
        l,
        5,
        chained([...story.slice(0, 4), { type: 'waived', step: 'a', goal: 'b', why: 'c' }])[5] as Buffer,
      ),
    ),
  ),
  it('a record put behind the closing one', 'damaged', () =>
    fileOf(chained([...story, { type: 'read', step: 'a' }])),
  ),
  it('a record that names the closing one put behind it', 'outside', () =>
    fileOf(chained([...story, { type: 'read', step: 'a', continues: 11 }])),
  ),
  it('cut within a record', 'unfinished', (l) => fileOf(l).subarray(0, -30)),
  it(
    'cut within the first record',
    'unfinished',
    (l) => fileOf(l).subarray(0, (l[0] as Buffer).length + 40),
    { export: 'damaged' },
  ),
  it('cut within the header', 'damaged', (l) => fileOf(l).subarray(0, 40), { export: 'no matter' }),
  it('cut behind a record, before the closing one', 'outside', (l) => fileOf(l.slice(0, 8))),
  it('cut behind the first closing record', 'outside', (l) => fileOf(l.slice(0, 9))),
  it('no newline at the end', 'unfinished', (l) => fileOf(l).subarray(0, -1)),
  it('the header changed', 'damaged', (l) => fileOf(at(l, 0, (t) => t.replace('false', 'true'))), {
    export: 'no matter',
  }),
  it(
    'the header changed, its own hash made right',
    'damaged',
    (l) => fileOf(at(l, 0, (t) => resealed(t.replace('false', 'true')))),
    { export: 'no matter' },
  ),
  it('the header changed, and all chained again', 'outside', () =>
    again((s) => s, { ...header(), simulated: true }),
  ),
  it('the header of another run', 'damaged', (l) => fileOf([other()[0] as Buffer, ...l.slice(1)]), {
    export: 'no matter',
  }),
  it('the header missing', 'outside', (l) => fileOf(l.slice(1)), { export: 'no matter' }),
  it('the header twice', 'damaged', (l) => fileOf([l[0] as Buffer, ...l]), { export: 'no matter' }),
  it('a record of another run in its place', 'damaged', (l) =>
    fileOf(l.map((line, n) => (n === 4 ? other()[4] : line) as Buffer)),
  ),
  it('another run’s records behind', 'damaged', (l) => fileOf([...l, ...other().slice(1)])),
  it('another run’s journal behind', 'damaged', (l) => fileOf([...l, ...other()])),
  it('letters taken apart (NFD)', 'damaged', (l) => fileOf(at(l, 3, (t) => t.normalize('NFD')))),
  it('letters taken apart, its own hash made right', 'damaged', (l) =>
    fileOf(at(l, 3, (t) => resealed(t.normalize('NFD')))),
  ),
  it('a character that nobody sees put in', 'damaged', (l) =>
    fileOf(at(l, 3, (t) => t.replace('Müller', 'Mü\u200bller'))),
  ),
  it('members in another order', 'damaged', (l) =>
    fileOf(
      at(l, 4, (t) =>
        t.replace('"step":"home-region","question":"region"', '"question":"region","step":"home-region"'),
      ),
    ),
  ),
  it('members in another order, its own hash made right', 'damaged', (l) =>
    fileOf(
      at(l, 4, (t) =>
        resealed(
          t.replace('"step":"home-region","question":"region"', '"question":"region","step":"home-region"'),
        ),
      ),
    ),
  ),
  it('number and link in another order, and all chained again', 'damaged', () =>
    written(4, (b) => b.replace(/^\{("seq":4),("prev":"[^"]*")/, '{$2,$1')),
  ),
  it('a number written as 17.0', 'damaged', (l) =>
    fileOf(at(l, 6, (t) => t.replace('"goals":17', '"goals":17.0'))),
  ),
  it('a record’s number written as 4.0, and all chained again', 'damaged', () =>
    written(4, (b) => b.replace('"seq":4', '"seq":4.0')),
  ),
  it('a record’s number written as 4e0, and all chained again', 'damaged', () =>
    written(4, (b) => b.replace('"seq":4', '"seq":4e0')),
  ),
  it('a record’s number as a text, and all chained again', 'damaged', () =>
    written(4, (b) => b.replace('"seq":4', '"seq":"4"')),
  ),
  it('a huge number', 'damaged', (l) =>
    fileOf(at(l, 6, (t) => t.replace('"goals":17', `"goals":${'9'.repeat(5000)}`))),
  ),
  it('a huge number, and all chained again', 'outside', () =>
    written(6, (b) => b.replace('"goals":17', `"goals":${'9'.repeat(5000)}e999`)),
  ),
  it('a time in another form, and all chained again', 'damaged', () =>
    written(4, (b) => b.replace('.000Z', '+00:00')),
  ),
  it('a time with other digits, and all chained again', 'damaged', () =>
    written(4, (b) => b.replace('"at":"2026', '"at":"٢٠٢٦')),
  ),
  it('line ends of Windows', 'damaged', (l) => Buffer.from(fileOf(l).toString().replaceAll('\n', '\r\n'))),
  it('one line end of Windows', 'damaged', (l) => fileOf(at(l, 6, (t) => `${t}\r`))),
  it('line ends of an old Mac', 'damaged', (l) => Buffer.from(fileOf(l).toString().replaceAll('\n', '\r')), {
    export: 'damaged',
  }),
  it('a byte order mark', 'damaged', (l) => Buffer.concat([Buffer.from('\ufeff'), fileOf(l)]), {
    export: 'no matter',
  }),
  it('UTF-16', 'damaged', (l) => Buffer.from(`\ufeff${fileOf(l)}`, 'utf16le'), { export: 'no matter' }),
  it('a zero byte in a record', 'damaged', (l) =>
    fileOf(at(l, 4, (t) => t.replace('us-east-1', 'us-east\0'))),
  ),
  it('zero bytes in the last record', 'unfinished', (l) =>
    fileOf(at(l, 11, (t) => `${t.slice(0, 60)}${'\0'.repeat(t.length - 60)}`)),
  ),
  it('zero bytes behind', 'unfinished', (l) => Buffer.concat([fileOf(l), Buffer.alloc(512)])),
  it('two broken lines at the end', 'damaged', (l) =>
    fileOf(
      at(
        at(l, 11, (t) => t.slice(0, 50)),
        10,
        (t) => t.slice(0, 50),
      ),
    ),
  ),
  it('two lines of zero bytes at the end', 'damaged', (l) =>
    fileOf([...l.slice(0, 10), Buffer.alloc(60), Buffer.alloc(60)]),
  ),
  it('a closing record with another count', 'damaged', () =>
    again(only(8, () => ({ type: 'closed', records: 6, root: true }))),
  ),
  it('a closing record with another root', 'damaged', () =>
    again(only(8, (s) => ({ ...s, root: 'a'.repeat(64) }))),
  ),
  it('a closing record without a root', 'damaged', () =>
    again(only(8, () => ({ type: 'closed', records: true }))),
  ),
  it('a closing record forged behind a cut', 'outside', () =>
    fileOf(chained([...story.slice(0, 5), { type: 'closed', records: true, root: true }])),
  ),
  it('a closing record forged in the middle', 'damaged', () =>
    fileOf(
      chained([...story.slice(0, 4), { type: 'closed', records: true, root: true }, ...story.slice(4, 6)]),
    ),
  ),
  it('what follows a closing record does not name it', 'damaged', () =>
    again(only(9, ({ continues: _, ...s }) => s)),
  ),
  it('what follows a closing record names another', 'damaged', () =>
    again(only(9, (s) => ({ ...s, continues: 7 }))),
  ),
  it('what follows no closing record names one', 'damaged', () =>
    again(only(4, (s) => ({ ...s, continues: 3 }))),
  ),
  it('a name in a later record of a closing one', 'damaged', () =>
    again(only(10, (s) => ({ ...s, continues: 8 }))),
  ),
  it('AWS told of another record', 'damaged', () => again(only(7, (s) => ({ ...s, record: 5 })))),
  it('AWS told another hash', 'damaged', () => again(only(7, (s) => ({ ...s, head: 'b'.repeat(64) })))),
  it('a signature over another root', 'damaged', () =>
    again(only(10, (s) => ({ ...s, root: 'c'.repeat(64) }))),
  ),
  it('a signature over another record', 'damaged', () => again(only(10, (s) => ({ ...s, record: 3 })))),
  it('a space behind a record', 'damaged', (l) => fileOf(at(l, 5, (t) => `${t} `))),
  it('spaces between members, and all chained again', 'damaged', () =>
    written(4, (b) => b.replace('"seq":4,', '"seq": 4, ')),
  ),
  it('an empty line', 'damaged', (l) => fileOf(inserted(l, 5, Buffer.alloc(0)))),
  it('an empty line at the end', 'damaged', (l) => fileOf([...l, Buffer.alloc(0)])),
  it('a comment', 'damaged', (l) => fileOf(inserted(l, 5, Buffer.from('# reviewed')))),
  it('a number that stands there twice, and all chained again', 'damaged', () =>
    written(4, (b) => b.replace('"step":', '"seq":4,"step":')),
  ),
  it('a link that stands there twice, once with escapes, and all chained again', 'damaged', () =>
    written(4, (b) => b.replace('"step":', `"\\u0070rev":"${'d'.repeat(64)}","step":`)),
  ),
  it('a type that stands there twice, and all chained again', 'damaged', () =>
    written(4, (b) => b.replace('"step":', '"type":"waived","step":')),
  ),
  it('a letter as \\u0075', 'damaged', (l) =>
    fileOf(at(l, 4, (t) => t.replace('us-east-1', '\\u0075s-east-1'))),
  ),
  it('a letter as \\u0075, its own hash made right', 'damaged', (l) =>
    fileOf(at(l, 4, (t) => resealed(t.replace('us-east-1', '\\u0075s-east-1')))),
  ),
  it('a member’s name with escapes, and all chained again', 'damaged', () =>
    written(4, (b) => b.replace('"type"', '"\\u0074ype"')),
  ),
  it('bytes that are no UTF-8', 'damaged', (l) =>
    fileOf(l.map((line, n) => (n === 3 ? Buffer.from(text(line), 'latin1') : line))),
  ),
  it('bytes that are no UTF-8, and all chained again', 'damaged', () =>
    written(3, (b) => Buffer.from(b, 'latin1')),
  ),
  it('half a character in UTF-8, and all chained again', 'damaged', () =>
    written(4, (b) => Buffer.from(b.replace('us-east-1', '\xed\xa0\x80'), 'latin1')),
  ),
  it('no JSON, and all chained again', 'damaged', () =>
    written(4, (b) => b.replace('"us-east-1"', "'us-east-1'")),
  ),
  it('no number in JSON, and all chained again', 'damaged', () => written(6, (b) => b.replace('17', 'NaN'))),
  it('a number with a zero before it, and all chained again', 'damaged', () =>
    written(6, (b) => b.replace('17', '017')),
  ),
  it('a comma too many, and all chained again', 'damaged', () =>
    written(4, (b) => b.replace('"by":"key"', '"by":"key",')),
  ),
  it('a control character in a text, and all chained again', 'damaged', () =>
    written(4, (b) => b.replace('us-east-1', 'us\teast')),
  ),
  it('nested deep, and all chained again', 'damaged', () =>
    written(6, (b) => b.replace('"departures":[]', `"departures":${deep(600)}`)),
  ),
  it('nested very deep, and all chained again', 'damaged', () =>
    written(6, (b) => b.replace('"departures":[]', `"departures":${deep(200_000)}`)),
  ),
  it('nested a little, and all chained again', 'outside', () =>
    written(6, (b) => b.replace('"departures":[]', `"departures":${deep(400)}`)),
  ),
  it('a hash in capitals', 'damaged', (l) =>
    fileOf(at(l, 5, (t) => t.replace(/[0-9a-f]{64}"\}$/, (h) => h.toUpperCase()))),
  ),
  it('the hash taken out', 'damaged', (l) =>
    fileOf(at(l, 5, (t) => t.replace(/,"hash":"[0-9a-f]{64}"\}$/, '}'))),
  ),
  it('a record as a list', 'damaged', (l) => fileOf(at(l, 5, (t) => `[${t}]`))),
  it('nothing', 'damaged', () => Buffer.alloc(0)),
  it('one empty line', 'damaged', () => Buffer.from('\n')),
];
