import { constants, lstatSync, readFileSync } from 'node:fs';
import { type FileHandle, lstat, open, realpath, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Event, News } from '../model/event.ts';
import { treeOf } from '../model/evidence/tree.ts';
import { makeFolder, syncFolder, syncUp, writeAll } from './durable.ts';
import { JournalError, notReadable, notWritable } from './errors.ts';
import { type Contents, type Header, lineOf, newJournal, parse } from './format.ts';
import { sha256 } from './hash.ts';
import { type Lock, lock } from './lock.ts';
import { refuseOthers } from './others.ts';
import { describeLoose, makePrivate } from './privacy.ts';
import { isFull, keepRoom, releaseRoom } from './reserve.ts';
import { misshapen, unrecordable } from './shape.ts';
import { setAside, untold } from './torn.ts';

export type { Header } from './format.ts';

/** The one writer of a run's journal. */
export interface Journal {
  readonly header: Header;
  readonly file: string;
  /** What was found and put right on the way to it, in sentences: for the operator, and not part of the run. */
  readonly notices: readonly string[];
  /** Whether it is on disk: a run that nobody accepted an identity for is in memory alone (`deferJournal`). */
  begun(): boolean;
  /** What was appended so far. */
  events(): readonly Event[];
  /** On disk before it resolves. One at a time, in the order of the calls. Throws `JournalError`, then always. */
  append(news: News): Promise<Event>;
  /** The last record, and its line's SHA-256: 0 and the header's where there is none. Undefined while in memory alone. */
  head(): Head | undefined;
  /** The root of the header's and all records' hashes. Undefined as `head` is. */
  root(): string | undefined;
  /** Writes down that the run has come to its end, with the root of all before, where nothing was since. Throws as `append`. */
  finish(): Promise<void>;
  /** After the appends that were asked for. */
  close(): Promise<void>;
}
/** A record's number, and the SHA-256 of its line. */
interface Head {
  readonly record: number;
  readonly hash: string;
}
/** A journal is read whole: more than this is not one of ours. */
const most = 256 * 1024 * 1024;
/** Without O_CREAT: a file that has gone in between must not come back empty. */
const appending = constants.O_WRONLY | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0);
/** Where a run's journal is. `folder`: the run's. */
export const fileIn = (folder: string): string => join(folder, 'journal.jsonl');

/**
 * Makes a run's folder and journal, and takes it up for writing. The header and `events`, which happened before there
 * was a journal, are on disk before it resolves: all of them, or nothing. `now`: milliseconds since 1970. Throws
 * `JournalError`, also where there is a journal already.
 */
export async function createJournal(
  folder: string,
  header: Header,
  now: () => number = Date.now,
  events: readonly Event[] = [],
): Promise<Journal> {
  const file = fileIn(folder);
  let held: Lock | undefined;
  let handle: FileHandle | undefined;
  try {
    await makeFolder(folder);
    await syncUp(dirname(folder), topOf(folder));
    held = await lock(folder, header.program);
    await keepRoom(folder);
    const { bytes, ...contents } = newJournal(header, events);
    await beginFile(folder, file, bytes);
    handle = await open(file, appending);
    return await journalOn(handle, file, held, contents, await makePrivate(folder, file), now);
  } catch (error) {
    await handle?.close();
    await held?.release();
    throw notWritable(`The journal ${file} cannot be made`, error);
  }
}

/** Holds the state folder's name, in whose `runs` a run lies: a start that was killed may have made all three. */
const topOf = (folder: string): string => dirname(dirname(dirname(folder)));

/** The file gets its name when its first line is on disk: one that has the name and no whole first line is damaged. */
async function beginFile(folder: string, file: string, first: Uint8Array): Promise<void> {
  if (await lstat(file).catch(() => undefined))
    throw new JournalError(
      'foreign',
      `There is a journal already: ${file}.`,
      'Open it, or begin another run.',
    );
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await writeAll(handle, first);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
  await syncFolder(folder);
}

/**
 * Takes up a run for writing: one writer, verified, a torn last line set aside. To be closed by whoever opened it.
 * Throws `JournalError`: 'locked' while another process has it.
 */
export async function openJournal(folder: string, now: () => number = Date.now): Promise<Journal> {
  const file = fileIn(folder);
  let held: Lock | undefined;
  let handle: FileHandle | undefined;
  try {
    await readWhole(file); // there is one: the lock leaves nothing behind in a folder that is none of ours
    held = await lock(folder);
    const bytes = await readWhole(file);
    const contents = parse(bytes, file);
    if (contents.header.run !== basename(folder)) throw elsewhere(file, contents.header);
    await keepRoom(folder);
    if (contents.whole < bytes.length) await setAside(folder, file, contents.whole, now());
    handle = await open(file, appending);
    // What a killed process had written or named, and not synced, is acted on from here.
    await handle.datasync();
    await syncUp(folder, topOf(folder));
    const journal = await journalOn(handle, file, held, contents, await makePrivate(folder, file), now);
    for (const news of await untold(folder, contents.events)) await journal.append(news);
    return journal;
  } catch (error) {
    await handle?.close();
    await held?.release();
    throw notWritable(`The journal ${file} cannot be opened`, error);
  }
}

/** A copy of a run would be a second history of the same thing. */
const elsewhere = (file: string, { run }: Header): JournalError =>
  new JournalError(
    'foreign',
    `The journal ${file} is of run ${run}, and its folder has another name. Nothing was changed.`,
    'A run has one folder, named as it is: give it its name again, or move a copy out of the runs.',
  );

