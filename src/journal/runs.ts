import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { notReadable } from './errors.ts';
import { damaged, type Header, headerSaid } from './format.ts';
import { fileIn } from './journal.ts';

/** A run on disk. */
export interface Listed {
  readonly folder: string;
  readonly header: Header;
}

/**
 * The runs in a state folder, the oldest first, by their first lines; a run is verified when it is opened. A folder
 * without a journal is no run: a kill came before its first line. Throws `JournalError` for a journal whose first line
 * says nothing, or what only a newer program understands: it could be the very run that is to go on, and another one
 * must not begin in its stead.
 */
export async function listRuns(home: string): Promise<readonly Listed[]> {
  const at = join(home, 'runs');
  const entries = await readdir(at, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw notReadable(`The folder of the runs, ${at}, cannot be read`, error);
  });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const all = await Promise.all(names.sort().map((name) => headerIn(join(at, name))));
  return all.flat();
}

/** Longer than any header. */
const most = 64 * 1024;

async function headerIn(folder: string): Promise<readonly Listed[]> {
  const file = fileIn(folder);
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(most), 0, most, 0);
      const end = buffer.subarray(0, bytesRead).indexOf(0x0a);
      const header = end < 0 ? undefined : headerSaid(buffer.subarray(0, end), file);
      if (header) return [{ folder, header }];
      throw damaged(
        file,
        1,
        bytesRead === 0 ? 'the file is empty' : 'it is not the first line of a cw-runbook journal',
        'Put the file back as it was, or move its folder out of the runs: until then it cannot be said which run it is.',
      );
    } finally {
      await handle.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw notReadable(`The journal ${file} cannot be read`, error);
  }
}
