import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeFolder, syncFolder } from './durable.ts';
import { notWritable } from './errors.ts';
import { forgetHolder } from './holder.ts';
import { lock } from './lock.ts';

const removedIn = (home: string): string => join(home, 'removed');

/**
 * Moves a run's folder to `removed/`, under the day: nothing is deleted. `now`: milliseconds since 1970. Resolves to where
 * it is then. Throws `RunLocked` while another program has it open, and `JournalError`.
 */
export async function moveToRemoved(home: string, folder: string, now: number): Promise<string> {
  const held = await lock(folder);
  try {
    const day = join(removedIn(home), new Date(now).toISOString().slice(0, 10));
    await makeFolder(day);
    const taken = new Set(await readdir(day));
    let name = basename(folder);
    for (let n = 2; taken.has(name); n++) name = `${basename(folder)}-${n}`;
    await rename(folder, join(day, name));
    await forgetHolder(join(day, name)); // where it lay, releasing the lock finds none
    await syncFolder(day);
    await syncFolder(dirname(folder));
    return join(day, name);
  } catch (error) {
    throw notWritable(`The run in ${folder} cannot be moved`, error);
  } finally {
    await held.release();
  }
}

/** The folders of runs that were moved to `removed/`. Throws `JournalError`. */
export async function removedRuns(home: string): Promise<readonly string[]> {
  const all: string[] = [];
  for (const day of await entriesOf(removedIn(home)))
    for (const run of await entriesOf(join(removedIn(home), day))) all.push(join(removedIn(home), day, run));
  return all;
}

/** Deletes them for good. Throws `JournalError`. */
export async function purgeRemoved(home: string): Promise<void> {
  try {
    await rm(removedIn(home), { recursive: true, force: true });
    await syncFolder(home);
  } catch (error) {
    throw notWritable(`${removedIn(home)} cannot be emptied`, error);
  }
}

const entriesOf = (folder: string): Promise<readonly string[]> =>
  readdir(folder).then(
    (names) => names.toSorted(),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
      throw notWritable(`${folder} cannot be read`, error);
    },
  );
