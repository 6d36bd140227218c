import { expect, test } from 'vitest';
import { page } from '../../src/simulator/protocol/pages.ts';

const options = {
  ...{ of: 'list', size: 2 },
  invalid: (): never => {
    throw new Error('invalid');
  },
};

test('the last page has no token, also where it is full; the others lead on', () => {
  const first = page(['a', 'b', 'c', 'd'], {}, options);
  expect(first.items).toEqual(['a', 'b']);
  expect(page(['a', 'b', 'c', 'd'], first.next, options)).toEqual({ items: ['c', 'd'], next: {} });
  expect(page(['a', 'b'], {}, options)).toEqual({ items: ['a', 'b'], next: {} });
  expect(page([], {}, options)).toEqual({ items: [], next: {} });
});

test('a token fits the list that it came from, and no other', () => {
  const { next } = page(['a', 'b', 'c'], {}, options);
  expect(() => page(['a', 'b', 'c'], next, { ...options, of: 'other' })).toThrow('invalid');
});
