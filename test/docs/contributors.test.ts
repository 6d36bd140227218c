import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const page = (name: string): string => readFileSync(join(root, name), 'utf8');
/** The files and folders of the project that a text names. */
const namedIn = (text: string): readonly string[] =>
  [...text.matchAll(/(?<![\w/.-])(?:src|steps|test|docs|\.ci)\/[\w./-]*\w/g)].map(([path]) => path);

describe.each(['README.md', 'CONTRIBUTING.md', 'SECURITY.md'])('%s', (name) => {
  it('names only files and folders that exist', () => {
    const named = namedIn(page(name));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('SECURITY.md', () => {
  const [, table = ''] = /^## What the program promises$([\s\S]*?)^## /m.exec(page('SECURITY.md')) ?? [];
  const promises = table
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2);

  it('names a test for each promise', () => {
    expect(promises.length).toBeGreaterThan(5);
    expect(promises.filter((row) => !namedIn(row).some((path) => /\.test\.tsx?$/.test(path)))).toEqual([]);
  });

  it('names no person and no address', () => {
    expect([
      ...page('SECURITY.md').matchAll(/\S+@\S+\.\S+|https?:\/\/(?!127\.0\.0\.1|10\.0\.0\.1)\S+/g),
    ]).toEqual([]);
  });
});

describe('CHANGELOG.md', () => {
  const headings = [...page('CHANGELOG.md').matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);

  it('begins with what is not released, and then has the versions, the newest first', () => {
    expect(headings[0]).toBe('[Unreleased]');
    const strange = headings
      .slice(1)
      .filter((heading) => !/^\[\d+\.\d+\.\d+\] - (\d{4}-\d\d-\d\d|not yet published)$/.test(heading));
    expect(strange).toEqual([]);
  });

  it('has the version of the package on top', () => {
    const { version } = JSON.parse(page('package.json')) as { readonly version: string };
    expect(headings[1]).toMatch(`[${version}] - `);
  });

  it('sorts what changed as Keep a Changelog does', () => {
    const kinds = [...page('CHANGELOG.md').matchAll(/^### (.+)$/gm)].map(([, kind = '']) => kind);
    const known = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
    expect(kinds.filter((kind) => !known.includes(kind))).toEqual([]);
    expect(kinds.length).toBeGreaterThan(0);
  });
});
