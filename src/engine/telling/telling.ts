import type { Event, News } from '../../model/event.ts';

interface Recorder {
  record(news: News): Promise<Event>;
}
/** What goes on beside the run, and is written down before anything that comes behind it. */
export interface Telling<Ports extends Recorder> {
  /** The same ports. What is recorded next waits for what is told. */
  readonly ports: Ports;
  /** Begins it, and does not wait. It records with `record`, which waits for nothing. */
  begin(tell: (record: Recorder['record']) => Promise<void>): void;
  /** Resolves once nothing is told any more. Rejects where that could not be written down. */
  over(): Promise<void>;
}

/**
 * Reads of AWS need not wait while AWS is told how far the journal is. A record does: the one that says what was told
 * stands right behind the one that it names. So does a change, because its intent is a record.
 */
export function createTelling<Ports extends Recorder>(ports: Ports): Telling<Ports> {
  let telling: Promise<void> | undefined;
  const record = (news: News): Promise<Event> => ports.record(news);
  return {
    // Not a copy: what is exchanged in the ports later counts.
    ports: Object.assign(Object.create(ports) as Ports, {
      record: (news: News) => (telling ? telling.then(() => record(news)) : record(news)),
    }),
    begin: (tell) => {
      const begun = (telling ?? Promise.resolve())
        .then(() => tell(record))
        .then(() => {
          if (telling === begun) telling = undefined;
        });
      begun.catch(() => undefined); // whoever records next, or waits for the end, is told
      telling = begun;
    },
    over: async () => telling,
  };
}
