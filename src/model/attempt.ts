import type { Event, Intent, Outcome } from './event.ts';
import type { Confirmation } from './pledge.ts';
import { defined } from './text/defined.ts';
import { unreachable } from './text/unreachable.ts';

/** One sending of one call. `sent` and `unclear` may or may not have reached AWS. */
export interface Attempt {
  readonly intent: Intent;
  readonly state: 'sent' | 'unclear' | 'accepted' | 'settled' | Outcome['ended'];
  readonly request?: string; // the asynchronous request's id
  readonly requestId?: string; // AWS's id of the HTTP request
  readonly output?: unknown;
  readonly outcome?: Outcome;
  readonly endedAt?: number;
  readonly unclear?: string; // what came instead of an answer that can be trusted
  readonly confirmed?: Confirmation; // under which it was sent
}
/** Its id, 'step/change#n'. */
export const attemptOf = ({ intent }: Attempt): string => intent.attempt;

type Told<T extends Event['type']> = Extract<Event, { readonly type: T }>;
/** What an event tells of its attempt. */
export function toldOf(event: Told<'unclear' | 'accepted' | 'settled' | 'ended'>): Partial<Attempt> {
  switch (event.type) {
    case 'unclear':
      return { state: 'unclear', unclear: event.why };
    case 'accepted':
      return {
        state: 'accepted',
        requestId: event.requestId,
        ...defined({ output: event.output, request: event.request }),
      };
    case 'settled':
      return { state: 'settled', output: event.output };
    case 'ended':
      return { state: event.outcome.ended, outcome: event.outcome, endedAt: event.at };
    default:
      return unreachable(event);
  }
}
