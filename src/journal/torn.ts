import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Event, News } from '../model/event.ts';
import { syncFolder, writeAll } from './durable.ts';
import { sha256 } from './hash.ts';

const prefix = 'journal.torn-';

/**
 * Keeps a journal's torn tail in a file of its own beside it (0600), then cuts it off. Evidence is never deleted.
 * `whole`: where the tail begins, in bytes. `at`: now, in milliseconds since 1970. Throws what the system says.
 */
export async function setAside(folder: string, file: string, whole: number, at: number): Promise<void> {
  const torn = (await readFile(file)).subarray(whole);
  const stamp = `${prefix}${new Date(at).toISOString().replace(/[:.]/g, '-')}`;
  const taken = new Set(await readdir(folder));
  let name = stamp;
  for (let n = 2; taken.has(name); n++) name = `${stamp}-${n}`;

  const kept = await open(join(folder, name), 'ax', 0o600);
  try {
    await writeAll(kept, torn);
    await kept.sync();
  } finally {
    await kept.close();
  }
  await syncFolder(folder);

  const handle = await open(file, 'r+');
  try {
    await handle.truncate(whole);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Events to be written for tails that were set aside and are not told of in the journal: also those of a repair that
 * was killed half way. Throws what the system says.
 */
export async function untold(folder: string, events: readonly Event[]): Promise<readonly News[]> {
  const told = new Set(events.map((event) => (event.type === 'repaired' ? event.file : '')));
  const names = (await readdir(folder)).filter((name) => name.startsWith(prefix) && !told.has(name));
  return Promise.all(
    names.sort().map(async (file) => {
      const bytes = await readFile(join(folder, file));
      return { type: 'repaired', bytes: bytes.length, sha256: sha256(bytes), file } as const;
    }),
  );
}
