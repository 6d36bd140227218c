import type { Event } from '../model/event.ts';
import { unseenAs } from '../model/text/escape-control-chars.ts';

/** What a terminal or an editor may act upon, or not show, and JSON leaves as it is. */
const escaped = (text: string): string =>
  unseenAs(text, (found) =>
    [...Array(found.length).keys()]
      .map((n) => `\\u${found.charCodeAt(n).toString(16).padStart(4, '0')}`)
      .join(''),
  );

/** The events as JSON lines, lossless: times as ISO 8601, invisible characters as \uXXXX. */
export const jsonLines = (events: readonly Event[]): string =>
  events
    .map(
      ({ at, ...event }, n) =>
        `${escaped(JSON.stringify({ seq: n + 1, at: new Date(at).toISOString(), ...event }))}\n`,
    )
    .join('');
