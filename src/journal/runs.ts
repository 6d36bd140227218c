import { closeSync, constants, openSync, readdirSync, readSync } from 'node:fs';
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
  return namesIn(at)
    .toSorted()
    .flatMap((name) => headerIn(join(at, name)));
}
function namesIn(at: string): readonly string[] {
  try {
    const entries = readdirSync(at, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw notReadable(`The folder of the runs, ${at}, cannot be read`, error);
  }
}

/** Longer than any header. */
const most = 64 * 1024;
/** What is no file has nothing to be waited for. Windows has no such flag. */
const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

function headerIn(folder: string): readonly Listed[] {
  const file = fileIn(folder);
  try {
    const handle = openSync(file, withoutWaiting);
    try {
      const buffer = Buffer.allocUnsafe(most);
      const read = readSync(handle, buffer, 0, most, 0);
      const end = buffer.subarray(0, read).indexOf(0x0a);
      const header = end < 0 ? undefined : headerSaid(buffer.subarray(0, end), file);
      if (header) return [{ folder, header }];
      throw damaged(
        file,
        1,
        read === 0 ? 'the file is empty' : 'it is not the first line of a cw-runbook journal',
        'Put the file back as it was, or move its folder out of the runs: until then it cannot be said which run it is.',
      );
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw notReadable(`The journal ${file} cannot be read`, error);
  }
}
