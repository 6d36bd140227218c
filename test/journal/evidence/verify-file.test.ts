import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { verifyFile } from '../../../src/journal/evidence/verify-file.ts';
import { parse } from '../../../src/journal/format.ts';
import { sha256 } from '../../../src/journal/hash.ts';
import { pageSeal } from '../../../src/model/evidence/page-lines.ts';
import { embedded } from '../../../src/report/page/html.ts';
import { closedJournal, forgeries as pageForgeries, pageOf } from '../../report/page/pages.ts';
import { chained, exported, fileOf, handedOff, paged, resealedPage, sealedBytes, story } from './chained.ts';
import { type Expected, forgeries as plainForgeries } from './forgeries.ts';
import { oddForgeries } from './odd-forgeries.ts';
import { rareForgeries } from './rare-forgeries.ts';

const forgeries = [...plainForgeries, ...oddForgeries, ...rareForgeries];
const folder = mkdtempSync(join(tmpdir(), 'cw-evidence-'));
const good = chained(story);
const goodRoot = verifyOf(fileOf(good)).closings.at(-1)?.root;

function verifyOf(bytes: Buffer) {
  const file = join(folder, 'one');
  writeFileSync(file, bytes);
  return verifyFile(file);
}
/** The journal without its first line. */

interface Case {
  readonly name: string;
  readonly file: string;
  readonly is: Expected | 'good';
}
const cases: Case[] = [];
const add = (name: string, bytes: Buffer, is: Expected | 'good' | 'no matter'): void => {
  if (is === 'no matter') return;
  const file = join(folder, `${cases.length}.jsonl`);
  writeFileSync(file, bytes);
  cases.push({ name, file, is });
};
add('journal: as it was written', fileOf(good), 'good');
add('export: as it was written', exported(fileOf(good)), 'good');
add(
  'export: a run that is no text',
  exported(fileOf(chained(story.map((said, n) => (n === 0 ? { ...said, run: 7 } : said))))),
  'good',
);
add('hand-off: as it was written', handedOff(fileOf(good)), 'good');
add(
  'hand-off: empty lines behind it',
  Buffer.concat([handedOff(fileOf(good)), Buffer.from('\n \r\n')]),
  'good',
);
add('page: as it was written', paged(fileOf(good)), 'good');
add('page: empty lines behind it', Buffer.concat([paged(fileOf(good)), Buffer.from('\n \r\n')]), 'good');
for (const { name, is, forge, export: other, handoff } of forgeries) {
  const journal = forge(good);
  add(`journal: ${name}`, journal, is);
  add(`export: ${name}`, exported(journal), other ?? is);
  // A hand-off's file is written in one go: nothing of it can be unfinished.
  const inside = is === 'outside' && journal.subarray(0, 7).toString() === '{"seq":' ? 'damaged' : is;
  add(
    `hand-off, wrapped again: ${name}`,
    handedOff(journal),
    handoff ?? (inside === 'unfinished' ? 'damaged' : inside),
  );
  const wrapped = handedOff(fileOf(good)).toString('latin1');
  const kept = wrapped.replace(fileOf(good).toString('latin1'), () => journal.toString('latin1'));
  add(`hand-off, as it was around it: ${name}`, Buffer.from(kept, 'latin1'), 'damaged');
  add(`page, made again: ${name}`, paged(journal), inside === 'unfinished' ? 'damaged' : inside);
  const page = paged(fileOf(good)).toString();
  const own = embedded(fileOf(good).toString());
  add(
    `page, as it was around it: ${name}`,
    Buffer.from(page.replace(own, () => embedded(journal.toString()))),
    'damaged',
  );
}

/** Python's verdicts of all of them, in one process. */
let python: ReadonlyMap<
  string,
  {
    readonly good: boolean;
    readonly records: number;
    readonly closed: boolean;
    readonly rest: number;
    readonly head: string;
    readonly run?: string | null;
    readonly later: readonly number[] | null;
  }
