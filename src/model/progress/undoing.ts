import type { Event } from '../event.ts';
import { isUndoing, undoOf, wayOf } from '../phase.ts';
import { standing } from '../plan.ts';
import { foldEvents, made, pending, planOf, type Run } from '../run.ts';
import type { Step } from '../step.ts';
import { asCommand } from '../text/own-commands.ts';

/** Steps in which this run made something that it can take back, or in which it is not known yet whether it did: the last first. */
export const undoable = (steps: readonly Step[], run: Run): readonly Step[] =>
  steps
    .filter(({ id, undo }) => undo && (made(run, id).length > 0 || pending(run, id).length > 0))
    .toReversed();

/**
 * How a run stands that is being taken back, or was: undefined where it goes on as usual. `left`: still to be taken back,
 * the last first. `kept`: the operator left it as the run made it; the next undo offers it again.
 */
export function undoProgress(
  steps: readonly Step[],
  run: Run,
): { readonly left: readonly Step[]; readonly kept: readonly Step[] } | undefined {
  if (!isUndoing(run) || (undoOf(run) === undefined && run.undone.length === 0)) return undefined;
  const isKept = ({ id }: Step): boolean => undoOf(run)?.kept.includes(id) ?? false;
  const all = undoable(steps, run);
  return { left: all.filter((step) => !isKept(step)), kept: all.filter(isKept) };
}

/**
 * The steps of the undo that is going on, the last first, with those that an earlier start or another person took back
 * already. None where the run goes on as usual.
 */
export function undoneSteps(steps: readonly Step[], run: Run): readonly Step[] {
  if (!isUndoing(run)) return [];
  const last = run.attempts.findLastIndex(({ intent }) => wayOf(intent.situation) === 'apply');
  const ids = new Set([
    ...(undoOf(run)?.steps ?? []),
    ...run.attempts.slice(last + 1).map(({ intent }) => intent.step),
    ...undoable(steps, run).map(({ id }) => id),
  ]);
  return steps.filter(({ id }) => ids.has(id)).toReversed();
}

/** What is still to be taken back, where the run is being taken back: nothing where it goes on as usual. */
export const leftToUndo = (steps: readonly Step[], run: Run): readonly Step[] =>
  isUndoing(run) ? undoable(steps, run).filter(({ id }) => !undoOf(run)?.kept.includes(id)) : [];

/**
 * Whether a step was seen done, and so is all that it rests on: what was taken back, or was decided otherwise, takes
 * what came after it along.
 */
export const isDone = (step: Step, run: Run, told: Map<Step, boolean> = new Map()): boolean => {
  const known = told.get(step); // what several steps rest on is looked at once
  if (known !== undefined) return known;
  const plan = planOf(run, step.id);
  const is =
    plan !== undefined &&
    standing(plan) === 'done' &&
    Object.values(step.dependsOn).every((need) => isDone(need, run, told) || isNoneOf(need, run));
  told.set(step, is);
  return is;
};
/** Not every run has it, and this one has not. */
const isNoneOf = ({ id, appliesWhen }: Step, run: Run): boolean =>
  appliesWhen !== undefined && planOf(run, id) === undefined;

/**
 * A sentence for a run that is set up further though it was left while it was being taken back; undefined for all
 * others. `events`: up to now.
 */
export function halfTakenBack(events: readonly Event[], steps: readonly Step[]): string | undefined {
  const opened = events.findLastIndex(({ type }) => type === 'opened');
  const now = events[opened];
  if (now?.type !== 'opened' || now.undoing) return undefined;
  const before = foldEvents(events.slice(0, opened));
  const back = undoProgress(steps, before);
  if (!back || back.left.length + back.kept.length === 0) return undefined;
  const goesOn = `${asCommand('cw-runbook undo')} continues with it.`;
  return before.undone.length === 0
    ? `An undo was begun; nothing is undone yet. ${goesOn}`
    : `Half undone; ${goesOn}`;
}
