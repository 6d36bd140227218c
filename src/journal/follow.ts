import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { holderOf } from './holder.ts';
import { fileIn, type Reading, readJournal } from './journal.ts';
import { isHeld } from './lock.ts';

/** A run as another program is writing it. `holder`: who that is; undefined once nobody has the run. */
export interface Followed extends Reading {
  readonly holder: string | undefined;
}

/**
 * Reads a run whenever its journal or its holder has changed, until `signal` is aborted. Nothing is locked or changed.
 * `every`: milliseconds between two looks at the file's size, which cost next to nothing. Throws `JournalError` when
 * the journal goes, or is damaged.
 */
export async function* follow(folder: string, signal: AbortSignal, every = 300): AsyncIterable<Followed> {
  let seen = '';
  while (!signal.aborted) {
    const holder = (await isHeld(folder)) ? ((await holderOf(folder)) ?? 'another program') : undefined;
    const size = await stat(fileIn(folder)).then((found) => found.size, String);
    const now = JSON.stringify([size, holder]);
    if (now !== seen) {
      seen = now;
      yield { ...(await readJournal(folder)), holder };
    }
    await sleep(every, undefined, { signal }).catch(() => undefined);
  }
}
