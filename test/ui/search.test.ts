import { expect, test } from 'vitest';
import { promptOf } from '../../src/ui/content/prompt.ts';
import { earlier } from '../../src/ui/input/answers.ts';
import { pieces, search } from '../../src/ui/input/search.ts';
import { addRows, begin, picker, toggleAll, visible } from '../../src/ui/input/state.ts';
import { textBox } from '../../src/ui/input/text-box.ts';
import { plainText } from '../../src/ui/text/line.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { asks, run } from './asks.ts';
import { across } from './page.ts';

/** Rows that count how often their names are read. */
function counted(size: number) {
  const read = { names: 0 };
  const rows = Array.from({ length: size }, (_, n) => ({
    value: `id-${n}`,
    get label() {
      read.names++;
      return `Person ${n}`;
    },
  }));
  return { rows, read };
}

test('a name is made ready to be searched once, whatever is typed', () => {
  const { rows, read } = counted(100_000);
  for (const text of ['p', 'pe', 'per', 'person 9', 'person 99', 'person 9', 'id-5', 'x']) search(rows, text);
  expect(read.names).toBe(rows.length);
});

test('the same text finds the same array, also after letters were taken back', () => {
  const { rows } = counted(1_000);
  const first = search(rows, 'person 9');
  expect(search(rows, 'person 99')).toHaveLength(11);
  expect(search(rows, 'person 9')).toBe(first);
});

test.each(['PERSON 7', 'ID-7'])('%s is found in names and ids', (text) => {
  expect(search(counted(10).rows, text).map(({ value }) => value)).toEqual(['id-7']);
});

test.each([
  ['Person 7', 'son', ['Per', 'son', ' 7']],
  ['Person 7', 'PERSON 7', ['Person 7']],
  ['Person 7', 'id', ['Person 7']],
  ['İrem', 'r', ['İrem']], // longer in small letters: where it stands cannot be told
])('in %s, of %s', (label, sought, wanted) => {
  expect(pieces(label, sought).map(({ text }) => text)).toEqual(wanted);
});

test('what is found is highlighted in the rows that are drawn, a row found by its id shows the id, and no more rows are drawn than fit', () => {
  const { ask } = asks.choice ?? expect.fail();
  const { rows: many, read } = counted(100_000);
  const list = picker(many, { filtering: true, filter: textBox('son 99') });
  visible(list);
  const before = read.names;
  const drawn = promptOf(ask, { is: 'pick', picker: list }, undefined, across(60), 12);
  expect(drawn).toHaveLength(12);
  expect(read.names - before).toBeLessThan(100);
  const strong = drawn.slice(1, -1).map((row) => row.find(({ tone }) => tone === 'strong')?.text);
  expect(new Set(strong)).toEqual(new Set(['son 99']));
  const byId = picker(many, { filtering: true, filter: textBox('id-4711') });
  expect(plainText(promptOf(ask, { is: 'pick', picker: byId }, undefined, across(60), 12)[1] ?? [])).toMatch(
    /❯ Person 4711 {2}id-4711/,
  );
});

test('of rows that come while a search found nothing, the first that fits is highlighted', () => {
  const empty = picker([], { filtering: true, filter: textBox('ada'), at: -1 });
  const rows = [
    { value: '1', label: 'Bo' },
    { value: '2', label: 'Ada', not: 'disabled' },
    { value: '3', label: 'Ada' },
  ];
  const list = addRows(empty, rows);
  expect(visible(list)[list.at]?.value).toBe('3');
});

test('all that are found and can be chosen are marked, and the marks of a search before are kept', () => {
  const rows = [
    { value: '1', label: 'Ada' },
    { value: '2', label: 'Adam', not: 'disabled' },
    { value: '3', label: 'Bo' },
  ];
  const found = picker(rows, { chosen: ['3'], filter: textBox('ada') });
  expect(toggleAll(found).chosen).toEqual(['3', '1']);
  expect(toggleAll(toggleAll(found)).chosen).toEqual(['3']);
});

test.each(['{', '"', 'kind', 'role"'])('%s is in no row of credentials to choose from', (text) => {
  for (const name of ['credentials', 'credentials-wrong', 'credentials-login']) {
    const { mode } = begin(asks[name]?.ask);
    if (mode.is !== 'pick') return expect.fail(`${name} is no list`);
    expect(search(mode.picker.rows, text)).toEqual([]);
  }
});

test.each(['[', '"', ','])('%s is in no row of earlier answers', (text) => {
  const answered = { ...run, answers: { delegate: { account: '444455556666' }, set: { name: 'keys' } } };
  const rows = earlier(answered, fixture.steps);
  expect(rows).toHaveLength(2);
  expect(search(rows, text)).toEqual([]);
});
