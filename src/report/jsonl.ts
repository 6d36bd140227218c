import type { Event } from '../model/event.ts';
import { seenJson } from '../model/text/json-text.ts';

/** An event as a line of JSON, lossless: its time as ISO 8601, invisible characters as \uXXXX. `seq`: 1 the first. */
export const jsonLine = ({ at, ...event }: Event, seq: number): string =>
  `${seenJson(JSON.stringify({ seq, at: new Date(at).toISOString(), ...event }))}\n`;
