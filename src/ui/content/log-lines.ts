import type { Event } from '../../model/event.ts';
import type { Viewed } from '../input/binding.ts';
import { logOf } from '../input/log-search.ts';
import { fitted, highlighted, type Line, line, span, wrap } from '../text/line.ts';
import type { Page } from '../text/page.ts';

const clock = (at: number): string => new Date(at).toISOString().slice(11, 19);
/** Of what is longer, the export tells all. */
const longest = 6; // rows

/** The rows of the log that fit, the last of them the newest or the `upTo`th, and where that is. */
export function logLines(
  viewed: Pick<Viewed, 'events' | 'run' | 'steps'>,
  upTo: number | undefined,
  sought: string,
  page: Page,
  room: number,
): {
  readonly lines: readonly Line[];
  readonly upTo: number | undefined;
  readonly shown: number;
  readonly all: number;
} {
  const { events } = viewed;
  const { saying, toldOf } = logOf(viewed);
  const told = toldOf(events, sought);
  /** As many whole entries as fill the room, the last of them the `to`th. */
  const endingAt = (to: number): { readonly lines: readonly Line[]; readonly first: number } => {
    let lines: readonly Line[] = [];
    let first = to;
    for (; first > 0 && lines.length < room; first--) {
      const event = told[first - 1];
      if (event) lines = [...entry(event, saying(event), sought, page, Math.min(longest, room)), ...lines];
    }
    return { lines, first };
  };
  const newest = endingAt(told.length);
  // Where all of it fits there is nothing to scroll.
  const fits = newest.first === 0 && newest.lines.length <= room;
  const end = upTo === undefined || upTo >= told.length || fits ? told.length : Math.max(1, upTo);
  const { lines } = end === told.length ? newest : endingAt(end);
  // The first page is shown from its top.
  const all = lines.length > room && end > 1 ? lines.slice(-room) : lines.slice(0, room);
  return {
    lines: told.length === 0 ? [line(page, 'No matches.')] : all,
    upTo: end === told.length ? undefined : end,
    shown: told.length,
    all: events.length,
  };
}

function entry({ at }: Event, says: string, sought: string, page: Page, most: number): readonly Line[] {
  const rows = wrap(says.replace(/\s+/g, ' '), page, 'plain', `${clock(at)}  `);
  const some =
    rows.length <= most
      ? rows
      : [...rows.slice(0, most - 1), fitted([...(rows[most - 1] ?? []), span(page, ' …')], page)];
  return some.map((row, n) => {
    const [lead, ...rest] = row;
    return [
      ...(lead ? [n === 0 ? { ...lead, tone: 'dim' as const } : lead] : []),
      ...highlighted(rest, sought),
    ];
  });
}
