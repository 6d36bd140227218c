import { JournalError } from '../../journal/errors.ts';
import { openJournal } from '../../journal/journal.ts';
import type { News } from '../../model/event.ts';
import { parked } from '../../model/progress/handoff.ts';
import type { Run } from '../../model/run.ts';

/** Writes what was looked at down, where the run is here and nobody has it open. Resolves to why it was not written. */
export async function writeDown(folder: string, run: Run, news: News): Promise<string | undefined> {
  if (parked(run)) return 'the run was handed off, and is read-only here.';
  try {
    const journal = await openJournal(folder);
    try {
      // What was closed is closed again behind it.
      const wasClosed = journal.events().at(-1)?.type === 'closed';
      await journal.append(news);
      if (wasClosed) await journal.finish();
    } finally {
      await journal.close();
    }
    return undefined;
  } catch (error) {
    if (error instanceof JournalError) return error.message;
    throw error;
  }
}
