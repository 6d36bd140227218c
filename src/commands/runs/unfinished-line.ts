import { type Reading, readJournal } from '../../journal/journal.ts';
import { isHeld } from '../../journal/lock.ts';

/**
 * Reads a run, and says what is not in what was read: the last line, where nobody is at it any more. `just`: what was
 * read of it a moment ago. Throws `JournalError`.
 */
export async function readRun(
  folder: string,
  just?: Reading,
): Promise<Reading & { readonly unfinished?: string }> {
  const reading = just ?? (await readJournal(folder));
  const unfinished = await unfinishedIn(folder, reading.torn);
  return unfinished === undefined ? reading : { ...reading, unfinished };
}

/** The same of so many bytes behind the last whole line. */
export async function unfinishedIn(folder: string, torn: number): Promise<string | undefined> {
  if (torn === 0 || (await isHeld(folder))) return undefined;
  return `The journal’s last line is unfinished (${torn} bytes): the program was killed, or the power went, while it was written. The next cw-runbook sets it aside in a file beside the journal, and continues from the line before.`;
}
