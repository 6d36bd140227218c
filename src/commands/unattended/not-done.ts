import { mayRepeat } from '../../model/progress/refused.ts';
import { exitCodes } from '../process/exit.ts';
import type { Handlers } from './start.ts';
import { describeDrift, describeFailed, describeUnclear, isProvisioning, notSeen } from './stop-messages.ts';
import { describeUnderWay } from './under-way.ts';

/** A change was confirmed, and it is not done, or not known to be. */
export const notDone: Handlers<'busy' | 'drifted' | 'failed' | 'declined' | 'cannot-tell' | 'under-way'> = {
  busy: async ({ step, until }, { say, sleep }) => {
    const seconds = Math.ceil((until - Date.now()) / 1000);
    say(`busy         ${step.id}: AWS is busy; tried again in ${Math.max(0, seconds)} s`);
    await sleep(Math.max(0, until - Date.now()));
    return { do: 'again' };
  },

  drifted: ({ drifts }, { stop }) =>
    stop(
      exitCodes.changesPending,
      'AWS was changed between the look and the change. Nothing was sent.',
      ...describeDrift(drifts),
      'Look at it, then run the same command again.',
    ),

  failed: ({ attempts }, { byHand, stop, memory }) =>
    stop(
      attempts.every((one) => mayRepeat(one) || isProvisioning(one))
        ? exitCodes.parked
        : exitCodes.unexpected,
      ...describeFailed(attempts, byHand),
      ...memory.remains,
    ),

  declined: (_, { stop, memory }) =>
    stop(exitCodes.answerNeeded, 'The change was declined.', ...memory.remains),

  'cannot-tell': ({ attempts, plan }, { stop, memory }) =>
    stop(
      exitCodes.parked,
      ...describeUnclear(attempts),
      ...notSeen(plan),
      'Run the same command again: it looks first, and sends nothing again before that is known.',
      'If it stays so, look in the console, then set it aside with a note in cw-runbook.',
      ...memory.remains,
    ),

  'under-way': (asked, { stop }) => stop(exitCodes.parked, ...describeUnderWay(asked)),
};
