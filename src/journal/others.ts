import { fstatSync, lstatSync, realpathSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
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
export function refuseOthers(handle: FileHandle, { file, place, size }: Left): void {
  // At once, without other threads: before every record, these take microseconds.
  const ours = fstatSync(handle.fd);
  const there = orNone(() => lstatSync(file));
  const same = there && there.ino === ours.ino && there.dev === ours.dev;
  if (ours.size === size && same && orNone(() => realpathSync.native(file)) === place) return;
  throw new JournalError(
    'another-writer',
    there
      ? `Something else has written to the journal ${file}, or put another file in its place.`
      : `The journal ${file} is gone.`,
    'The program stops before it does anything that could not be written down. Find out what touches the file, then start again.',
  );
}

function orNone<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
