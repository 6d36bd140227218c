import { inVain } from '../model/access/in-vain.ts';
import type { AskOf } from './ask.ts';
import type { ReplyKey } from './presentation.ts';
import { checkAgain, otherCredentials, replying } from './reply-keys.ts';

/**
 * What is offered where AWS did not make a change. Where the same would be refused again as long as nothing else changes,
 * asking again does not come first: what helps does.
 */
export function retryKeys({ step, attempts }: AskOf<'failed'>): readonly ReplyKey[] {
  const why = attempts.map(({ outcome }) => inVain(outcome)).find((one) => one !== undefined);
  const others = otherCredentials(step.actor);
  const again = replying('r', 'check again', { do: 'again' });
  switch (why) {
    case 'quota':
      return [leaving('leave, and come back when there is room'), again];
    case 'organization':
      return [leaving('leave, and come back when it is allowed'), again, others];
    case 'credentials':
      return [{ ...others, key: 'enter' }, { ...others, does: '' }, again];
    case undefined:
      return [...checkAgain('check again, and retry'), others];
  }
}
/** The next start asks for it again. */
const leaving = (does: string): ReplyKey => replying('enter', does, { do: 'leave' });
