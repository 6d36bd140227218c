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

/** Every goal, with the evidence; what is in the way comes first. */
export function goalBlocks({ goals }: Plan, run: Run, actor: Actor): readonly Block[] {
  const first = goals.filter(isInTheWay);
  const rest = goals.filter((goal) => !isInTheWay(goal));
  return goals.length === 0 ? [] : [...[...first, ...rest].map((goal) => goalBlock(goal, run, actor)), gap];
}
