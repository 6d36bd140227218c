import type { Event } from '../../model/event.ts';
import { memoizeEach, memoizeLast } from '../../model/text/memoize.ts';
import { lineOf } from '../../report/lines.ts';

/** What an event says, made once: a key pressed in a long log must not make all of it anew. */
export const saying = memoizeEach((event: Event) => lineOf(event) ?? '');
/** The events that have something to say and hold what is sought: looked through when there are new ones, not at every key. */
export const toldOf = (events: readonly Event[], sought: string): readonly Event[] =>
  toldIn(events)(events.length, sought);
/** The same list grows while the run goes on: how long it is belongs to what is asked. */
const toldIn = memoizeEach((events: readonly Event[]) =>
  memoizeLast((_count: number, sought: string) =>
    events.filter(
      (event) => saying(event) !== '' && (sought === '' || saying(event).toLowerCase().includes(sought)),
    ),
  ),
);
