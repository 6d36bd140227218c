import { describeNotSent } from '../../model/progress/not-sent.ts';
import { sayBeside, sayLeftover, sayWarnings } from './beside.ts';
import type { Handlers } from './start.ts';
import { undoLines } from './stop-messages.ts';

/** What is only read. */
export const goingOn: Handlers<'undo' | 'done' | 'finished' | 'undone'> = {
  undo: (asked, { say, memory }) => {
    memory.remains = [];
    if (asked.looked) for (const line of undoLines(asked)) say(line);
    return { do: 'go-on' };
  },

  done: (asked, start) => {
    sayBeside(asked, start);
    sayLeftover(asked.step, start);
    return { do: 'go-on' };
  },

  finished: (asked, start) => {
    const { run, say, sayOnce } = start;
    sayWarnings(asked, start);
    for (const { step } of run().notSent ?? [])
      for (const says of describeNotSent(step, run())) sayOnce(`read this    ${step}: ${says}`);
    for (const note of asked.plan.notes ?? []) say(`next         ${note}`);
    return { do: 'go-on' };
  },

  undone: () => ({ do: 'go-on' }),
};
