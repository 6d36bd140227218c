import type { Goal } from '../../model/plan.ts';
import { partsOf } from '../../model/progress/applicable-steps.ts';
import { thereBefore } from '../../model/progress/orphaned-changes.ts';
import { made, planOf, type Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import { iso } from './tables.ts';

/** What was checked in a step. `at`: when it was last seen, ISO 8601. */
export interface CheckedStep {
  readonly title: string;
  readonly at: string;
  readonly checks: readonly {
    readonly says: string;
    readonly is: Goal['is'];
    /** A check mark or the like. Empty for what is still to do. */
    readonly sign: string;
    readonly result: string;
    readonly evidence: string;
  }[];
}

/** What was checked and not changed by the run, with what was seen, step by step. */
export function checksIn(run: Run, steps: readonly Step[]): readonly CheckedStep[] {
  return partsOf(steps, run).flatMap((step) => {
    const mine = made(run, step.id).map(({ change }) => change);
    const before = thereBefore(step, planOf(run, step.id) ?? { goals: [] }, run);
    const checks = (planOf(run, step.id)?.goals ?? []).flatMap((goal) => {
      const [sign, result, evidence] = before.some(({ id }) => id === goal.id)
        ? (['=', 'was there before this run', 'found' in goal ? (goal.found ?? '') : ''] as const)
        : standingOf(goal, step);
      return mine.includes(goal.id) ? [] : [{ says: goal.says, is: goal.is, sign, result, evidence }];
    });
    if (checks.length === 0) return [];
    return [{ title: step.title, at: iso(run.observations[step.id]?.at ?? 0), checks }];
  });
}

/** How a check came out, and what was seen. */
function standingOf(
  goal: Goal,
  { questions }: Step,
): readonly [sign: string, result: string, evidence: string] {
  switch (goal.is) {
    case 'met':
      return ['✓', 'passed', goal.found];
    case 'warning':
      return ['!', 'warning', goal.found];
    case 'wrong':
      return ['✗', 'fails', `${goal.found}. ${goal.remedy}`];
    case 'unknown':
      return ['?', 'could not be checked', goal.why];
    case 'open':
      return ['', 'not decided', questions[goal.question]?.says ?? ''];
    case 'by-hand':
      return ['', 'to be done by hand', goal.console];
    case 'change':
      return ['', 'not done', 'a change that this run has not made'];
    default:
      return unreachable(goal);
  }
}
