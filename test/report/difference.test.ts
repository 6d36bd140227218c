import { expect, test } from 'vitest';
import { differenceOf } from '../../src/report/record/difference.ts';

const signs = { same: ' ', gone: '-', new: '+' };
const shown = (...sides: Parameters<typeof differenceOf>): readonly string[] =>
  differenceOf(...sides).map(({ is, text }) => `${signs[is]}${text}`);

test('of two texts what went, what came and what stayed is told line by line', () => {
  expect(shown('a\nb\nc', 'a\nx\nc\nd')).toEqual([' a', '-b', '+x', ' c', '+d']);
  expect(shown('a\nb', 'a\nb')).toEqual([' a', ' b']);
  expect(shown(undefined, 'a')).toEqual(['+a']);
  expect(shown('', 'a')).toEqual(['+a']);
  expect(shown('a', undefined)).toEqual(['-a']);
  expect(shown('a\na\na', 'a\na')).toEqual([' a', ' a', '-a']);
  expect(shown('b\na\nb\nc', 'a\nb\nd\nc')).toEqual(['-b', ' a', ' b', '+d', ' c']);
});
test('JSON is laid out first, in a text too', () => {
  expect(shown('{"a":1}', '{"a":2}')).toEqual([' {', '-  "a": 1', '+  "a": 2', ' }']);
  expect(shown({ a: [1] }, undefined)).toEqual(['-{', '-  "a": [', '-    1', '-  ]', '-}']);
});
test('both sides can be read off it, also where they are too long to be compared one by one', () => {
  const [was, is] = [2_000, 2_500].map((length, odd) =>
    Array.from({ length }, (_, n) => `${n % 7 === odd ? odd : ''}line ${n}`).join('\n'),
  );
  const lines = differenceOf(was, is);
  const side = (other: string): string =>
    lines.flatMap((line) => (line.is === other ? [] : [line.text])).join('\n');
  expect(side('new')).toBe(was);
  expect(side('gone')).toBe(is);
});
