import { isOneOf } from '../../model/text/account-id.ts';
import { defined } from '../../model/text/defined.ts';
import { exitCodes } from '../process/exit.ts';
import { agreedTo } from './agreed-to.ts';
import { refuseUnfit } from './answers.ts';
import { readOut, sayBeside } from './beside.ts';
import { confirmWith } from './confirm-again.ts';
import type { Asked, Handlers, Start } from './start.ts';
import { dangerOf, unanswered } from './unanswered.ts';

/** What was decided beforehand: answers in the file, and consent on the command line. */
export const decided: Handlers<'question' | 'confirm'> = {
  question: async (asked, start) => {
    const { file, consent, say, sayOnce, once, stop } = start;
    sayBeside(asked, start);
    const key = `${asked.step.id}.${asked.goal.question}`;
    const told = file.answers[key];
    const answer = told ?? asked.goal.initial;
    if (answer === undefined || !once(`${key}=${answer}`))
      return stop(exitCodes.answerNeeded, ...(await unanswered(key, answer, asked)));
    refuseUnfit(key, answer, asked.question);
    if (asked.question.as === 'attestation') readOut(asked.step, say);
    const danger = await dangerOf(answer, asked);
    if (!danger) return { do: 'answer', answer, by: told === undefined ? 'default' : 'file' };
    const typed = consent.confirm.find((word) => isOneOf(danger.typed, word));
    if (typed === undefined)
      return stop(
        exitCodes.answerNeeded,
        ...danger.says,
        `Dangerous. Confirm it with ${confirmWith(danger.typed)}.`,
      );
    for (const text of danger.says) sayOnce(`note         ${key}: ${text}`);
    return { do: 'answer', answer, typed, by: 'flag' };
  },

  confirm: (asked, start) => {
    const { consent, stop, run, memory, allows } = start;
    sayBeside(asked, start);
    const forbidden = allows?.(asked);
    if (forbidden) return stop(forbidden.code, ...forbidden.says);
    if (timesAsked(asked, start) > most)
      return stop(
        exitCodes.parked,
        `${asked.changes.map(({ says }) => says).join('; ')}: confirmed ${most} times and not sent, for AWS gave no steady answer right before.`,
        'Run the same command again later: it continues from here.',
      );
    const agreed = agreedTo(asked, run(), { ...consent, from: memory.from ?? 0 });
    if (agreed.is === 'no') return stop(agreed.code, ...agreed.says, ...(agreed.again ? memory.remains : []));
    return { do: 'confirm', by: 'flag', ...defined({ typed: agreed.typed }) };
  },
};

/** The same is confirmed so often at most while nothing comes of it. */
const most = 10;

/** AWS that answers now and then would be asked about for ever: nothing is sent, and it comes again. */
function timesAsked({ shown }: Asked<'confirm'>, { run, memory }: Start): number {
  const sent = run().attempts.length;
  const { asking } = memory;
  const times = asking.sent === sent && asking.shown === shown ? asking.times + 1 : 1;
  memory.asking = { sent, shown, times };
  return times;
}
