import type { Event } from '../event.ts';
import { defined } from '../text/defined.ts';
import { unreachable } from '../text/unreachable.ts';

/** Somebody who had the run, from a beginning to a hand-off. Times in milliseconds since 1970. */
export interface Holder {
  readonly event: number; // the event with which they began
  readonly how: 'began' | 'took it over' | 'reclaimed it';
  readonly since: number;
  readonly by: readonly string[]; // system's users and hosts: more than one on a shared machine
  readonly as: readonly string[]; // ARNs accepted meanwhile
  readonly gave?: { readonly at: number; readonly handoff: string; readonly note?: string };
}

/** Who had the run, one after the other. A run that nobody handed on has one. */
export function holdersOf(events: readonly Event[]): readonly Holder[] {
  let holders: readonly Holder[] = [];
  const last = (more: (holder: Holder) => Partial<Holder>): void => {
    holders = holders.map((one, n) => (n === holders.length - 1 ? { ...one, ...more(one) } : one));
  };
  for (const [event, news] of events.entries()) {
    const { at } = news;
    switch (news.type) {
      case 'opened':
        if (holders.length === 0) holders = [{ event, how: 'began', since: at, by: [news.by], as: [] }];
        else last(({ by }) => ({ by: including(by, news.by) }));
        break;
      case 'identified':
        last(({ as }) => ({ as: including(as, news.arn) }));
        break;
      case 'handed-off': {
        const { handoff, note } = news;
        last(() => ({ gave: { at, handoff, ...defined({ note }) } }));
        break;
      }
      case 'took-over':
        holders = [...holders, { event, how: 'took it over', since: at, by: [news.by], as: [] }];
        break;
      case 'reclaimed': {
        // Who was accepted before the hand-off is accepted still.
        const as = holders.at(-1)?.as ?? [];
        holders = [...holders, { event, how: 'reclaimed it', since: at, by: [news.by], as }];
        break;
      }
      case 'started':
      case 'upgraded':
      case 'repaired':
      case 'halted':
      case 'identity-declined':
      case 'bound':
      case 'answered':
      case 'waived':
      case 'looked':
      case 'read':
      case 'confirmed':
      case 'declined':
      case 'drifted':
      case 'not-sent':
      case 'intended':
      case 'unclear':
      case 'accepted':
      case 'settled':
      case 'ended':
      case 'undo-began':
      case 'taken-back':
      case 'kept':
      case 'resumed-again':
      case 'compared':
      case 'reconciled':
      case 'forked':
      case 'changed-since':
      case 'authorized':
      case 'closed':
      case 'anchored':
      case 'signed':
        break;
      default:
        unreachable(news);
    }
  }
  return holders;
}

const including = (all: readonly string[], one: string): readonly string[] =>
  all.includes(one) ? all : [...all, one];

/** A holder in words: 'ann@desk, acting as arn:…'. */
export const describeHolder = ({ by, as }: Pick<Holder, 'by' | 'as'>): string =>
  `${by.join(', ')}${as.length === 0 ? '' : `, acting as ${as.join(' and ')}`}`;
