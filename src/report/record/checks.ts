import type { Goal } from '../../model/plan.ts';
import { partsOf } from '../../model/progress/applicable-steps.ts';
import { made, planOf, type Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import { markdownText } from '../markdown-text.ts';
import { iso, table } from './tables.ts';

/** What was checked and not changed by the run, with what was seen, step by step. */
export function checkParts(run: Run, steps: readonly Step[]): readonly string[] {
  return partsOf(steps, run).flatMap((step) => {
    const mine = made(run, step.id).map(({ change }) => change);
    const rows = (planOf(run, step.id)?.goals ?? []).flatMap((goal) =>
      mine.includes(goal.id) ? [] : [[goal.says, ...standingOf(goal, step)]],
    );
    if (rows.length === 0) return [];
    const at = run.looks[step.id]?.at ?? 0;
    return [
      `### ${markdownText(step.title)}`,
      '',
      `Last seen ${iso(at)}.`,
      '',
      ...table(['Check', 'Result', 'Evidence'], rows),
      '',
    ];
  });
}

/** How a check came out, and what was seen. */
function standingOf(goal: Goal, { questions }: Step): readonly [string, string] {
  switch (goal.is) {
    case 'met':
      return ['✓ passed', goal.found];
    case 'warning':
      return ['! read this', goal.found];
    case 'wrong':
      return ['✗ fails', `${goal.found}. ${goal.remedy}`];
    case 'unknown':
      return ['? could not be checked', goal.why];
    case 'open':
      return ['not decided', questions[goal.question]?.says ?? ''];
    case 'by-hand':
      return ['to be done by hand', goal.console];
    case 'change':
      return ['not done', 'a change that this run has not made'];
    default:
      return unreachable(goal);
  }
}
