import { randomBytes } from 'node:crypto';
import { statfsSync } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder, writeAll } from './durable.ts';
import { JournalError } from './errors.ts';

/** Bytes. A run writes a few hundred kilobytes. */
const least = 1024 * 1024;
const reserved = 64 * 1024;
const fileIn = (folder: string): string => join(folder, 'reserve');

/**
 * Sees to the room that a run needs on its disk (1 MiB), and keeps 64 KiB of it for the last words of a run whose disk
 * fills up all the same. `freeIn`: tells the bytes left; another than the system's only in tests. Throws `JournalError`
 * where there is too little.
 */
export async function keepRoom(folder: string, freeIn = room): Promise<void> {
  await needRoom(folder, freeIn);
  const found = await stat(fileIn(folder)).catch(() => undefined);
  if (found?.size === reserved) return;
  const handle = await open(fileIn(folder), 'w', 0o600);
  try {
    // What cannot be compressed takes the room that it says it takes.
    await writeAll(handle, randomBytes(reserved));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(folder);
}

/** The first half of it: keeps nothing. Throws `JournalError` where there is too little room for a run. */
export async function needRoom(folder: string, freeIn = room): Promise<void> {
  const free = await freeIn(folder);
  if (free < least)
    throw new JournalError(
      'not-writable',
      `The disk of ${folder} has ${Math.floor(free / 1024)} kB left, and a run needs 1,024 kB to write down what it does.`,
      'Make room on it, or name a folder on another disk with CW_RUNBOOK_HOME, then start again.',
    );
}

/** Bytes left on the disk of a folder, which may be still to be made. Some network file systems do not tell: they say that they have no blocks at all. */
async function room(folder: string): Promise<number> {
  try {
    const { bavail, bsize, blocks } = statfsSync(folder);
    return blocks > 0 ? bavail * bsize : Number.POSITIVE_INFINITY;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && dirname(folder) !== folder)
      return room(dirname(folder));
    throw error;
  }
}

/** Gives the kept room back; none is no problem. The next start takes it again. Throws what the system says. */
export async function releaseRoom(folder: string): Promise<void> {
  await rm(fileIn(folder), { force: true });
}

/** True for an error that says there is no room left: the disk is full, or the user's share of it. */
export const isFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');
