import { made, pending, type Run } from './run.ts';
import type { Step } from './step.ts';

/** Steps in which this run made something that it can take back, or in which it is not known yet whether it did: the last first. */
export const undoable = (steps: readonly Step[], run: Run): readonly Step[] =>
  steps
    .filter(({ id, undo }) => undo && (made(run, id).length > 0 || pending(run, id).length > 0))
    .toReversed();

/** What is still to be taken back, where the run is being taken back: nothing where it goes on as usual. */
export const leftToTakeBack = (steps: readonly Step[], run: Run): readonly Step[] =>
  run.undoing ? undoable(steps, run).filter(({ id }) => !run.undo?.kept.includes(id)) : [];
