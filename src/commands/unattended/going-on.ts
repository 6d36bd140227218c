import { actorName } from '../../model/identity.ts';
import { describeNotSent } from '../../model/progress/not-sent.ts';
import { sayBeside, sayWarnings } from './beside.ts';
import type { Asked, Handlers } from './start.ts';

/** What is only read. */
export const goingOn: Handlers<'undo' | 'done' | 'finished' | 'undone'> = {
  undo: (asked, { say, memory }) => {
    memory.remains = [];
    if (asked.looked) for (const line of undoLines(asked)) say(line);
    return { do: 'go-on' };
  },

  done: (asked, start) => {
    sayBeside(asked, start);
    return { do: 'go-on' };
  },

  finished: (asked, start) => {
    const { run, say, sayOnce } = start;
    sayWarnings(asked, start);
    for (const { step } of run().notSent ?? [])
      for (const says of describeNotSent(step, run())) sayOnce(`warning      ${step}: ${says}`);
    for (const note of asked.plan.notes ?? []) say(`next         ${note}`);
    return { do: 'go-on' };
  },

  undone: () => ({ do: 'go-on' }),
};

/** What will be undone, by whom, and what stays. */
const undoLines = ({ items, stays }: Asked<'undo'>): readonly string[] => [
  ...items.flatMap(({ step, made, plan }) => [
    ...(plan
      ? []
      : made
          .toReversed()
          .map(
            ({ says }) =>
              `later        ${step.id}: ${says}: undone later, with credentials for the ${actorName(step.actor)}`,
          )),
    ...(plan?.goals ?? []).map((goal) => {
      const how = goal.is === 'change' ? actorName(step.actor) : goal.is;
      return `plan         ${step.id}: ${goal.says} (${how})`;
    }),
    ...(plan?.notes ?? []).map((text) => `plan         ${step.id}: ${text}`),
  ]),
  ...stays.map((text) => `stays        ${text}`),
];
