import type { Event } from '../../model/event.ts';
import { lineOf } from '../../report/lines.ts';

/** What an event says, made once: a key pressed in a long log must not make all of it anew. */
const said = new WeakMap<Event, string>();
export function saying(event: Event): string {
  const known = said.get(event);
  if (known !== undefined) return known;
  const text = lineOf(event) ?? '';
  said.set(event, text);
  return text;
}
let last: { of: readonly Event[]; count: number; sought: string; told: readonly Event[] } | undefined;
/** The events that have something to say and hold what is sought: looked through when there are new ones, not at every key. */
export function toldOf(events: readonly Event[], sought: string): readonly Event[] {
  if (last?.of !== events || last.count !== events.length || last.sought !== sought)
    last = {
      of: events,
      count: events.length,
      sought,
      told: events.filter(
        (event) => saying(event) !== '' && (sought === '' || saying(event).toLowerCase().includes(sought)),
      ),
    };
  return last.told;
}
