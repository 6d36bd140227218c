import type { Event, News } from '../model/event.ts';
import { JournalError } from './errors.ts';
import type { Header } from './format.ts';
import { createJournal, fileIn, type Journal, stamped } from './journal.ts';
import { misshapen, unrecordable } from './shape.ts';

/** When a run that is in memory begins. */
export interface Beginning {
  /** Whether this is the event with which it begins: the journal is made with it and all that came before. */
  readonly with: (news: News) => boolean;
  /** Right before: what it throws is thrown, and nothing is made. */
  readonly before: () => Promise<void>;
}

/**
 * A run that has not begun: until the event it begins with, nothing is on disk, and whoever leaves leaves nothing behind.
 * `now`: milliseconds since 1970. Throws nothing itself; its `append` throws as `createJournal` and the journal do.
 */
export function deferJournal(
  folder: string,
  header: Header,
  { with: begins, before }: Beginning,
  now: () => number = Date.now,
): Journal {
  const held: Event[] = [];
  let real: Journal | undefined;
  let failed: unknown;
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();
  const write = async (news: News): Promise<Event> => {
    if (real) return real.append(news);
    if (failed) throw failed;
    if (closed) throw new JournalError('not-writable', 'The run is closed.', 'Start again.');
    const event = stamped(news, now());
    const bad = misshapen(event as unknown as Readonly<Record<string, unknown>>) ?? unrecordable(news);
    if (bad !== undefined) throw new Error(`An event was not written down: ${bad}.`);
    if (begins(news)) {
      try {
        await before();
        real = await createJournal(folder, header, now, [...held, event]);
      } catch (error) {
        failed = error;
        throw error;
      }
      return event;
    }
    held.push(event);
    return event;
  };
  return {
    header,
    file: fileIn(folder),
    get notices() {
      return real?.notices ?? [];
    },
    begun: () => real !== undefined,
    events: () => real?.events() ?? held,
    append: (news) => {
      const next = last.then(() => write(news));
      last = next.catch(() => undefined);
      return next;
    },
    head: () => real?.head(),
    root: () => real?.root(),
    finish: async () => {
      await last;
      await real?.finish();
    },
    close: async () => {
      await last;
      closed = true;
      await real?.close();
    },
  };
}
