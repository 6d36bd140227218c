import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
const rows = [...page.matchAll(/^\| (\d+)\. ([^|]+) \| `([^`]+)` \| `([^`]+)` \|$/gm)].map(
  ([, number = '', question = '', file = '', name = '']) => ({ number, question, file, name }),
);

const namedIn = (text: string): readonly string[] =>
  [...text.matchAll(/`((?:src|steps|test)\/[\w./-]+)`/g)].map(([, path = '']) => path);
const pages = ['.', 'docs', 'docs/decisions'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);
it.each(pages)('%s names no file or folder of the source that is not there', (name) => {
  const named = namedIn(readFileSync(join(root, name), 'utf8'));
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

describe('“Where would I look for …” in docs/architecture.md', () => {
  it('has twenty questions, in order', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, n) => String(n + 1)));
  });

  it.each(rows)('$number. $question: $file exports $name', ({ file, name }) => {
    const text = readFileSync(join(root, file), 'utf8');
    const exported = new RegExp(
      `^export (?:async )?(?:const|function\\*?|type|interface|class) ${name}\\b`,
      'm',
    );
    expect(text).toMatch(exported);
  });

  it('names many files', () => expect(namedIn(page).length).toBeGreaterThan(40));
});
