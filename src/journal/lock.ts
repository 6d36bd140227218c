import { realpath, rename, unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { notWritable, RunLocked } from './errors.ts';
import { sha256 } from './hash.ts';
import { forgetHolder, holderOf, tellHolder } from './holder.ts';

/** Held until it is released, or the process dies: the kernel frees it then. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Makes this process the one writer of a folder. A bound local socket is the lock: unlike a lease it outlives a paused
 * process, and unlike a file it does not outlive a dead one. Throws `JournalError` 'locked' that names the holder.
 * `address`: where the socket is; another than the system's usual one only in tests.
 */
export async function lock(
  folder: string,
  program = 'cw-runbook',
  address = (path: string): string => addressOf(path, process.platform),
): Promise<Lock> {
  const path = await realpath(folder);
  const where = address(path);
  const server = (await bind(where)) ?? ((await isLeftOver(where)) ? await bind(where) : undefined);
  if (!server) throw new RunLocked(path, await holderOf(path));
  await tellHolder(path, program);
  return {
    release: async () => {
      await forgetHolder(path);
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Does any process have the folder? Asks the kernel, changes nothing. */
export const isHeld = async (folder: string): Promise<boolean> =>
  isAlive(addressOf(await realpath(folder), process.platform));

/** Linux: an abstract socket, which has no file. Windows: a named pipe. Elsewhere: a socket file in the folder. */
export function addressOf(path: string, platform: NodeJS.Platform): string {
  const name = `cw-runbook-${sha256(path).slice(0, 32)}`;
  if (platform === 'linux') return `\0${name}`;
  if (platform === 'win32') return `\\\\.\\pipe\\${name}`;
  const inside = join(path, 'lock');
  // sockaddr_un holds 104 bytes on macOS and the BSDs.
  return Buffer.byteLength(inside) < 100 ? inside : `/tmp/${name}`;
}

/** Undefined where somebody has it. */
const bind = (address: string): Promise<Server | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer((visitor) => visitor.destroy()); // it is enough for a visitor that somebody is there
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(notWritable('The run cannot be locked', error));
    });
    server.listen(address, () => resolve(server.unref()));
  });

/**
 * A socket's file stays when its process dies. It is moved away before it is tried, and brought back if somebody is
 * there after all: two who start at once must not each remove the other's.
 */
async function isLeftOver(address: string): Promise<boolean> {
  if (address.startsWith('\0') || address.startsWith('\\\\') || (await isAlive(address))) return false;
  const aside = `${address}.${process.pid}`;
  try {
    await rename(address, aside);
    if (await isAlive(aside)) {
      await rename(aside, address);
      return false;
    }
    await unlink(aside);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'; // gone meanwhile
  }
}

/** The kernel answers for a process that is paused. */
const isAlive = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const visitor = connect(address, () => {
      visitor.destroy();
      resolve(true);
    });
    visitor.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT'),
    );
  });
