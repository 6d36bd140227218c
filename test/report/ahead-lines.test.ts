import { expect, test } from 'vitest';
import { aheadOf } from '../../src/model/progress/ahead.ts';
import { emptyRun } from '../../src/model/run.ts';
import { aheadLines } from '../../src/report/ahead-lines.ts';
import { codewhisperer } from '../../steps/index.ts';

const { steps } = codewhisperer;
const lines = aheadLines(aheadOf(steps, emptyRun), emptyRun);
const possible = lines.slice(lines.indexOf('Only in some runs:') + 1, -1);

test('what only some runs have is told under its condition, and each condition once', () => {
  expect(possible[0]).toBe(
    '  *  If the person is not in the Identity Center directory yet: Create the user to promote',
  );
  const conditions = possible.map((line) => line.slice(0, line.indexOf(':')));
  expect(new Set(conditions).size).toBe(conditions.length);
  expect(possible.filter((line) => line.includes('Create the permission set'))).toEqual([
    expect.stringContaining('If CodeWhisperer is administered in the management account too:'),
  ]);
});

test('no line of it looks as if something were removed, or as if it applied always', () => {
  for (const line of possible) expect(line).toMatch(/^ {2}\* {2}If /);
});
