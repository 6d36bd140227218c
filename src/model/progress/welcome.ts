import type { Event, Since } from '../event.ts';
import { isUndoing } from '../phase.ts';
import { foldEvents, type Run } from '../run.ts';
import type { Step } from '../step.ts';
import { defined } from '../text/defined.ts';
import { partsOf } from './applicable-steps.ts';
import { changedSince } from './handoff.ts';
import { isDone, leftToUndo } from './undoing.ts';

/** How a run stood when it was last worked on. */
export interface Welcome {
  readonly at: number; // when something was last seen or done: milliseconds since 1970
  readonly done: number; // steps
  readonly of: number;
  /** Steps still to undo, where it is being undone. */
  readonly left?: number;
  /** Who was here then, where it was somebody who has handed the run off. */
  readonly by?: string;
}

/** For whoever takes a run up again: undefined of a run in which nothing was seen before. */
export function welcomeBack(run: Run, steps: readonly Step[]): Welcome | undefined {
  const seen = Object.values(run.observations).flatMap((look) => (look.remembered ? [look.at] : []));
  if (seen.length === 0) return undefined;
  const parts = partsOf(steps, run);
  const ends = run.attempts.map(({ intent, endedAt = intent.at }) => endedAt);
  const at = Math.max(...seen, ...ends);
  const { handoff } = run;
  const theirs = handoff?.end === 'taken-over' && at <= handoff.at;
  return {
    ...{ at, done: parts.filter((step) => isDone(step, run)).length, of: parts.length },
    ...defined({ by: theirs ? handoff.by : undefined, left: leftIn(run, steps) }),
  };
}

/** Also of an undo that was chosen, and has not begun. */
const leftIn = (run: Run, steps: readonly Step[]): number | undefined =>
  isUndoing(run) ? leftToUndo(steps, run).length : undefined;

/** What AWS shows otherwise than an earlier process saw it, of what this one has looked at. */
export interface SinceThen {
  /** Steps that were looked at again. */
  readonly looked: readonly Step[];
  readonly changed: readonly { readonly step: Step; readonly since: Since }[];
}
/** By a run's events. Undefined where no earlier process saw anything, or nothing was looked at again. */
export function sinceThen(events: readonly Event[], steps: readonly Step[]): SinceThen | undefined {
  const opened = events.findLastIndex(({ type }) => type === 'opened');
  const before = foldEvents(events.slice(0, opened));
  const now = foldEvents(events.slice(opened), before);
  // On another basis a step plans otherwise, and nobody has changed anything. What asks nothing of AWS shows nothing of it.
  const looked = steps.filter(({ id, observedBy }) => {
    if (observedBy === 'none') return false;
    const [was, is] = [before.observations[id], now.observations[id]];
    return was !== undefined && is?.remembered === false && was.basis === is.basis;
  });
  if (looked.length === 0) return undefined;
  const compared: Run = { ...now, unobserved: before.observations };
  return {
    looked,
    changed: looked.flatMap((step) => {
      const plan = now.observations[step.id]?.plan;
      const since = plan && changedSince(compared, step.id, plan);
      return since ? [{ step, since }] : [];
    }),
  };
}
