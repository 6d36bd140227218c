import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { steps } from '../../steps/index.ts';

const text = readFileSync(new URL('../../docs/coverage.md', import.meta.url), 'utf8');

/** The document's sentences and numbered lines, counted in the document: by section, in its order. */
const numbered = (letter: string, from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, n) => `${letter}${from + n}`);
const expected: Readonly<Record<string, readonly string[]>> = {
  T: ['T1'],
  D: numbered('D', 1, 12),
  A: numbered('A', 1, 6),
  P: [...numbered('P', 1, 8), 'P8-policy', 'P8-note-1', 'P8-note-2', ...numbered('P', 9, 12)],
  S: ['S-warning-1', 'S-warning-2', ...numbered('S', 1, 3), 'S4-1', 'S4-2', ...numbered('S', 5, 11)],
  E: ['E1', 'E2'],
};
/** The guides that the document points to, by the row that does. */
const guides: Readonly<Record<string, string>> = {
  D2: 'https://docs.aws.amazon.com/singlesignon/latest/userguide/delegated-admin.html',
  D5: 'https://docs.aws.amazon.com/accounts/latest/reference/welcome-multiple-accounts.html',
  D6: 'https://docs.aws.amazon.com/singlesignon/latest/userguide/delegated-admin-how-to-register.html',
  D12: 'https://docs.aws.amazon.com/singlesignon/latest/userguide/90-day-extended-session-duration.html',
  A6: 'https://docs.aws.amazon.com/singlesignon/latest/userguide/addusers.html',
  'P8-note-2': 'https://docs.aws.amazon.com/amazonq/latest/qdeveloper-ug/customizations-prereq.html',
};
const ways = ['does', 'checks', 'asks', 'shows', 'by hand', 'not applicable'];

interface Row {
  readonly section: string;
  readonly id: string;
  readonly says: string;
  readonly steps: readonly string[];
  readonly how: readonly string[];
}
function rowsOf(markdown: string): readonly Row[] {
  const rows: Row[] = [];
  let section = '';
  for (const line of markdown.split('\n')) {
    section = /^## (\w+):/.exec(line)?.[1] ?? section;
    if (!line.startsWith('|') || /^\| *(-+|Row) *\|/.test(line)) continue;
    const [id = '', says = '', covering = '', how = ''] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    rows.push({
      section,
      id,
      says,
      steps: [...covering.matchAll(/`([^`]+)`/g)].map(([, step = '']) => step),
      how: how.split('; ').map((part) => part.split(':')[0] ?? ''),
    });
  }
  return rows;
}
const rows = rowsOf(text);
const known = steps.map(({ id }) => id);

describe('the table of what the runbook covers', () => {
  it.each(Object.entries(expected))('has a row for each sentence and line of section %s', (section, ids) => {
    expect(rows.filter((row) => row.section === section).map(({ id }) => id)).toEqual(ids);
  });

  it('has no other sections', () => {
    expect([...new Set(rows.map(({ section }) => section))]).toEqual(Object.keys(expected));
  });

  it('says what each row is about and how it is covered', () => {
    const mute = rows.filter(({ says, how }) => says === '' || !ways.includes(how[0] ?? ''));
    expect(mute.map(({ id }) => id)).toEqual([]);
  });

  it('gives a reason where something is not applicable', () => {
    const bare = text.split('\n').filter((line) => /not applicable(?!: \w|\*\*)/.test(line));
    expect(bare).toEqual([]);
  });

  it('has a step for every row', () => {
    expect(rows.filter((row) => row.steps.length === 0).map(({ id }) => id)).toEqual([]);
  });

  it('names only steps of the runbook', () => {
    const strange = rows.flatMap((row) => row.steps.filter((step) => !known.includes(step)));
    expect(strange).toEqual([]);
  });

  it('leaves no step of the runbook out', () => {
    const named = new Set(rows.flatMap((row) => row.steps));
    expect(known.filter((step) => !named.has(step))).toEqual([]);
  });

  it.each(Object.entries(guides))(
    'the step of row %s links to the guide that the document names',
    (id, url) => {
      const covering = rows.find((row) => row.id === id)?.steps ?? [];
      const links = steps
        .filter((step) => covering.includes(step.id))
        .flatMap(({ document }) => (document.links ?? []).map((link) => link.url));
      expect(links).toContain(url);
    },
  );
});
