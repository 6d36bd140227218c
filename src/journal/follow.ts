import { lstat, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { JournalError } from './errors.ts';
import { parseOn } from './format.ts';
import { holderOf } from './holder.ts';
import { fileIn, type Reading, readJournal } from './journal.ts';
import { isHeld } from './lock.ts';

/** A run as another program is writing it. `holder`: who that is; undefined once nobody has the run. */
export interface Followed extends Reading {
  readonly holder: string | undefined;
}

/** What was read, and of which file. */
interface Known {
  readonly reading: Reading;
  readonly file: number; // its inode
}

/**
 * Reads a run whenever its journal or its holder has changed, until `signal` is aborted. Nothing is locked or changed. Of
 * a journal that has grown only what has come is read. `every`: milliseconds between two looks at the file's size, which
 * cost next to nothing. Throws `JournalError` when the journal goes, or is damaged.
 */
export async function* follow(folder: string, signal: AbortSignal, every = 300): AsyncIterable<Followed> {
  let seen = '';
  let known: Known | undefined;
  while (!signal.aborted) {
    const holder = (await isHeld(folder)) ? ((await holderOf(folder)) ?? 'another program') : undefined;
    const [size, file] = await lstat(fileIn(folder)).then(
      (found) => [found.size, found.ino],
      () => [],
    );
    const now = JSON.stringify([size, file, holder]);
    if (now !== seen) {
      seen = now;
      const reading: Reading = (await readOn(folder, known)) ?? (await readJournal(folder));
      known = { reading, file: Number(file) };
      yield { ...reading, holder };
    }
    await sleep(every, undefined, { signal }).catch(() => undefined);
  }
}

/**
 * What was known, and what has come since. Undefined where that does not follow from it, or the file is another or shorter:
 * then all of it has to be read.
 */
async function readOn(folder: string, known: Known | undefined): Promise<Reading | undefined> {
  if (!known) return undefined;
  const path = fileIn(folder);
  const { reading: before, file } = known;
  try {
    const found = await lstat(path);
    if (!found.isFile() || found.ino !== file || found.size < before.whole) return undefined;
    const handle = await open(path, 'r');
    try {
      const bytes = Buffer.alloc(found.size - before.whole);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, before.whole);
      const contents = parseOn(before, bytes.subarray(0, bytesRead), path);
      return { ...before, ...contents, torn: before.whole + bytesRead - contents.whole };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof JournalError || (error as NodeJS.ErrnoException).code !== undefined)
      return undefined;
    throw error;
  }
}
