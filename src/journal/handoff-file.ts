import { constants } from 'node:fs';
import { type FileHandle, link, lstat, open, rename, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { asCommand } from '../model/text/own-commands.ts';
import { systemError } from '../model/text/system-error.ts';
import { syncFolder, writeAll } from './durable.ts';
import { JournalError } from './errors.ts';

/** A file that gets its name when it is whole and on disk, and never takes the place of another. */
export interface NewFile {
  readonly path: string;
  /** On disk, under its name, before it resolves. Throws what the system says. */
  publish(bytes: Uint8Array): Promise<void>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/**
 * Sees to the place for a file (mode 0600) before anything depends on it: the folder can be written, has room for
 * `room` bytes, and has no such file. `id`: names what is unfinished, so that another try finds and removes it. Throws
 * `JournalError`.
 */
export async function prepareFile(path: string, id: string, room: Uint8Array): Promise<NewFile> {
  const whole = resolve(path);
  const part = join(dirname(whole), `.${basename(whole)}.${id}.part`);
  await refuseExisting(whole);
  let handle: FileHandle | undefined;
  const discard = async (): Promise<void> => {
    await handle?.close().catch(() => undefined);
    await rm(part, { force: true }).catch(() => undefined);
  };
  try {
    await rm(part, { force: true });
    handle = await open(part, 'wx', 0o600);
    await writeAll(handle, room);
    await handle.sync();
  } catch (error) {
    await discard();
    throw new JournalError(
      'not-writable',
      `The file ${whole} cannot be written: ${(error as Error).message}.`,
      'Nothing was changed. Name another place with --to FILE.',
    );
  }
  const file = handle;
  return {
    path: whole,
    discard,
    publish: async (bytes) => {
      await file.truncate(0);
      for (let done = 0; done < bytes.length; )
        done += (await file.write(bytes, done, bytes.length - done, done)).bytesWritten;
      await file.sync();
      await file.close();
      await name(part, whole);
      await syncFolder(dirname(whole));
    },
  };
}

async function refuseExisting(file: string): Promise<void> {
  if (!(await lstat(file).catch(() => undefined))) return;
  throw new JournalError(
    'not-a-file',
    `There is a file ${file} already, and it is not overwritten. Nothing was changed.`,
    'Name another one with --to FILE, or move that one away first.',
  );
}

/** A link fails where the name is taken; some disks have no links. */
async function name(part: string, whole: string): Promise<void> {
  try {
    await link(part, whole);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') await refuseExisting(whole);
    await refuseExisting(whole);
    await rename(part, whole);
    return;
  }
  await unlink(part);
}

/** Larger than any run with its simulated organization: what is larger was not made by this program. */
const most = 64 * 1024 * 1024;

/**
 * The bytes of a file that came from somebody else, 64 MiB at most. Throws `JournalError` for what is no plain file, is
 * larger, or changes while it is read.
 */
export async function readForeign(file: string): Promise<Buffer> {
  const refuse = (what: string, remedy: string): JournalError =>
    new JournalError('not-a-file', `${file} ${what}. Nothing was changed.`, remedy);
  const found = await lstat(file).catch((error: NodeJS.ErrnoException) => {
    throw refuse(
      `cannot be read: ${systemError(error)}`,
      `Name the file that ${asCommand('cw-runbook handoff')} has written.`,
    );
  });
  if (found.isSymbolicLink()) throw refuse('is a symbolic link', 'Name the file that it leads to.');
  if (!found.isFile())
    throw refuse('is not a plain file', `Name the file that ${asCommand('cw-runbook handoff')} has written.`);
  if (found.size > most)
    throw refuse(
      `has ${found.size} bytes, more than a hand-off can have`,
      `Name the file that ${asCommand('cw-runbook handoff')} has written.`,
    );
  let handle: FileHandle | undefined;
  try {
    // What was looked at above may have been exchanged since: no link is followed, and nothing blocks.
    handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const now = await handle.stat();
    if (!now.isFile() || now.size > most || now.ino !== found.ino)
      throw refuse('was exchanged while it was read', 'Start again.');
    const bytes = Buffer.alloc(now.size + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    if (length !== now.size) throw refuse('was changed while it was read', 'Start again.');
    return bytes.subarray(0, length);
  } catch (error) {
    if (error instanceof JournalError) throw error;
    throw refuse(`cannot be read: ${systemError(error)}`, 'Check the file and its permissions.');
  } finally {
    await handle?.close();
  }
}
