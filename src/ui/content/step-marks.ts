import { isUndoing, undoOf } from '../../model/phase.ts';
import { isPassed, made, pending, planOf, type Run, standingOf } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { goalMarks, standingMarks } from '../text/marks.ts';

/** The sign of a step in the checklist. */
export function markOf({ id }: Step, run: Run) {
  if (pending(run, id).length > 0) return standingMarks['under-way'];
  if (!isUndoing(run)) {
    if (isToRead(id, run)) return goalMarks.warning;
    return standingMarks[isPassed(run, id) ? 'passed' : standingOf(run, id)];
  }
  if (undoOf(run)?.kept.includes(id)) return goalMarks.warning;
  return standingMarks[made(run, id).length > 0 ? 'to-do' : 'done'];
}

/** It is done, and something in it has to be read all the same. */
const isToRead = (id: string, run: Run): boolean =>
  pending(run, id).length === 0 &&
  standingOf(run, id) === 'done' &&
  (planOf(run, id)?.goals.some(({ is }) => is === 'warning') ?? false);

/** How a step stands, in a word; of what is done, whether this run did it. */
export function wordOf(step: Step, run: Run): string {
  const mark = markOf(step, run);
  if ((mark !== standingMarks.done && !isToRead(step.id, run)) || isUndoing(run)) return mark.word;
  if (made(run, step.id).length > 0) return 'this run';
  if (step.observedBy === 'none' || Object.keys(run.answers[step.id] ?? {}).length > 0) return 'answered';
  return step.undo === undefined ? 'seen' : 'was there';
}
