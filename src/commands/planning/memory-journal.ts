import type { Header, Journal } from '../../journal/journal.ts';
import type { Event } from '../../model/event.ts';

/** A journal that is forgotten with the process: what is only planned, or only looked at, is not written down. */
export function memoryJournal(header: Header, before: readonly Event[] = []): Journal {
  const events = [...before];
  return {
    header,
    file: '',
    notices: [],
    begun: () => true,
    events: () => events,
    append: async (news) => {
      const event: Event = { ...news, at: Date.now() } as Event;
      events.push(event);
      return event;
    },
    head: () => undefined,
    root: () => undefined,
    finish: async () => {},
    close: async () => {},
  };
}
