import type { Event } from '../../model/event.ts';
import type { Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { memoizeEach, memoizeLast } from '../../model/text/memoize.ts';
import { lineOf } from '../../report/lines.ts';
import { namesOf } from '../../report/record/names.ts';

/** What the events of a run say, in words and without ids, as the export does. */
interface Log {
  /** Of one event, made once: a key pressed in a long log must not make all of it anew. Empty for what says nothing. */
  readonly saying: (event: Event) => string;
  /** The events that have something to say and hold what is sought: looked through when there are new ones, not at every key. */
  readonly toldOf: (events: readonly Event[], sought: string) => readonly Event[];
}
export const logOf = ({ run, steps }: { readonly run: Run; readonly steps: readonly Step[] }): Log =>
  logIn(run)(steps);
const logIn = memoizeEach((run: Run) =>
  memoizeEach((steps: readonly Step[]): Log => {
    const names = namesOf(run, steps);
    const saying = memoizeEach((event: Event) => lineOf(event, names) ?? '');
    /** The same list grows while the run goes on: how long it is belongs to what is asked. */
    const toldIn = memoizeEach((events: readonly Event[]) =>
      memoizeLast((_count: number, sought: string) =>
        events.filter(
          (event) => saying(event) !== '' && (sought === '' || saying(event).toLowerCase().includes(sought)),
        ),
      ),
    );
    return { saying, toldOf: (events, sought) => toldIn(events)(events.length, sought) };
  }),
);
