import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownersIn, unasked } from './kept-files.ts';

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

test('of this project, every folder of kept files is known', () => {
  const folders = [...ownersIn(import.meta.dirname).keys()].map((folder) =>
    folder.slice(import.meta.dirname.length),
  );
  expect(folders.toSorted()).toEqual(['/faults/said', '/ui/frames', '/ui/lines']);
});
