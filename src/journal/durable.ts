import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes all of it, also where the system takes it in pieces; it is on disk only after a sync. Throws what the system
 * says.
 */
export async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) done += (await handle.write(bytes, done)).bytesWritten;
}

/**
 * Makes a folder (0700) and what is missing above it. After a power loss they are still there. One that is there keeps
 * its mode. Throws what the system says.
 */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first !== undefined) await syncUp(dirname(folder), dirname(first));
}

/**
 * Makes the lists of names durable that lead to a folder's entries, from its own up to that of `top`, which is one of
 * the folders above it. Throws as `syncFolder` does.
 */
export async function syncUp(folder: string, top: string): Promise<void> {
  for (let at = folder; ; at = dirname(at)) {
    await syncFolder(at);
    if (at === top || at === dirname(at)) return;
  }
}

/**
 * Makes a folder's list of names durable: without it a new file could be gone after a power loss. Where the system
 * cannot do it (Windows, some network file systems, a parent one may not read) there is nothing more to be had. Throws
 * what else the system says.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!['EACCES', 'EPERM', 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP'].includes(code ?? '')) throw error;
  } finally {
    await handle?.close();
  }
}
