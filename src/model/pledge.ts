import type { Event, Pledge } from './event.ts';

/** By step: changes of the plan that was confirmed last, of which none was sent yet. */
export type Pledged = Readonly<Record<string, readonly Pledge[]>>;

/** What is still to be sent of confirmed plans. Journals of earlier versions do not tell what was shown. Pure. */
export function pledgedAfter(pledged: Pledged | undefined, event: Event): Pledged | undefined {
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
