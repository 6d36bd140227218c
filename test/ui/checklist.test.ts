import { expect, test } from 'vitest';
import { met, type Plan, warning } from '../../src/model/plan.ts';
import { applyEvent, emptyRun } from '../../src/model/run.ts';
import { checklist } from '../../src/ui/frame/checklist.ts';
import { plainText } from '../../src/ui/text/line.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { asks } from './asks.ts';
import { draw, ready } from './drive.ts';
import { across } from './page.ts';

test('a step that is done, and holds something to be read, is marked as such', () => {
  const [step] = fixture.steps;
  if (!step) throw new Error('a runbook without steps');
  const rowOf = (plan: Plan): string => {
    const run = applyEvent(emptyRun, { type: 'looked', at: 1, step: step.id, plan, basis: 'b' });
    const rows = checklist(fixture.phases, run, step, undefined, across(40), 20).map(plainText);
    return rows.find((row) => row.includes(step.short)) ?? '';
  };
  expect(rowOf({ goals: [met('g', 'It holds', 'seen')] })).toMatch(/^❯✓ The card/);
  expect(rowOf({ goals: [warning('g', 'It holds', 'but')] })).toMatch(/^❯! The card +decided/);
});

test.each([
  ['so many changes', ['  up to 4 changes ahead'], 20],
  ['nothing, where no row is free for it', [], 7],
])('under the checklist of a wide window stands how much is ahead: %s', (_, told, height) => {
  const { phases } = fixture;
  const step = phases[0]?.steps[0] ?? expect.fail();
  const rows = checklist(phases, emptyRun, step, undefined, across(40), height, 'up to 4 changes ahead').map(
    plainText,
  );
  expect(rows).toHaveLength(height);
  expect(rows.filter((row) => row.includes('ahead')).map((row) => row.trimEnd())).toEqual(
    told.map((row) => row.slice(1)),
  );
});

test('while a run is undone, its head tells of the undo alone', () => {
  for (const [name, place] of [
    ['undo-confirm', /^Undo 1 of 3: Give away +2 changes ahead$/],
    ['undone', /^Undone in part$/],
  ] as const) {
    const { ask, run = emptyRun } = asks[name] ?? expect.fail();
    const [, row = ''] = draw(ask, run, ready(ask), { columns: 80, rows: 24 }).lines.map(plainText);
    expect(row.trimEnd()).toMatch(place);
  }
});
