import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { banned } from './banned-phrases.ts';

const root = join(import.meta.dirname, '../..');
const under = (folder: string, name: RegExp): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file) && !file.includes('node_modules'))
    .map((file) => join(folder, file));
const files = [
  ...['src', 'steps'].flatMap((folder) => under(folder, /\.tsx?$/)),
  ...under('docs', /\.md$/).filter((file) => !file.startsWith('docs/decisions/')), // kept as they were decided
  'README.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
];

/** What is read of a file: of a page its text without code, of a module its texts without comments. */
function textsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  if (file.endsWith('.md'))
    return [
      text
        .replace(/```[\s\S]*?```/g, '')
        .replace(/`[^`]*`/g, '')
        .replace(/\s+/g, ' '),
    ];
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(?<![:\w])\/\/.*$/gm, '');
  // A text of one word is a name in the code.
  return (
    code
      .match(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g)
      ?.filter((one) => one.includes(' ')) ?? []
  );
}
/** The phrases in a file, each with what it stands in and what is written instead. */
const foundIn = (file: string): readonly string[] =>
  textsOf(file).flatMap((text) =>
    banned.flatMap(([phrase, instead]) =>
      [...text.matchAll(new RegExp(phrase, 'gi'))].map(
        ({ 0: said, index }) =>
          `${file}: “${said}” in “${text.slice(Math.max(0, index - 30), index + said.length + 30)}”: ${instead}`,
      ),
    ),
  );

test('every sentence that is read is in plain English: none of the banned phrases', () => {
  expect(files.length).toBeGreaterThan(200);
  expect(files.flatMap(foundIn)).toEqual([]);
});
