import { open, realpath, rm, stat } from 'node:fs/promises';
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
 * process, and unlike a file it does not outlive a dead one. `address`: where the socket is; another than the system's
 * usual one only in tests. Throws `RunLocked`, which names the holder, while another process has it, and `JournalError`
 * where it cannot be had at all.
 */
export async function lock(
  folder: string,
  program = 'cw-runbook',
  address = (path: string): string => addressOf(path, process.platform),
): Promise<Lock> {
  const path = await realpath(folder);
  const where = address(path);
  const server = (await bind(where)) ?? (await takeOver(where));
  if (!server) throw new RunLocked(path, await holderOf(path));
  await tellHolder(path, program);
  return {
    release: async () => {
      await forgetHolder(path);
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Does any process have the folder? Asks the kernel, changes nothing. Throws where there is no such folder. */
export const isHeld = async (folder: string): Promise<boolean> =>
  isAlive(addressOf(await realpath(folder), process.platform));

/**
 * Where the lock of a folder is. Linux: an abstract socket, which has no file. Windows: a named pipe. Elsewhere: a
 * socket file in the folder, or under /tmp where its path would be too long. `path`: without links.
 */
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
 * A socket's file stays when its process dies: it is removed, and the lock bound anew. One process at a time does so,
 * and looks once more when it is the one: of two who start at once, neither removes what the other has bound.
 */
async function takeOver(address: string): Promise<Server | undefined> {
  if (address.startsWith('\0') || address.startsWith('\\\\') || (await isAlive(address))) return undefined;
  const turn = `${address}.over`;
  if (!(await takeTurn(turn))) return undefined;
  try {
    if (await isAlive(address)) return undefined;
    await rm(address, { force: true });
    return await bind(address);
  } finally {
    await rm(turn, { force: true });
  }
}

const longestTurn = 10_000; // ms: one that lasts longer belongs to a process that died

/** True for the one who made the file. */
async function takeTurn(turn: string): Promise<boolean> {
  const make = (): Promise<boolean> =>
    open(turn, 'wx', 0o600).then(
      async (file) => {
        await file.close();
        return true;
      },
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false;
        throw notWritable('The run cannot be locked', error);
      },
    );
  if (await make()) return true;
  const since = await stat(turn).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );
  if (Date.now() - since < longestTurn) return false;
  await rm(turn, { force: true });
  return make();
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
