import type { Met, Plan } from '../plan.ts';
import { made, type Run } from '../run.ts';
import type { Step } from '../step.ts';

/** What a step would have made, and was there before this run, which uses it: goals that hold. */
export const thereBefore = (step: Step, { goals }: Plan, run: Run): readonly Met[] =>
  goals.flatMap((goal) =>
    goal.is === 'met' &&
    step.makes?.(goal.id) === true &&
    !made(run, step.id).some(({ change }) => change === goal.id)
      ? [goal]
      : [],
  );
