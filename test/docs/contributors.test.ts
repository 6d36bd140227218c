import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const page = (name: string): string => readFileSync(join(root, name), 'utf8');

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
