import type { Journal } from '../../journal/journal.ts';
import type { Event } from '../../model/event.ts';

/**
 * Closes the journal of a run that has come to its end, and gives what to write into the change ticket: whoever keeps
 * that can tell later whether the journal is still the same. Nothing for a run that was not begun. Throws `JournalError`.
 */
export async function closeJournal(journal: Journal): Promise<readonly string[]> {
  await journal.finish();
  const last = journal.events().at(-1);
  return last?.type === 'closed' ? [evidenceLine(journal.header.run, last)] : [];
}

const evidenceLine = (run: string, { records, root }: Extract<Event, { readonly type: 'closed' }>): string =>
  `Also for the ticket: run ${run} · ${records} records · root ${root.slice(0, 16)}. With that root, audit verify --root shows whether the journal is still the same.`;
