import { expect, test } from 'vitest';
import { askSimulator } from './ask.ts';
import { differences } from './compare.ts';
import { recorded, titleOf } from './exchange.ts';
import { situations } from './situations.ts';

// The simulator, held against what AWS was recorded to answer: the same members, types, errors and words.

const rows = recorded.filter(
  ({ past, situation = '' }) => past === undefined && Object.hasOwn(situations, situation),
);

test.each(rows.map((row) => [titleOf(row), row] as const))('%s', async (_, row) => {
  const asking = await situations[row.situation ?? '']?.(row);
  if (asking === undefined) throw new Error('There is no such situation');
  expect(differences(row, await askSimulator(row, asking))).toEqual([]);
});
