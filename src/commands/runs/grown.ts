import { isDeepStrictEqual } from 'node:util';
import type { Event } from '../../model/event.ts';
import { foldEvents, foldRun, type Run } from '../../model/run.ts';
import type { Runbook } from '../../model/runbook.ts';

/** What a journal held, and the run that it tells of. */
export interface Told {
  readonly events: readonly Event[];
  readonly run: Run;
}

/**
 * The run as its journal tells of it now. A journal grows, and only what is new is folded; where this one did not, it is
 * another. Pure.
 */
export function grown(before: Told, now: readonly Event[], runbook: Pick<Runbook, 'final'>): Told {
  const { events, run } = before;
  const goesOn = events.length > 0 && isDeepStrictEqual(now[events.length - 1], events.at(-1));
  return { events: now, run: goesOn ? foldEvents(now.slice(events.length), run) : foldRun(now, runbook) };
}
