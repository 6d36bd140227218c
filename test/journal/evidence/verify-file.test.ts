import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { verifyFile } from '../../../src/journal/evidence/verify-file.ts';
import { parse } from '../../../src/journal/format.ts';
import { chained, fileOf, handedOff, story } from './chained.ts';
import { type Expected, forgeries } from './forgeries.ts';

const folder = mkdtempSync(join(tmpdir(), 'cw-evidence-'));
const good = chained(story);
const goodRoot = verifyOf(fileOf(good)).closings.at(-1)?.root;

function verifyOf(bytes: Buffer) {
  const file = join(folder, 'one');
  writeFileSync(file, bytes);
  return verifyFile(file);
}
/** The journal without its first line. */
const exported = (journal: Buffer): Buffer => journal.subarray(journal.indexOf(0x0a) + 1);

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
add('hand-off: as it was written', handedOff(fileOf(good)), 'good');
add(
  'hand-off: empty lines behind it',
  Buffer.concat([handedOff(fileOf(good)), Buffer.from('\n \r\n')]),
  'good',
);
for (const { name, is, forge, export: other } of forgeries) {
  const journal = forge(good);
  add(`journal: ${name}`, journal, is);
  add(`export: ${name}`, exported(journal), other ?? is);
  // A hand-off's file is written in one go: nothing of it can be unfinished.
  const inside = is === 'outside' && journal.subarray(0, 7).toString() === '{"seq":' ? 'damaged' : is;
  add(`hand-off, wrapped again: ${name}`, handedOff(journal), inside === 'unfinished' ? 'damaged' : inside);
  const wrapped = handedOff(fileOf(good)).toString('latin1');
  const kept = wrapped.replace(fileOf(good).toString('latin1'), () => journal.toString('latin1'));
  add(`hand-off, as it was around it: ${name}`, Buffer.from(kept, 'latin1'), 'damaged');
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
    '        found = {"good": True, "records": chain.seq, "closed": bool(chain.closed), "rest": len(rest), "head": chain.hashes[-1]}',
    '    except verify.Damaged as why:',
    '        found = {"good": False, "records": 0, "closed": False, "rest": 0, "head": str(why)}',
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
  test.each(cases)('$name', ({ file, is }) => {
    const found = verifyFile(file);
    const other = python.get(file);
    expect(found.good, JSON.stringify(found.fault)).toBe(is !== 'damaged');
    expect(other?.good, other?.head).toBe(is !== 'damaged');
    if (!found.good) return;
    const closed = found.closings.at(-1)?.at === found.records;
    expect(other).toMatchObject({ records: found.records, closed, rest: found.torn, head: found.head });
    expect(found.torn > 0).toBe(is === 'unfinished');
  });
});

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

test('what is good here, the program reads', () => {
  expect(parse(fileOf(good), 'journal.jsonl').events).toHaveLength(story.length);
});
