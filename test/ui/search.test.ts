import { expect, test } from 'vitest';
import { search } from '../../src/ui/search.ts';
import { addRows, picker, toggleAll, visible } from '../../src/ui/state.ts';
import { textBox } from '../../src/ui/text-box.ts';

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
