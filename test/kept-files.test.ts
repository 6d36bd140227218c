import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { left, ownersIn, together, unasked } from './kept-files.ts';

test('a kept file that no test asks for is found, once all who may ask for one have run', () => {
  const root = mkdtempSync(join(tmpdir(), 'cw-kept-'));
  const at = (name: string): string => join(root, name);
  mkdirSync(at('ui/frames'), { recursive: true });
  for (const name of ['a.txt', 'b.txt', 'c.txt']) writeFileSync(at(`ui/frames/${name}`), '');
  writeFileSync(at('ui/one.test.ts'), "await isAsKept(text(1, 2), 'frames', 'a.txt');");
  writeFileSync(at('ui/judge.ts'), "isAsKept(\n  text(),\n  'frames',\n  name,\n);");
  writeFileSync(at('ui/two.test.ts'), "import { judge } from './judge.ts';");
  writeFileSync(at('ui/three.test.ts'), "import { other } from './other.ts';");
  const owners = ownersIn(root);
  const tests = [at('ui/one.test.ts'), at('ui/two.test.ts')];
  expect([...owners].map(([folder, files]) => [folder, files.toSorted()])).toEqual([
    [at('ui/frames'), tests],
  ]);
  const asked = new Set([at('ui/frames/a.txt'), at('ui/frames/b.txt')]);
  expect(unasked(owners, new Set(tests), asked)).toEqual([at('ui/frames/c.txt')]);
  expect(unasked(owners, new Set(tests.slice(1)), asked)).toEqual([]);
});

test('a test file of which two runs have a part has run whole once both have', () => {
  const partsOf = (file: string): readonly string[] =>
    file === '/both.test.ts' ? ['quick', 'rest'] : ['rest'];
  const quick = { whole: ['quick /both.test.ts'], asked: ['/a.txt'] };
  const rest = { whole: ['rest /both.test.ts', 'rest /other.test.ts'], asked: ['/b.txt'] };
  expect(together([rest], partsOf)).toEqual([new Set(['/other.test.ts']), new Set(['/b.txt'])]);
  expect(together([rest, quick], partsOf)).toEqual([
    new Set(['/both.test.ts', '/other.test.ts']),
    new Set(['/a.txt', '/b.txt']),
  ]);
});

test('what the first run has left counts until a test or a kept file is newer than it', () => {
  const root = mkdtempSync(join(tmpdir(), 'cw-kept-'));
  const [test, written] = [
    join(root, 'a.test.ts'),
    join(mkdtempSync(join(tmpdir(), 'cw-kept-')), 'left.json'),
  ];
  writeFileSync(test, '');
  expect(left(written, root)).toEqual([]);
  const ran = { whole: ['quick /a.test.ts'], asked: [] };
  writeFileSync(written, JSON.stringify(ran));
  utimesSync(test, 1_000, 1_000);
  expect(left(written, root)).toEqual([ran]);
  utimesSync(written, 999, 999);
  expect(left(written, root)).toEqual([]);
});

test('of this project, every folder of kept files is known', () => {
  const folders = [...ownersIn(import.meta.dirname).keys()].map((folder) =>
    folder.slice(import.meta.dirname.length),
  );
  expect(folders.toSorted()).toEqual(['/faults/said', '/ui/frames', '/ui/lines']);
});
