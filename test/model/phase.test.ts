import { expect, test } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { haltOf, isUndoing, undoOf, wayNow } from '../../src/model/phase.ts';
import { applyEvent, emptyRun } from '../../src/model/run.ts';

const fold = (...events: readonly Event[]) => events.reduce(applyEvent, emptyRun);
const started: Event = { type: 'started', at: 0, run: 'r', simulated: true, endpoint: '' };
const opened: Event = { type: 'opened', at: 1, by: 'b', program: 'p' };
const openedToUndo: Event = { ...opened, undoing: true };
const began: Event = { type: 'undo-began', at: 2, steps: ['b', 'a'] };
const kept: Event = { type: 'kept', at: 3, step: 'b', made: [] };
const halted: Event = { type: 'halted', at: 4, why: 'no room' };
const given: Event = { type: 'handed-off', at: 5, handoff: 'H', by: 'ann', program: 'p' };
const taken: Event = { type: 'took-over', at: 6, handoff: 'H', by: 'ben', program: 'p', from: 'ann' };
const reclaimed: Event = { type: 'reclaimed', at: 6, handoff: 'H', by: 'ann', typed: 'H' };

test('a run goes back only once that was agreed to, and until it is taken up again', () => {
  const seen = (...events: readonly Event[]) => {
    const run = fold(started, ...events);
    return [run.phase.is, isUndoing(run), wayNow(run), undoOf(run)];
  };
  expect(seen()).toEqual(['running', false, 'apply', undefined]);
  expect(seen(openedToUndo)).toEqual(['undoing', true, 'apply', undefined]);
  expect(seen(openedToUndo, began)).toEqual(['undoing', true, 'undo', { steps: ['b', 'a'], kept: [] }]);
  // From the screen of a run that was opened to go on.
  expect(seen(opened, began, kept)[3]).toEqual({ steps: ['b', 'a'], kept: ['b'] });
  expect(seen(opened, kept)[0]).toBe('running');
  expect(seen(openedToUndo, began, opened)).toEqual(['running', false, 'apply', undefined]);
});

test('what halted, or was handed off, was in the middle of something still', () => {
  const undo = [started, openedToUndo, began];
  for (const more of [[halted], [given], [halted, given], [given, halted]]) {
    const run = fold(...undo, ...more);
    expect([run.phase.is, wayNow(run), isUndoing(run)]).toEqual([
      more.includes(given) ? 'handed-off' : 'halted',
      'undo',
      true,
    ]);
    expect(haltOf(run)).toBe(more.includes(halted) ? 'no room' : undefined);
  }
});

test('only who takes it over or back ends a hand-off; whoever takes up a halted run has it going again', () => {
  expect(fold(started, halted, opened).phase).toEqual({ is: 'running' });
  expect(fold(started, given, opened).phase).toEqual({ is: 'handed-off', from: { is: 'running' } });
  for (const back of [taken, reclaimed]) {
    expect(fold(started, openedToUndo, given, back).phase).toEqual({ is: 'undoing' });
    expect(fold(started, halted, given, back, opened).phase).toEqual({ is: 'running' });
  }
});
