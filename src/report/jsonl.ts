import type { Event } from '../model/event.ts';
import { unseenAs } from '../model/text/escape-control-chars.ts';

/** What a terminal or an editor may act upon, or not show, and JSON leaves as it is. */
const escaped = (text: string): string =>
  unseenAs(text, (found) =>
    [...Array(found.length).keys()]
      .map((n) => `\\u${found.charCodeAt(n).toString(16).padStart(4, '0')}`)
      .join(''),
  );

/** An event as a line of JSON, lossless: its time as ISO 8601, invisible characters as \uXXXX. `seq`: 1 the first. */
export const jsonLine = ({ at, ...event }: Event, seq: number): string =>
  `${escaped(JSON.stringify({ seq, at: new Date(at).toISOString(), ...event }))}\n`;
/** All events of a journal as JSON lines. */
export const jsonLines = (events: readonly Event[]): string =>
  events.map((event, n) => jsonLine(event, n + 1)).join('');
