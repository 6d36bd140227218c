import type { Reply } from '../../engine/ask.ts';
import type { Goal } from '../../model/plan.ts';
import { commandAt } from '../../model/progress/cli-command.ts';
import { describeIdentity, whereOf } from '../../model/progress/cli-target.ts';
import type { Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { exitCodes } from '../process/exit.ts';
import { sayBeside } from './beside.ts';
import type { Asked, Handlers, Start } from './start.ts';
import { notSeen, sentence } from './stop-messages.ts';

/** What the answers file and consent do not move: it leaves, but where the file has a reason to go on all the same. */
export const obstacles: Handlers<'by-hand' | 'blocked' | 'unknown'> = {
  'by-hand': stoppedByHand,
  blocked: stoppedByHand,
  unknown: (asked, start) => {
    const { file, once, stop, memory } = start;
    sayBeside(asked, start);
    const goals = asked.plan.goals.filter((goal) => goal.is === 'unknown');
    const keyOf = (id: string): string => `${asked.step.id}.${id}`;
    for (const { id, firm } of goals) {
      const why = file.waive[keyOf(id)];
      if (why !== undefined && !firm && once(`waive ${keyOf(id)}`)) return { do: 'waive', goal: id, why };
    }
    const waivers = goals
      .filter(({ firm }) => !firm)
      .map(({ id }) => `To go on all the same, give a reason: "waive": {"${keyOf(id)}": "…"}.`);
    if (goals.every(({ soon }) => soon))
      return stop(
        exitCodes.parked,
        ...notSeen(asked.plan),
        'Run the same command again later: it goes on from here.',
        ...waivers,
      );
    return stop(
      goals.some(({ firm }) => firm) ? exitCodes.prerequisite : exitCodes.answerNeeded,
      ...notSeen(asked.plan),
      ...waivers,
      ...memory.remains,
    );
  },
};

/** Somebody has to do something in AWS first. */
function stoppedByHand(asked: Asked<'by-hand' | 'blocked'>, start: Start): Reply {
  sayBeside(asked, start);
  const todo = asked.plan.goals.flatMap((goal) => todoSays(goal, asked.step, start.run()));
  return start.stop(exitCodes.prerequisite, ...todo, ...start.memory.remains);
}
function todoSays(goal: Goal, { actor }: Step, run: Run): readonly string[] {
  if (goal.is === 'wrong') return [`${goal.says}: no: ${sentence(goal.found)}`, goal.remedy];
  if (goal.is !== 'by-hand') return [];
  const command = goal.command
    ? [
        ...describeIdentity(run, actor).map((text) => `# ${text}`),
        commandAt(goal.command, whereOf(run, actor)),
      ]
    : [];
  return [goal.says, goal.console, ...command];
}
