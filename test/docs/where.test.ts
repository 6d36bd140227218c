import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
const rows = [...page.matchAll(/^\| (\d+)\. ([^|]+) \| `([^`]+)` \| `([^`]+)` \|$/gm)].map(
  ([, number = '', question = '', file = '', name = '']) => ({ number, question, file, name }),
);

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

  it('names no file or folder of the source that is not there', () => {
    const named = [...page.matchAll(/`((?:src|steps|test)\/[\w./-]+)`/g)].map(([, path = '']) => path);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(named.length).toBeGreaterThan(40);
  });
});
