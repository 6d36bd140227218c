import { describeDenied } from '../model/access/access-denied-hints.ts';
import type { Actor } from '../model/call.ts';
import type { Goal, Plan } from '../model/plan.ts';
import { commandAt } from '../model/progress/cli-command.ts';
import { describeIdentity, whereOf } from '../model/progress/cli-target.ts';
import type { Run } from '../model/run.ts';
import { type Block, gap } from './block.ts';

/** Something that has to be seen to first. */
export const isInTheWay = ({ is }: Goal): boolean => is === 'wrong' || is === 'unknown' || is === 'by-hand';

/** A goal; of what is to be done by hand also the command, and as whom it runs. */
function goalBlock(goal: Goal, run: Run, actor: Actor): Block {
  if (goal.is === 'unknown') {
    const explained = describeDenied(goal.why);
    return explained.length === 0 ? { is: 'goal', goal } : { is: 'goal', goal, explained };
  }
  if (goal.is !== 'by-hand' || goal.command === undefined) return { is: 'goal', goal };
  return {
    is: 'goal',
    goal,
    command: commandAt(goal.command, whereOf(run, actor)),
    as: describeIdentity(run, actor).map((one) => `# ${one}`),
  };
}

/** Every goal, with the evidence; what is in the way, or was there before this run (by id), comes first; then what has to be read. */
export function goalBlocks(
  { goals }: Plan,
  run: Run,
  actor: Actor,
  before: readonly string[] = [],
): readonly Block[] {
  // A low window shows the first rows alone.
  const rankOf = (goal: Goal): number => {
    if (isInTheWay(goal) || before.includes(goal.id)) return 0;
    return goal.is === 'warning' ? 1 : 2;
  };
  const sorted = goals.toSorted((one, other) => rankOf(one) - rankOf(other));
  const blocks = sorted.map(
    (goal): Block =>
      before.includes(goal.id) ? { is: 'goal', goal, before: true } : goalBlock(goal, run, actor),
  );
  return goals.length === 0 ? [] : [...blocks, gap];
}