/** A run's journal as it is on disk. */
export interface Reading extends Contents {
  /** Bytes at the end that are no whole record: a writer is at it, or was killed. */
  readonly torn: number;
  /** What the next one who opens it for writing will put right, in sentences. */
  readonly notices: readonly string[];
}
/**
 * Reads a run without taking it up, also while another program writes it: no lock, nothing changed. Throws
 * `JournalError`.
 */
export async function readJournal(folder: string): Promise<Reading> {
  const file = fileIn(folder);
  try {
    const bytes = await readWhole(file);
    const contents = parse(bytes, file);
    return { ...contents, torn: bytes.length - contents.whole, notices: describeLoose(folder, file) };
  } catch (error) {
    throw notReadable(`The journal ${file} cannot be read`, error);
  }
}

/**
 * A journal's bytes. Throws `JournalError` for what is no plain file, or has more than 256 MiB, and what the system
 * says.
 */
export async function readWhole(file: string): Promise<Buffer> {
  await refuseUnlike(file);
  return readFileSync(file);
}
/** Throws as `readWhole`, before anything is read. */
export async function refuseUnlike(file: string): Promise<void> {
  const found = lstatSync(file);
  const wrong = !found.isFile()
    ? 'is not a plain file'
    : found.size > most
      ? `has ${found.size} bytes, more than a journal of this program can have`
      : undefined;
  if (wrong === undefined) return;
  throw new JournalError(
    'foreign',
    `${file} ${wrong}. Nothing was changed.`,
    'Put the file back as it was, or begin a new run with --new (a demo: --fresh).',
  );
}

async function journalOn(
  handle: FileHandle,
  file: string,
  held: Lock,
  contents: Contents,
  notices: readonly string[],
  now: () => number,
): Promise<Journal> {
  const place = await realpath(file);
  const events = [...contents.events];
  const tree = treeOf(sha256, contents.hashes);
  let { head, whole: size } = contents;
  let last: Promise<unknown> = Promise.resolve();
  let halted: JournalError | undefined;
  let closing: Promise<void> | undefined;

  const put = async (given: Event): Promise<Event> => {
    const before = events.at(-1);
    const event = before?.type === 'closed' ? { ...given, continues: events.length } : given;
    const line = lineOf(event, events.length + 1, head);
    const bytes = Buffer.from(`${line}\n`);
    refuseOthers(handle, { file, place, size });
    await writeAll(handle, bytes).catch((error: unknown) => {
      throw isFull(error) ? new NoRoom(undefined, { cause: error }) : error;
    });
    await handle.datasync();
    head = sha256(line);
    tree.add(head);
    size += bytes.length;
    events.push(event);
    return event;
  };
  const write = async (news: News): Promise<Event> => {
    const event = stamped(news, now());
    // What could not be read again would make all of the run unreadable.
    const bad = misshapen(event as unknown as Readonly<Record<string, unknown>>) ?? unrecordable(news);
    if (bad !== undefined) throw new Error(`An event was not written down: ${bad}.`);
    if (halted) {
      if (!closing) halted.unwritten.push(lineOf(event, events.length + 1, head));
      throw halted;
    }
    try {
      return await put(event);
    } catch (error) {
      halted = notWritable(`The journal ${file} cannot be written`, (error as Error).cause ?? error);
      if (!(error instanceof NoRoom) || !(await lastWords(event, halted.message)))
        halted.unwritten.push(lineOf(event, events.length + 1, head));
      throw halted;
    }
  };
  /**
   * On a full disk the room that was kept takes what was to be written, and that the run halts here. Only after a write
   * that failed: after a failed sync nobody knows what is on the disk, and nothing is tried again. False where even
   * this fails.
   */
  const lastWords = async (event: Event, why: string): Promise<boolean> => {
    try {
      await handle.truncate(size); // half of the line may have found room
      await releaseRoom(dirname(file));
      // What was only intended will not be sent: there is nothing to tell of it.
      if (event.type !== 'intended') await put(event);
      await put(stamped({ type: 'halted', why }, now()));
      return true;
    } catch {
      return false;
    }
  };
  const close = async (): Promise<void> => {
    await last;
    halted ??= new JournalError('not-writable', `The journal ${basename(file)} is closed.`, 'Start again.');
    await handle.close();
    await releaseRoom(dirname(file)).catch(() => undefined);
    await held.release();
  };

  return {
    header: contents.header,
    file,
    notices,
    begun: () => true,
    events: () => events,
    append: (news) => {
      const next = last.then(() => write(news));
      last = next.catch(() => undefined);
      return next;
    },
    head: () => ({ record: events.length, hash: head }),
    root: () => tree.root(),
    finish: async () => {
      const next = last.then(async () => {
        if (events.at(-1)?.type !== 'closed')
          await write({ type: 'closed', records: events.length, root: tree.root() });
      });
      last = next.catch(() => undefined);
      return next;
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** Nothing, or half a line, was written: there was no room for it. */
class NoRoom extends Error {}

/**
 * An event with its time, as it will be read again: what JSON leaves out must not be in memory either. `at`:
 * milliseconds since 1970.
 */
export const stamped = (news: News, at: number): Event =>
  JSON.parse(JSON.stringify({ ...news, at: Math.trunc(at) })) as Event;
