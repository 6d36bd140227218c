import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = new URL('../../docs/decisions/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

const records = readdirSync(folder)
  .filter((name) => name !== 'README.md')
  .sort();
const numberOf = (name: string): string => name.slice(0, 4);
const numbers = records.map(numberOf);

const index = read('README.md');
const rows = [...index.matchAll(/^\| \[(.+?)\]\((.+?)\) +\| (.+?) +\| (.+?) +\| (.+?) +\|$/gm)].map(
  ([, number = '', file = '', title = '', , state = '']) => ({ number, file, title, state }),
);
const [, named = ''] = /^Never given out: (.+)\.$/m.exec(index) ?? [];

describe('the index of the decision records', () => {
  it('has a row for every record in the folder, in their order, and no others', () => {
    expect(rows.map(({ file }) => file)).toEqual(records);
  });

  it('has no row that this test cannot read', () => {
    const lines = index.split('\n').filter((line) => line.startsWith('|'));
    expect(lines).toHaveLength(rows.length + 2);
  });

  it('has the title of each record, which begins with the number of its file', () => {
    const headings = records.map((name) => read(name).split('\n')[0]);
    expect(headings).toEqual(rows.map(({ number, title }) => `# ${number}: ${title}`));
    expect(rows.map(({ number }) => number)).toEqual(numbers);
  });

  it('says in what state each record is, and points only to records that exist', () => {
    const state = /^(in force|in force, continued in (\d{4})|replaced by (\d{4}))$/;
    const strange = rows.filter((row) => {
      const [whole, , continued, replaced] = state.exec(row.state) ?? [];
      const other = continued ?? replaced;
      return whole === undefined || (other !== undefined && !numbers.includes(other));
    });
    expect(strange).toEqual([]);
  });

  it('names exactly the numbers that are missing', () => {
    const last = Number(numbers.at(-1));
    const all = Array.from({ length: last }, (_, n) => String(n + 1).padStart(4, '0'));
    expect(named === '' ? [] : named.split(', ')).toEqual(all.filter((number) => !numbers.includes(number)));
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
