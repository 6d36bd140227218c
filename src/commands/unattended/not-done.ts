import type { Attempt } from '../../model/attempt.ts';
import { bringsWhat } from '../../model/operations.ts';
import { mayRepeat } from '../../model/progress/refused.ts';
import { outcomeBlocks } from '../../presentation/attempts.ts';
import { goalBlocks, isInTheWay } from '../../presentation/checks.ts';
import { textsOf } from '../../presentation/texts.ts';
import { exitCodes } from '../process/exit.ts';
import type { Asked, Handlers, Start } from './start.ts';

type NotDone = 'busy' | 'drifted' | 'failed' | 'declined' | 'cannot-tell' | 'under-way';
/** A change was confirmed, and it is not done, or not known to be. */
export const notDone: Handlers<NotDone> = {
  busy: async ({ step, until }, { say, sleep }) => {
    const seconds = Math.ceil((until - Date.now()) / 1000);
    say(`busy         ${step.id}: AWS is busy; tried again in ${Math.max(0, seconds)} s`);
    await sleep(Math.max(0, until - Date.now()));
    return { do: 'again' };
  },

  drifted: (asked, start) =>
    start.stop(exitCodes.changesPending, ...says(asked, start), 'Check it, then run the same command again.'),

  failed: (asked, start) => {
    const { attempts } = asked;
    return start.stop(
      attempts.every((one) => mayRepeat(one) || isProvisioning(one))
        ? exitCodes.parked
        : exitCodes.unexpected,
      ...says(asked, start),
      attempts.every(mayRepeat)
        ? 'AWS was busy for as long as is waited. Run the same command again later: it continues from here.'
        : 'Fix the cause, then run the same command again: it continues from here.',
    );
  },

  declined: (asked, start) => start.stop(exitCodes.answerNeeded, ...says(asked, start)),

  'cannot-tell': (asked, start) =>
    start.stop(
      exitCodes.parked,
      ...textsOf(goalBlocks({ goals: asked.plan.goals.filter(isInTheWay) }, start.run(), asked.step.actor)),
      ...says(asked, start),
      'Run the same command again: it checks first, and sends nothing again until that is known. To mark it resolved, open the run in cw-runbook.',
    ),

  'under-way': (asked, start) =>
    start.stop(exitCodes.parked, ...says(asked, start), 'Run the same command again later.'),
};

const says = (asked: Asked<NotDone>, { run }: Start): readonly string[] =>
  textsOf(outcomeBlocks(asked, run()));

/** Refused, it leaves accounts as they are: all else was done, and what is left is told. */
const isProvisioning = ({ intent }: Attempt): boolean => bringsWhat(intent.call.operation) !== undefined;
