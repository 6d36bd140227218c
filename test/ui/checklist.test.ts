import { expect, test } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { met, type Plan, warning } from '../../src/model/plan.ts';
import { applyEvent, emptyRun } from '../../src/model/run.ts';
import type { Step } from '../../src/model/step.ts';
import { presentStep } from '../../src/presentation/present.ts';
import { helpText } from '../../src/ui/content/help-lines.ts';
import { checklist } from '../../src/ui/frame/checklist.ts';
import { headerLines } from '../../src/ui/frame/header.ts';
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
  expect(rowOf({ goals: [warning('g', 'It holds', 'but')] })).toMatch(/^❯! The card +answered/);
});

test('a step that was passed without stopping is done, and looks neither like one that was skipped nor like one that was stopped at', () => {
  const [first, second, third] = fixture.steps;
  if (!first || !second || !third) throw new Error('a runbook of less than three steps');
  const plan: Plan = { goals: [met('g', 'It holds', 'seen')] };
  const run = [
    { type: 'looked', at: 1, step: first.id, plan, basis: 'b' },
    { type: 'read', at: 1, step: first.id },
    { type: 'looked', at: 1, step: second.id, plan, basis: 'b' },
    { type: 'read', at: 1, step: second.id, passed: ['It holds (seen)'] },
  ].reduce((before, event) => applyEvent(before, event as Event), emptyRun);
  const rows = checklist(fixture.phases, run, third, undefined, across(40), 20).map(plainText);
  const rowOf = ({ short }: Step): string => rows.find((row) => row.includes(short)) ?? '';
  expect(rowOf(first)).toMatch(/^ ✓ .* seen|^ ✓ .* answered|^ ✓ .* was there/);
  expect(rowOf(second)).toMatch(/^ ◉ .* passed/);
  expect(rowOf(third)).toMatch(/^❯ {2}/);

  const banner = { demo: true, endpoint: 'demo', program: 'cw-runbook/1', runId: 'R' };
  const headed = { banner, run, phases: fixture.phases, step: third, ask: undefined };
  const header = headerLines(headed, across(80), { place: true, rows: 24 }).map(plainText);
  expect(header.find((row) => row.startsWith('Step 3'))).toMatch(/ ● ?◉ ?●( ?○)*( |$)/);

  // What is read again is stopped at: the sign goes. What was made since was not passed either.
  const again = applyEvent(run, { type: 'read', at: 2, step: second.id });
  expect(
    checklist(fixture.phases, again, third, undefined, across(40), 20).map(plainText).join('\n'),
  ).not.toContain('◉');

  const viewed = { step: third, ask: undefined, run, steps: fixture.steps, events: [], beneath: [] };
  const help = helpText(
    { ...viewed, presented: presentStep(third, { run, steps: fixture.steps, endpoint: '' }) },
    across(80),
  );
  expect(help.lines.map(plainText).join('\n')).toMatch(/◉ +done without stopping/);
});

test('after a resume, what an earlier start saw is neither done nor to come', () => {
  const [first, second] = fixture.steps;
  if (!first || !second) throw new Error('a runbook of less than two steps');
  const plan: Plan = { goals: [met('g', 'It holds', 'seen')] };
  const events: readonly Event[] = [
    { type: 'looked', at: 1, step: first.id, plan, basis: 'b' },
    { type: 'opened', at: 2, by: 'o', program: 'p' },
  ];
  const run = events.reduce(applyEvent, emptyRun);
  const banner = { demo: true, endpoint: 'demo', program: 'cw-runbook/1', runId: 'R' };
  const headed = { banner, run, phases: fixture.phases, step: second, ask: undefined };
  const rows = headerLines(headed, across(80), { place: true, rows: 24 }).map(plainText);
  expect(rows.find((row) => row.startsWith('Step 2'))).toMatch(/ · ?● ?○/);
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
