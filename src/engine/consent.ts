import { type Change, type Plan, takesWord, wordsFor } from '../model/plan.ts';
import type { Step } from '../model/step.ts';
import { isOneOf } from '../model/text/account-id.ts';
import type { Agreed, Consent } from './apply.ts';
import type { Reply } from './ask.ts';
import type { Engine } from './engine.ts';

/**
 * The operator's consent to what `perform` is about to do: changes that have words count as confirmed only with one of
 * them typed; where nobody sits there, routine ones by the flag that confirms those.
 */
export const consentOf = (engine: Engine): Consent => ({
  confirm: (...asked) => confirm(engine, ...asked),
  wait: async (step, plan, attempts, until) =>
    agreed(await engine.ports.ask({ is: 'busy', step, plan, attempts, until })),
  drifted: async (step, plan, drifts) =>
    agreed(await engine.ports.ask({ is: 'drifted', step, plan, drifts })),
});
const agreed = (reply: Reply): Agreed['is'] =>
  reply.do === 'leave' ? 'left' : reply.do === 'again' ? 'again' : 'no';

/** Puts changes to the operator until there is an answer that counts. */
async function confirm(
  { ports }: Engine,
  step: Step,
  plan: Plan,
  changes: readonly Change[],
  shown: string,
): Promise<Agreed> {
  const words = wordsFor(changes);
  const dangerous = changes.some(({ risk }) => risk === 'dangerous');
  for (;;) {
    const reply = await ports.ask({ is: 'confirm', step, plan, changes, shown });
    if (reply.do === 'leave') return { is: 'left' };
    if (reply.do === 'decline') return { is: 'no', by: 'key' };
    if (reply.do === 'again') return { is: 'again' };
    if (reply.do === 'withdraw') {
      await withdraw(reply.step, reply.question, ports);
      return { is: 'again' };
    }
    if (reply.do !== 'confirm') continue;
    if (!takesWord(changes)) return { is: 'yes', by: reply.by ?? 'key' };
    // Checked here too: nobody who answers may take a short cut.
    if (reply.typed !== undefined && isOneOf(words, reply.typed))
      return { is: 'yes', typed: reply.typed, by: reply.by ?? 'typed' };
    if (!dangerous && reply.by === 'flag') return { is: 'yes', by: 'flag' };
  }
}

/** Takes an earlier answer back: its question is open again, and what rests on it is looked at anew. */
export const withdraw = async (step: string, question: string, ports: Engine['ports']): Promise<void> => {
  await ports.record({ type: 'answered', step, question, answer: null });
};
