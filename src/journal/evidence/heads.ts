import { linesOf } from '../format.ts';
import { sha256 } from '../hash.ts';
import { fileIn, readWhole } from '../journal.ts';

/**
 * The SHA-256 of each whole line of a run's journal, by its number: the header's is 0. It is what the next line names, and
 * what AWS was told. Throws what the system says.
 */
export async function headsOf(folder: string): Promise<readonly string[]> {
  const bytes = await readWhole(fileIn(folder));
  return [...linesOf(bytes)].flatMap((line) => (line.whole ? [sha256(line.bytes)] : []));
}
