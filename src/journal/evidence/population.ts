import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { plainEndpoint } from '../../model/text/endpoint-text.ts';
import { notReadable } from '../errors.ts';
import { type Header, headerSaid, linesOf } from '../format.ts';
import { fileIn } from '../journal.ts';
import { removedRuns } from '../remove.ts';
import { isTaken, type Taken } from '../settings.ts';

/** A folder with a journal, whatever is in it. */
export interface Found {
  readonly folder: string;
  readonly kept: 'here' | 'removed';
}

/** Every journal in a state folder, also what was moved out of the way, and what is damaged. Throws `JournalError`. */
export async function everyJournal(home: string): Promise<readonly Found[]> {
  const runs = join(home, 'runs');
  const names = await readdir(runs).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw notReadable(`The folder of the runs, ${runs}, cannot be read`, error);
  });
  const all = [
    ...names.toSorted().map((name) => ({ folder: join(runs, name), kept: 'here' as const })),
    ...(await removedRuns(home)).map((folder) => ({ folder, kept: 'removed' as const })),
  ];
  const there = await Promise.all(
    all.map((one) =>
      stat(fileIn(one.folder)).then(
        () => [one],
        () => [],
      ),
    ),
  );
  return there.flat();
}

/** What a damaged journal's first line says, where it says anything. */
export async function headerFound(folder: string): Promise<Header | undefined> {
  try {
    const [first] = linesOf(await readFile(fileIn(folder)));
    return first && headerSaid(first.bytes, folder);
  } catch {
    return undefined;
  }
}

/** The runs that the settings remember to have been taken up here: the last 50. Nothing where they cannot be read. */
export async function remembered(home: string): Promise<readonly Taken[]> {
  try {
    const { runs }: { runs?: unknown } = JSON.parse(await readFile(join(home, 'settings.json'), 'utf8'));
    return Array.isArray(runs)
      ? runs.filter(isTaken).map((one) => ({ ...one, endpoint: plainEndpoint(one.endpoint) }))
      : [];
  } catch {
    return [];
  }
}
