import { expect, test } from 'vitest';
import { namedIn } from '../../../src/model/people/named.ts';

const plan = { says: 'Assign ada to Workloads', list: [{ of: 'Zoë "van" der Berg' }, 'bo'], n: 5 };
const there = ['Zoë "van" der Berg', 'ada', 'bo'];
const others = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `nobody-${n}`);

test.each([0, 3, 99, 1_000])('the names that a value’s texts hold, among %i others', (count) => {
  expect(namedIn(plan, new Set([...others(count), ...there, '']))).toEqual([...there].sort());
});

test('nobody is named where there is nobody, and none of those who are not', () => {
  expect(namedIn(plan, new Set())).toEqual([]);
  expect(namedIn(plan, new Set(others(200)))).toEqual([]);
});
