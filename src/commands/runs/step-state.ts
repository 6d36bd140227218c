import { type Standing, standing } from '../../model/plan.ts';
import { isDone, type undoProgress } from '../../model/progress/undoing.ts';
import { pending, planOf, type Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';

export type Back = NonNullable<ReturnType<typeof undoProgress>>;
/** How a step stands, as `status --json` names it. `was-done`: it was, and what it rests on is not any more. */
export type StepState = Standing | 'pending' | 'to-undo' | 'kept' | 'undone' | 'not-seen' | 'was-done';

/** `back`: how the run is undone, where it is. */
export function stepState(step: Step, run: Run, back: Back | undefined): StepState {
  const plan = planOf(run, step.id);
  const mine = run.attempts.filter(({ intent }) => intent.step === step.id);
  if (pending(run, step.id).length > 0) return 'pending';
  if (back?.left.includes(step)) return 'to-undo';
  if (back?.kept.includes(step)) return 'kept';
  if (back && mine.some(({ intent }) => run.undone.includes(intent.attempt))) return 'undone';
  if (!plan) return 'not-seen';
  const word = standing(plan);
  return word === 'done' && !isDone(step, run) ? 'was-done' : word;
}