>;
beforeAll(() => {
  const script = [
    'import json, sys',
    'sys.path.insert(0, sys.argv[1])',
    'sys.dont_write_bytecode = True',
    'import verify',
    'for file in sys.stdin.read().split("\\n"):',
    '    try:',
    '        chain, rest = verify.verify(open(file, "rb").read())',
    '        found = {"good": True, "records": chain.seq, "closed": bool(chain.closed), "rest": len(rest), "head": chain.hashes[-1], "run": chain.run, "later": chain.later and list(chain.later[1:])}',
    '    except verify.Damaged as why:',
    '        found = {"good": False, "records": 0, "closed": False, "rest": 0, "head": str(why), "later": None}',
    '    print(json.dumps([file, found]))',
  ].join('\n');
  const docs = join(import.meta.dirname, '../../../docs');
  const out = execFileSync('python3', ['-c', script, docs], {
    input: cases.map(({ file }) => file).join('\n'),
  });
  python = new Map(
    out
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
});

describe('two verifiers, written apart, say the same of', () => {
  test.each([...cases])('$name', agree);
});
function agree({ file, is }: Case): void {
  const found = verifyFile(file);
  const other = python.get(file);
  expect(found.good, JSON.stringify(found.fault)).toBe(is !== 'damaged');
  expect(other?.good, other?.head).toBe(is !== 'damaged');
  if (!found.good) return;
  const closed = found.closings.at(-1)?.at === found.records;
  const later = found.later ? [found.later.schema, found.later.known] : null;
  expect(other).toMatchObject({ records: found.records, closed, rest: found.torn, head: found.head, later });
  expect(other?.run).toBe(found.run ?? null);
  expect(found.torn > 0).toBe(is === 'unfinished');
}
const sealedText = (body: string): string => String(sealedBytes(Buffer.from(body)));
/** A hand-off's lines with the last made right again. */
const resealedEnd = (lines: readonly string[]): string => {
  const before = `${lines.slice(0, -1).join('\n')}\n`;
  const end = (lines.at(-1) ?? '')
    .replace(/"sha256":"[^"]*"/, `"sha256":"${sha256(before)}"`)
    .replace(/,"hash":"[^"]*"\}$/, '}');
  return `${before}${sealedText(end)}\n`;
};
const resealedBytes = (page: Buffer): Buffer => {
  const whole = page.subarray(0, page.lastIndexOf('<!-- SHA-256'));
  return Buffer.concat([whole, Buffer.from(`${pageSeal(sha256(whole))}\n`)]);
};

test('what the chain cannot tell, the root in the change ticket does', () => {
  expect(goodRoot).toBeDefined();
  const blind = cases.filter(
    ({ is, name }) => is === 'outside' && !name.includes('behind it') && !name.includes('header missing'),
  );
  for (const { file, name } of blind)
    expect(
      verifyFile(file).closings.map(({ root }) => root),
      name,
    ).not.toContain(goodRoot);
  expect(blind.length).toBeGreaterThan(10);
});

test('there are at least 40 forgeries, each with a name of its own', () => {
  expect(new Set(forgeries.map(({ name }) => name)).size).toBe(forgeries.length);
  expect(forgeries.length).toBeGreaterThanOrEqual(40);
});

test('what damages a journal is told with the record that breaks', () => {
  const of = (name: string) =>
    verifyOf(forgeries.find((one) => one.name === name)?.forge(good) ?? Buffer.alloc(0)).fault;
  expect(of('a text edited')).toMatchObject({ line: 5, record: 4, what: 'its hash is not that of its text' });
  expect(of('a text edited, its own hash made right')).toMatchObject({ line: 6, record: 5 });
  expect(of('a record removed')).toMatchObject({ record: 5, what: 'its number is 6, and 5 was expected' });
  expect(of('line ends of Windows')).toMatchObject({ line: 1, what: expect.stringContaining('CRLF') });
  expect(of('a byte order mark')).toMatchObject({
    line: 1,
    what: expect.stringContaining('byte order mark'),
  });
});

describe('a hand-off’s file or a page that is not as it was written', () => {
  const handoff = handedOff(fileOf(good)).toString();
  const lines = handoff.trimEnd().split('\n');
  const end = lines.at(-1) ?? '';
  const page = paged(fileOf(good)).toString();
  const about = /id="about">(.*)<\/script>/.exec(page)?.[1] ?? '';
  const line = (id: string): string =>
    new RegExp(`^<script type="application/json" id="${id}">.*$`, 'm').exec(page)?.[0] ?? '';
  const around: readonly (readonly [string, string | Buffer, 'good' | 'damaged'])[] = [
    ['hand-off: blanks behind its end, without a newline', `${handoff}  \t`, 'good'],
    ['hand-off: a form feed behind its end', `${handoff}\f\n`, 'damaged'],
    ['hand-off: a blank that is none behind its end', `${handoff}\u00a0\n`, 'damaged'],
    ['hand-off: blanks on its last line', `${handoff.trimEnd()}  \n`, 'damaged'],
    ['hand-off: the line end of Windows on its last line', `${handoff.trimEnd()}\r\n`, 'damaged'],
    ['hand-off: no newline at its end', handoff.trimEnd(), 'damaged'],
    ['hand-off: something behind its end', `${handoff}{}\n`, 'damaged'],
    ['hand-off: its end twice', `${handoff}${end}\n`, 'damaged'],
    ['hand-off: a journal behind it', `${handoff}${fileOf(good)}`, 'damaged'],
    [
      'hand-off: two ends',
      resealedEnd(
        lines.toSpliced(
          -1,
          0,
          sealedText(
            `{"simulated-organization":1,"end":true,"sha256":"${sha256(`${lines.slice(0, -1).join('\n')}\n`)}"}`,
          ),
        ),
      ),
      'damaged',
    ],
    [
      'hand-off: two organizations',
      resealedEnd(
        lines.toSpliced(-1, 0, ...[1, 2].map((n) => sealedText(`{"simulated-organization":${n}}`))),
      ),
      'damaged',
    ],
    [
      'hand-off: an organization',
      resealedEnd(lines.toSpliced(-1, 0, sealedText('{"simulated-organization":null}'))),
      'good',
    ],
    [
      'hand-off: its end is true as a text',
      resealedEnd([...lines.slice(0, -1), end.replace('"end":true', '"end":"true"')]),
      'damaged',
    ],
    [
      'hand-off: it says one line more',
      resealedEnd(
        lines.with(
          0,
          sealedText(
            lines[0]
              ?.replace(/"records":(\d+)/, (_, n) => `"records":${Number(n) + 1}`)
              .replace(/,"hash":"[^"]*"\}$/, '}') ?? '',
          ),
        ),
      ),
      'damaged',
    ],
    [
      'hand-off: it says 1e400 lines',
      resealedEnd(
        lines.with(
          0,
          sealedText(
            lines[0]?.replace(/"records":\d+/, '"records":1e400').replace(/,"hash":"[^"]*"\}$/, '}') ?? '',
          ),
        ),
      ),
      'damaged',
    ],
    ...[2, 1e15, 1.5, 0, '"1"', null].map(
      (schema) =>
        [
          `hand-off: of schema ${schema}`,
          resealedEnd(
            lines.with(
              0,
              sealedText(
                lines[0]
                  ?.replace('{"cw-runbook-handoff":1', `{"cw-runbook-handoff":${schema}`)
                  .replace(/,"hash":"[^"]*"\}$/, '}') ?? '',
              ),
            ),
          ),
          schema === 2 || schema === 1e15 ? 'good' : 'damaged',
        ] as const,
    ),
    ['page: its verdict edited', page.replace('Unchanged and complete.', 'Approved by Eve.'), 'damaged'],
    [
      'page: its verdict edited, and its checksum made again',
      resealedPage(page.replace('Unchanged and complete.', 'Approved by Eve.')),
      'good',
    ],
    ['page: its last line missing', page.replace(/<!-- SHA-256.*\n$/, ''), 'damaged'],
    ['page: cut off', page.slice(0, -10), 'damaged'],
    ['page: no newline at its end', page.trimEnd(), 'damaged'],
    ['page: something behind its end', `${page}<script>1</script>\n`, 'damaged'],
    [
      'page: its checksum in capitals',
      page.replace(/[0-9a-f]{64} -->/, (sum) => sum.toUpperCase()),
      'damaged',
    ],
    [
      'page: its last line twice',
      resealedPage(`${page.trimEnd()}\n`.replace('</html>', '<!-- SHA-256 x -->\n</html>')),
      'damaged',
    ],
    ['page: line ends of Windows', page.replaceAll('\n', '\r\n'), 'damaged'],
    ['page: a byte order mark', `\ufeff${page}`, 'damaged'],
    ['page: two journals', resealedPage(page.replace(line('journal'), (one) => `${one}\n${one}`)), 'damaged'],
    ['page: no journal', resealedPage(page.replace(`${line('journal')}\n`, '')), 'damaged'],
    [
      'page: the journal left out, as for names',
      resealedPage(
        page.replace(line('journal'), '<script type="application/json" id="journal">null</script>'),
      ),
      'damaged',
    ],
    [
      'page: a journal that is a list',
      resealedPage(
        page.replace(line('journal'), '<script type="application/json" id="journal">["a"]</script>'),
      ),
      'damaged',
    ],
    [
      'page: a journal that is nested very deep',
      resealedPage(
        page.replace(
          line('journal'),
          `<script type="application/json" id="journal">${'['.repeat(200_000)}${']'.repeat(200_000)}</script>`,
        ),
      ),
      'damaged',
    ],
    [
      'page: a journal that is no JSON',
      resealedPage(page.replace('id="journal">"', 'id="journal">')),
      'damaged',
    ],
    [
      'page: a script before its journal’s end',
      resealedPage(page.replace(line('journal'), (one) => one.replace('</script>', '</script></script>'))),
      'damaged',
    ],
    [
      'page: bytes that are no UTF-8 in what it says',
      resealedBytes(Buffer.from(page.replace('"records"', '\u00ff"records"'), 'latin1')),
      'damaged',
    ],
    [
      'page: it describes one record less',
      resealedPage(
        page.replace(
          about,
          about.replace(/"records":(\d+)/, (_, n) => `"records":${n - 1}`),
        ),
      ),
      'damaged',
    ],
    [
      'page: it describes another run',
      resealedPage(page.replace(about, about.replace(/"run":"[^"]*"/, '"run":"01KDHZ9M7Q8RNWTB5X2C4V6A3G"'))),
      'damaged',
    ],
    [
      'page: it describes another last record',
      resealedPage(page.replace(about, about.replace(/"head":"[^"]*"/, `"head":"${'0'.repeat(64)}"`))),
      'damaged',
    ],
    [
      'page: it describes a number of records without end',
      resealedPage(page.replace(about, about.replace(/"records":\d+/, `"records":${'9'.repeat(5000)}`))),
      'damaged',
    ],
    ['page: it says nothing of itself', resealedPage(page.replace(about, '')), 'damaged'],
  ];
  test.each(
    around.map(([name, contents, is]) => {
      add(name, Buffer.from(contents as string), is);
      return [name, cases.at(-1)] as const;
    }),
  )('%s', (_, one) => {
    if (one) agree(one);
  });
});

test('pages as the program writes them, and the ones that the page itself does not believe', () => {
  const real = pageOf(closedJournal());
  expect(verifyOf(Buffer.from(real))).toMatchObject({
    good: true,
    kind: 'page',
    records: closedJournal().events.length,
  });
  for (const [name, forge] of pageForgeries)
    expect(verifyOf(Buffer.from(forge(real))).good, name).toBe(false);
});

test('a file of a later schema is said to be one', () => {
  const later = cases.flatMap(({ file, name }) => {
    const found = verifyFile(file);
    return found.good && found.later ? [name] : [];
  });
  expect(later).toEqual([
    'journal: a header of a later schema',
    'hand-off, wrapped again: a header of a later schema',
    'page, made again: a header of a later schema',
    'hand-off: of schema 2',
    'hand-off: of schema 1000000000000000',
  ]);
});

test('what is good here, the program reads', () => {
  expect(parse(fileOf(good), 'journal.jsonl').events).toHaveLength(story.length);
});
