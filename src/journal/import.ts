import { lstat, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { News } from '../model/event.ts';
import { makeFolder, syncFolder, writeAll } from './durable.ts';
import { JournalError, notWritable } from './errors.ts';
import { type Contents, lineOf, parse } from './format.ts';
import type { Handed } from './handoff.ts';
import { fileIn, readWhole, stamped } from './journal.ts';
import { type Lock, lock } from './lock.ts';
import { keepRoom } from './reserve.ts';
import { setAside } from './torn.ts';

/** How the journal in this state folder stands to the one that came in a file. */
export type Relation =
  | { readonly is: 'none' }
  /** It is the beginning of the one in the file: nothing is lost when that takes its place. */
  | { readonly is: 'older'; readonly contents: Contents }
  /** It is the same to the byte: the run was handed off from here. */
  | { readonly is: 'same'; readonly contents: Contents }
  /** It begins as the one in the file, and has gone on. */
  | { readonly is: 'ahead'; readonly contents: Contents }
  /** They begin alike and go on differently. `at`: how many events they have in common. */
  | { readonly is: 'forked'; readonly contents: Contents; readonly at: number };

/**
 * How the journal in this folder stands to the one in the file. Compares, and changes nothing. Throws `JournalError`
 * where the journal here cannot be read.
 */
export async function relationTo(folder: string, { bytes, contents }: Handed): Promise<Relation> {
  const file = fileIn(folder);
  if (!(await lstat(file).catch(() => undefined))) return { is: 'none' };
  const all = await readWhole(file);
  const here = parse(all, file);
  const ours = all.subarray(0, here.whole);
  const common = Math.min(ours.length, bytes.length);
  if (ours.subarray(0, common).equals(bytes.subarray(0, common))) {
    const is = ours.length === bytes.length ? 'same' : ours.length < bytes.length ? 'older' : 'ahead';
    return { is, contents: here };
  }
  const same = (n: number): boolean => JSON.stringify(here.events[n]) === JSON.stringify(contents.events[n]);
  const at = here.events.findIndex((_, n) => !same(n));
  return { is: 'forked', contents: here, at: at < 0 ? here.events.length : at };
}

/**
 * Brings a run from a file into its folder, together with the event that says who took it over: the journal gets its
 * name, or takes the place of its own beginning, when all of it is on disk. `now`: milliseconds since 1970. Throws
 * `JournalError`, also where another program has the run, or has gone on with it.
 */
export async function importJournal(
  folder: string,
  handed: Handed,
  news: News,
  now: () => number = Date.now,
): Promise<void> {
  const { bytes, contents } = handed;
  const file = fileIn(folder);
  let held: Lock | undefined;
  try {
    await makeFolder(folder);
    held = await lock(folder, contents.header.program);
    const relation = await relationTo(folder, handed);
    if (relation.is !== 'none' && relation.is !== 'older')
      throw new JournalError(
        'another-writer',
        `The run ${contents.header.run} has gone on here meanwhile. Nothing was changed.`,
        'Start again: it is checked again.',
      );
    await keepRoom(folder);
    if (relation.is === 'older') {
      const { size } = await lstat(file);
      if (relation.contents.whole < size) await setAside(folder, file, relation.contents.whole, now());
    }
    const line = lineOf(stamped(news, now()), contents.events.length + 1, contents.head);
    const handle = await open(join(folder, 'journal.jsonl.new'), 'w', 0o600);
    try {
      await writeAll(handle, Buffer.concat([bytes, Buffer.from(`${line}\n`)]));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(join(folder, 'journal.jsonl.new'), file);
    await syncFolder(folder);
  } catch (error) {
    throw notWritable(`The journal ${file} cannot be made`, error);
  } finally {
    await held?.release();
  }
}
