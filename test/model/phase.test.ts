import { expect, test } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { finishedAt, haltOf, isUndoing, phaseOf, undoOf, wayNow } from '../../src/model/phase.ts';
import { applyEvent, emptyRun, foldRun } from '../../src/model/run.ts';

const final = { id: 'last' };
const fold = (...events: readonly Event[]) => foldRun(events, { final });
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
    expect(fold(started, openedToUndo, given, back).phase).toEqual({
      is: 'undoing',
      from: { is: 'running' },
    });
    expect(fold(started, halted, given, back, opened).phase).toEqual({ is: 'running' });
  }
});

const read = (step: string, at = 7): Event => ({ type: 'read', at, step });
const answered: Event = { type: 'answered', at: 8, step: 'a', question: 'q', answer: 'x' };
const takenBack: Event = { type: 'taken-back', at: 8, step: 'a', made: ['a/c#1'] };
const finished = { is: 'finished', at: 7 };

test('a run is finished from when its last step was read, and whoever opens it again finds it so', () => {
  expect(fold(started, opened, read('a')).phase).toEqual({ is: 'running' });
  for (const more of [[], [opened], [read('a', 9)], [openedToUndo, opened]])
    expect(fold(started, opened, read('last'), ...more).phase).toEqual(finished);
  // Its runbook is not known, so neither is what ends it.
  expect([started, read('last')].reduce(applyEvent, emptyRun).phase).toEqual({ is: 'running' });
});

test('what was answered, changed or undone since has to be seen by the last step once more', () => {
  const sent = { type: 'intended', at: 8, step: 'a', attempt: 'a/c#2' } as unknown as Event;
  for (const one of [answered, sent, takenBack]) {
    const run = fold(started, read('last'), one);
    expect([run.phase.is, finishedAt(run)], one.type).toEqual(['running', undefined]);
    // It is not the reading of another step that finishes it.
    expect(fold(started, read('last'), one, read('a', 9)).phase.is, one.type).toBe('running');
    expect(finishedAt(fold(started, read('last'), one, read('a', 9), read('last', 10)))).toBe(10);
  }
});

test('finished it stays while it is handed off, halted, or opened to be undone and nothing was undone', () => {
  for (const more of [[given], [given, taken], [halted], [openedToUndo], [openedToUndo, given]])
    expect(finishedAt(fold(started, read('last'), ...more))).toBe(7);
  expect(fold(started, read('last'), halted, opened).phase).toEqual(finished);
  expect(fold(started, read('last'), openedToUndo).phase).toEqual({ is: 'undoing', from: finished });
  expect(finishedAt(fold(started, read('last'), openedToUndo, began, takenBack))).toBeUndefined();
  expect(fold(started, read('last'), openedToUndo, began, takenBack, opened).phase.is).toBe('running');
});

test('the phase alone, and that of the whole run, are the same', () => {
  const all = [started, opened, read('last'), openedToUndo, began, kept, takenBack, halted, given, taken];
  for (const [n] of all.entries()) {
    const events = all.slice(0, n + 1);
    expect(phaseOf(events, { final })).toEqual(fold(...events).phase);
  }
});
