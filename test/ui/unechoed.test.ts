import { expect, test } from 'vitest';
import { addUnechoed } from '../../src/ui/plain/unechoed.ts';

test.each([
  ['', '123456\r', '', ['123456'], false],
  ['12', '34', '1234', [], false],
  ['12', '\u007f3', '13', [], false],
  ['12', '\u0015456', '456', [], false],
  ['12', '\u001b[A', '12A', [], false], // refused later: a code has digits alone
  ['', '.\r', '', ['.'], false],
  ['12', '3\u0003', '', [], true],
])('to %j come %j: %j', (before, keys, typed, lines, interrupted) => {
  expect(addUnechoed(before, keys)).toEqual({ typed, lines, interrupted });
});
