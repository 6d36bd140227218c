import { expect, test } from 'vitest';
import { columnsOf } from '../../src/ui/plain/line-mode.ts';

test.each([
  ['a window', {}, 72, 72],
  ['a wide one: lines stay readable', {}, 300, 100],
  ['no terminal', {}, undefined, 80],
  ['a terminal that does not know its size', {}, 0, 80],
  ['a screen reader', { INK_SCREEN_READER: 'true' }, 80, 10_000],
] as const)('%s', (_, env, columns, expected) => {
  expect(columnsOf(env, columns)).toBe(expected);
});
