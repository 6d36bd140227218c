import { type FileHandle, lstat, realpath } from 'node:fs/promises';
import { JournalError } from './errors.ts';

interface Left {
  readonly file: string;
  /** The way to it without links, when it was opened. */
  readonly place: string;
  readonly size: number;
}
/**
 * The file must be what we last left: another size, another file or a link on the way means another writer. Throws
 * `JournalError` then, and what the system says.
 */
export async function refuseOthers(handle: FileHandle, { file, place, size }: Left): Promise<void> {
  const ours = await handle.stat();
  const there = await lstat(file).catch(() => undefined);
  const same = there && there.ino === ours.ino && there.dev === ours.dev;
  if (ours.size === size && same && (await realpath(file).catch(() => undefined)) === place) return;
  throw new JournalError(
    'another-writer',
    there
      ? `Something else has written to the journal ${file}, or put another file in its place.`
      : `The journal ${file} is gone.`,
    'The program stops before it does anything that could not be written down. Find out what touches the file, then start again.',
  );
}
