import { factsOf } from '../operations.ts';
import { wayNow } from '../phase.ts';
import { type Met, type Plan, standing } from '../plan.ts';
import { made, planOf, type Run } from '../run.ts';
import { type AppliedChange, newest, type Step } from '../step.ts';
import { asCommand } from '../text/own-commands.ts';
import { isWanted } from './applicable-steps.ts';
import { commandLine } from './cli-command.ts';
import { describeByHand, whereOf } from './cli-target.ts';
import { reverseOf } from './reverse.ts';

/**
 * What this run made in a step and its answers ask for no more: somebody else was chosen since, another account, another
 * name. It is in force, as far as the run knows, and none of its steps looks at it.
 */
export function orphanedChanges(step: Step, run: Run): readonly AppliedChange[] {
  const mine = newest(made(run, step.id)).filter(({ call }) => factsOf(call.operation).stays === 'by-itself');
  const wanted = isWanted(step, run);
  if (wayNow(run) === 'undo' || mine.length === 0 || wanted === undefined) return [];
  if (!wanted) return mine;
  const plan = planOf(run, step.id);
  // Only a plan that came to its end lists every goal.
  if (!plan || !['done', 'to-do'].includes(standing(plan))) return [];
  return mine.filter(
    (one) =>
      !plan.goals.some((goal) => goal.id === one.change && !(goal.is === 'warning' && goal.past)) ||
      mine.some((other) => other.change === one.change && other.at > one.at),
  );
}

/** The same in sentences, for each: what it is, and how it is taken away. */
export const describeOrphaned = (step: Step, run: Run): readonly string[] =>
  orphanedChanges(step, run).map((one) => {
    const back = reverseOf(one, 'alone');
    const command = back
      ? ` ${describeByHand(run, step.actor, commandLine(back, whereOf(run, step.actor)))}`
      : '';
    const stays = step.undo
      ? `It stays in force. ${asCommand('cw-runbook undo')} removes it with all the rest.`
      : 'It stays, also when the run is undone.';
    return `This run also did this, and it is no longer selected: ${one.says}. ${stays}${command}`;
  });

/** What a step would have made, and was there before this run, which uses it: goals that hold. */
export const thereBefore = (step: Step, { goals }: Plan, run: Run): readonly Met[] =>
  goals.flatMap((goal) =>
    goal.is === 'met' &&
    step.makes?.(goal.id) === true &&
    !made(run, step.id).some(({ change }) => change === goal.id)
      ? [goal]
      : [],
  );
