import type { Event, Pledge } from './event.ts';

/** By step: changes of the plan that was confirmed last, of which none was sent yet. */
export type Pledged = Readonly<Record<string, readonly Pledge[]>>;

export type NotSent = Extract<Event, { readonly type: 'not-sent' }>;

export function pledging<R extends { readonly pledged?: Pledged }>(run: R, event: Event): R {
  const pledged = pledgedAfter(run.pledged, event);
  return pledged === run.pledged ? run : { ...run, pledged };
}

/** What is still to be sent of confirmed plans, after an event. Journals of earlier versions do not tell what was shown. */
function pledgedAfter(pledged: Pledged | undefined, event: Event): Pledged | undefined {
  switch (event.type) {
    case 'confirmed':
      if (!event.planned && !pledged) return pledged;
      return { ...pledged, [event.step]: event.planned ?? [] };
    case 'declined':
    case 'drifted': // which says itself what is not sent
      return pledged && { ...pledged, [event.step]: [] };
    case 'intended':
    case 'not-sent': {
      const left = pledged?.[event.step]?.filter(({ change }) => change !== event.change);
      return left ? { ...pledged, [event.step]: left } : pledged;
    }
    // Other answers want other changes, and so does the way back.
    case 'answered':
    case 'undo-began':
      return pledged && {};
    default:
      return pledged;
  }
}
