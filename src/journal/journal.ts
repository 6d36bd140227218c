import { type FileHandle, mkdir, open, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Event, News } from '../model/event.ts';
import { fingerprint } from '../model/fingerprint.ts';
import { JournalError, notWritable } from './errors.ts';
import { type Contents, type Header, lineOf, parse, sealed } from './format.ts';
import { type Lock, lock } from './lock.ts';

export type { Header } from './format.ts';

/** The one writer of a run's journal. */
export interface Journal {
  readonly header: Header;
  readonly file: string;
  /** What is on disk, as of the last append. */
  events(): readonly Event[];
  /** On disk before it resolves. One at a time, in the order of the calls. Throws `JournalError`, then always. */
  append(news: News): Promise<Event>;
  close(): Promise<void>;
}
/** A journal is read whole: more than this is not one of ours. */
const most = 256 * 1024 * 1024;
const fileIn = (folder: string): string => join(folder, 'journal.jsonl');

/** Makes a run's folder and journal. The header is on disk before it resolves. */
export async function createJournal(
  folder: string,
  header: Header,
  now: () => number = Date.now,
): Promise<Journal> {
  const file = fileIn(folder);
  let held: Lock | undefined;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    held = await lock(folder, holder());
    const handle = await open(file, 'ax', 0o600);
    const first = sealed(header);
    await writeAll(handle, Buffer.from(`${first}\n`));
    await handle.sync();
    // Without this the file itself could be gone after a power loss.
    for (const parent of [folder, dirname(folder), dirname(dirname(folder))]) await syncFolder(parent);
    const whole = Buffer.byteLength(first) + 1;
    return journalOn(handle, file, held, { header, events: [], head: fingerprint(first), whole }, now);
  } catch (error) {
    await held?.release();
    throw error instanceof JournalError ? error : notWritable(`The journal ${file} cannot be made`, error);
  }
}

/** Takes up a run for writing: one writer, verified, a torn last line set aside. Throws `JournalError`. */
export async function openJournal(folder: string, now: () => number = Date.now): Promise<Journal> {
  const file = fileIn(folder);
  let held: Lock | undefined;
  try {
    held = await lock(folder, holder());
    const bytes = await readWhole(file);
    const contents = parse(bytes, file);
    const handle = await open(file, 'r+');
    const torn = bytes.subarray(contents.whole);
    if (torn.length > 0) await setAside(handle, folder, torn, contents.whole, now());
    await handle.close();
    const journal = journalOn(await open(file, 'a'), file, held, contents, now);
    if (torn.length > 0)
      await journal.append({
        type: 'repaired',
        bytes: torn.length,
        sha256: fingerprint(torn.toString('latin1')),
        file: tornName(now()),
      });
    return journal;
  } catch (error) {
    await held?.release();
    throw error instanceof JournalError ? error : notWritable(`The journal ${file} cannot be opened`, error);
  }
}

/** Reads a run without taking it up: no lock, nothing changed. `torn`: bytes at the end that are no whole record. */
export async function readJournal(
  folder: string,
): Promise<Omit<Contents, 'whole'> & { readonly torn: number }> {
  const file = fileIn(folder);
  try {
    const bytes = await readWhole(file);
    const { whole, ...contents } = parse(bytes, file);
    return { ...contents, torn: bytes.length - whole };
  } catch (error) {
    throw error instanceof JournalError ? error : notWritable(`The journal ${file} cannot be read`, error);
  }
}

async function readWhole(file: string): Promise<Buffer> {
  const { size } = await stat(file);
  if (size > most)
    throw new JournalError(
      'foreign',
      `${file} has ${size} bytes, more than a journal of this program can have.`,
      'Begin a new run with --new.',
    );
  return readFile(file);
}

const tornName = (at: number): string => `journal.torn-${new Date(at).toISOString().replace(/[:.]/g, '-')}`;

/** Keeps the torn bytes in a file of their own, then cuts them off. Evidence is never deleted. */
async function setAside(
  handle: FileHandle,
  folder: string,
  torn: Buffer,
  whole: number,
  at: number,
): Promise<void> {
  const kept = await open(join(folder, tornName(at)), 'ax', 0o600);
  await writeAll(kept, torn);
  await kept.sync();
  await kept.close();
  await syncFolder(folder);
  await handle.truncate(whole);
  await handle.sync();
}

function journalOn(
  handle: FileHandle,
  file: string,
  held: Lock,
  contents: Contents,
  now: () => number,
): Journal {
  const events = [...contents.events];
  let { head, whole: size } = contents;
  let last: Promise<unknown> = Promise.resolve();
  let halted: JournalError | undefined;

  const write = async (news: News): Promise<Event> => {
    if (halted) throw halted;
    // As it will be read again: what JSON leaves out must not be in memory either.
    const event = JSON.parse(JSON.stringify({ ...news, at: now() })) as Event;
    const line = lineOf(event, events.length + 1, head);
    const bytes = Buffer.from(`${line}\n`);
    try {
      await refuseOthers(handle, file, size);
      await writeAll(handle, bytes);
      await handle.datasync();
    } catch (error) {
      halted =
        error instanceof JournalError ? error : notWritable(`The journal ${file} cannot be written`, error);
      throw halted;
    }
    head = fingerprint(line);
    size += bytes.length;
    events.push(event);
    return event;
  };

  return {
    header: contents.header,
    file,
    events: () => events,
    append: (news) => {
      const next = last.then(() => write(news));
      last = next.catch(() => undefined);
      return next;
    },
    close: async () => {
      await last;
      await handle.close();
      await held.release();
    },
  };
}

/** The file must be what we last left: another size or another file means another writer. */
async function refuseOthers(handle: FileHandle, file: string, size: number): Promise<void> {
  const ours = await handle.stat();
  const there = await stat(file).catch(() => undefined);
  if (ours.size === size && there && there.ino === ours.ino && there.dev === ours.dev) return;
  throw new JournalError(
    'another-writer',
    there ? `Something else has written to the journal ${file}.` : `The journal ${file} is gone.`,
    'The program stops before it does anything that could not be written down. Find out what touches the file, then start again.',
  );
}

async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let done = 0; done < bytes.length; ) done += (await handle.write(bytes, done)).bytesWritten;
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be flushed there
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const holder = (): string => `process ${process.pid}, since ${new Date().toISOString()}`;
