import type { Event } from '../model/event.ts';

/** Characters that a terminal or an editor may act upon, or not show. JSON leaves them as they are. */
const unseen =
  /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;
const escaped = (text: string): string =>
  text.replace(unseen, (found) =>
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
