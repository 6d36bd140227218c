import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = [
  ...readdirSync(root),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => join('docs', name)),
].filter((name) => name.endsWith('.md'));
const read = (page: string): string => readFileSync(join(root, page), 'utf8');

/** A heading's name in a link, as code hosts make it. */
const anchors = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, '')
      .replaceAll(' ', '-'),
  );

describe.each(pages)('%s', (page) => {
  // Pictures are made by the tests of the program.
  const links = [...read(page).matchAll(/(?<!!)\[[^\]]*\]\(([^)]+)\)/g)].map(([, link = '']) => link);

  it('links only to files and headings that exist', () => {
    const broken = links.filter((link) => {
      if (/^https:/.test(link)) return false;
      const [file = '', heading] = link.split('#');
      const target = file === '' ? page : join(dirname(page), file);
      if (!existsSync(join(root, target))) return true;
      return heading !== undefined && !anchors(read(target)).includes(heading);
    });
    expect(broken).toEqual([]);
  });
});
