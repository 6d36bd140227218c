import type { Reply } from '../../engine/ask.ts';
import { goalBlocks, isInTheWay } from '../../presentation/checks.ts';
import { textsOf } from '../../presentation/texts.ts';
import { exitCodes } from '../process/exit.ts';
import { sayBeside } from './beside.ts';
import type { Asked, Handlers, Start } from './start.ts';

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
      .map(({ id }) => `To continue without this check, give a reason: "waive": {"${keyOf(id)}": "…"}.`);
    if (goals.every(({ soon }) => soon))
      return stop(
        exitCodes.parked,
        ...inTheWay(asked, start),
        'Run the same command again later: it continues from here.',
        ...waivers,
      );
    return stop(
      goals.some(({ firm }) => firm) ? exitCodes.prerequisite : exitCodes.answerNeeded,
      ...inTheWay(asked, start),
      ...waivers,
      ...memory.remains,
    );
  },
};

/** Somebody has to do something in AWS first. */
function stoppedByHand(asked: Asked<'by-hand' | 'blocked'>, start: Start): Reply {
  sayBeside(asked, start);
  return start.stop(exitCodes.prerequisite, ...inTheWay(asked, start), ...start.memory.remains);
}
/** What is in the way, why, and what to do about it. */
const inTheWay = (
  { plan, step }: Asked<'by-hand' | 'blocked' | 'unknown'>,
  { run }: Start,
): readonly string[] => textsOf(goalBlocks({ goals: plan.goals.filter(isInTheWay) }, run(), step.actor));
