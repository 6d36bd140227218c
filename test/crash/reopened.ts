import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { JournalError } from '../../src/journal/errors.ts';
import { openJournal, readJournal } from '../../src/journal/journal.ts';
import { listRuns } from '../../src/journal/runs.ts';
import type { Event } from '../../src/model/event.ts';
import type { Image } from './disk.ts';
import { markFor } from './judge.ts';
import type { Finding } from './tally.ts';

/** What a disk must still hold. */
export interface Needs {
  /** Events that were synced. */
  readonly synced: number;
  /** Marks of the changes that were asked of AWS. */
  readonly sent: readonly string[];
}

export async function writeImage(home: string, image: Image): Promise<void> {
  for (const [path, bytes] of image) {
    const file = join(home, path);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, bytes, { mode: 0o600 });
  }
}

/** Opens what a loss of power has left as the program would, in a folder of its own. `all`: every event of that run. */
export async function reopened(
  image: Image,
  { synced, sent }: Needs,
  all: readonly Event[],
): Promise<readonly Finding[]> {
  const home = await mkdtemp(join(tmpdir(), 'cw-crash-power-'));
  const findings: Finding[] = [];
  try {
    await writeImage(home, image);
    const [run] = await listRuns(home);
    if (!run) {
      if (synced > 0)
        findings.push({ is: 'invalid', says: `${synced} events were synced, and the run is gone` });
      if (sent.length > 0) findings.push({ is: 'unrecorded', says: `of ${sent.join(', ')} nothing is left` });
      return findings;
    }
    const journal = await openJournal(run.folder);
    const events = journal.events().filter(isOwn);
    await journal.close();
    const own = all.filter(isOwn);
    if (JSON.stringify(events) !== JSON.stringify(own.slice(0, events.length)))
      findings.push({ is: 'invalid', says: 'what is read is not the beginning of what was written' });
    if (events.length < synced)
      findings.push({ is: 'invalid', says: `${synced} events were synced, and ${events.length} are left` });
    const intents = events.flatMap((event) =>
      event.type === 'intended' ? [markFor(run.header.run, event)] : [],
    );
    for (const mark of sent.filter((one) => !intents.includes(one)))
      findings.push({ is: 'unrecorded', says: `${mark} was sent, and its intent is gone` });
    const again = await readJournal(run.folder);
    if (again.torn > 0 || again.events.length < events.length)
      findings.push({ is: 'invalid', says: 'the repaired journal does not read as it was opened' });
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    findings.push({ is: 'invalid', says: error.message });
  } finally {
    if (findings.length === 0) await rm(home, { recursive: true, force: true });
  }
  return findings.map(({ is, says }) => ({ is, says: `${says} (${home})` }));
}
/** Every repair is told of when it is made: its own record is of no earlier time. */
const isOwn = ({ type }: Event): boolean => type !== 'repaired';
