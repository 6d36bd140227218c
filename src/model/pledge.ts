import type { Event, Pledge } from './event.ts';
import { defined } from './text/defined.ts';

/** What the operator agreed to, by step. */
export interface Agreements {
  /** The last confirmation of each step. */
  readonly confirmed?: Confirmations;
  readonly pledged?: Pledged;
}
/** By step: changes of the plan that was confirmed last, of which none was sent yet. */
type Pledged = Readonly<Record<string, readonly Pledge[]>>;

/** What is still to be sent of confirmed plans. Journals of earlier versions do not tell what was shown. Pure. */
function pledgedAfter(pledged: Pledged | undefined, event: Event): Pledged | undefined {
  if (event.type === 'confirmed' && (event.planned || pledged))
    return { ...pledged, [event.step]: event.planned ?? [] };
  if (!pledged) return undefined;
  switch (event.type) {
    // A drift says itself what is not sent.
    case 'declined':
    case 'drifted':
      return { ...pledged, [event.step]: [] };
    case 'intended':
    case 'not-sent':
      return {
        ...pledged,
        [event.step]: (pledged[event.step] ?? []).filter((p) => p.change !== event.change),
      };
    // Other answers want other changes, and so does the way back.
    case 'answered':
    case 'undo-began':
      return {};
    default:
      return pledged;
  }
}

/** What the operator agreed to: the plan's changes, when, and how. */
export type Confirmation = Extract<Event, { readonly type: 'confirmed' }>;
type Confirmations = Readonly<Record<string, Confirmation>>;

/** The confirmations after one more event. Pure. */
const confirmedAfter = (before: Confirmations | undefined, event: Event): Confirmations | undefined =>
  event.type === 'confirmed' ? { ...before, [event.step]: event } : before;

/** The confirmation under which a change was sent. */
export function confirmationOf(
  all: Confirmations | undefined,
  { step, change }: { readonly step: string; readonly change: string },
): Confirmation | undefined {
  const last = all?.[step];
  return last?.changes.includes(change) ? last : undefined;
}

/** The agreements after one more event. Pure. */
export const agreementsAfter = (before: Agreements, event: Event): Agreements =>
  defined({
    confirmed: confirmedAfter(before.confirmed, event),
    pledged: pledgedAfter(before.pledged, event),
  });
