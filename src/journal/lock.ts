import { realpath, unlink } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { fingerprint } from '../model/fingerprint.ts';
import { JournalError, notWritable } from './errors.ts';

/** Held until it is released, or the process dies: the kernel frees it then. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Makes this process the one writer of a folder. A bound local socket is the lock: unlike a lease it outlives a paused
 * process, and unlike a file it does not outlive a dead one. Throws `JournalError` 'locked' with the holder's words.
 */
export async function lock(folder: string, holder: string): Promise<Lock> {
  const address = addressOf(await realpath(folder));
  for (const again of [true, false]) {
    const server = await bind(address, holder);
    if (server) return { release: () => new Promise((resolve) => server.close(() => resolve())) };
    const told = await askHolder(address);
    if (told === 'nobody' && again && process.platform !== 'linux' && process.platform !== 'win32')
      await unlink(address).catch(() => undefined); // the file of a socket whose process died
    else
      throw new JournalError(
        'locked',
        `This run is open in another window: ${told === 'nobody' || told === '' ? 'a process that does not answer' : told}.`,
        'Go on there, or close it first. Two programs must not write to one run.',
      );
  }
  throw new Error('unreachable');
}

/** Linux: an abstract socket, which has no file. Windows: a named pipe. Elsewhere: a socket file in the folder. */
function addressOf(folder: string): string {
  const name = `cw-runbook-${fingerprint(folder).slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(folder, 'lock');
}

const bind = (address: string, holder: string): Promise<Server | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer((visitor) => {
      visitor.on('error', () => undefined);
      visitor.end(holder);
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(notWritable('The run cannot be locked', error));
    });
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });

/** What the holder says of itself. '' when it does not answer in time: it may be paused. */
const askHolder = (address: string): Promise<string> =>
  new Promise((resolve) => {
    let text = '';
    const visitor: Socket = connect(address);
    const end = (told: string): void => {
      visitor.destroy();
      resolve(told);
    };
    visitor.setTimeout(1_000, () => end(text));
    visitor.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    visitor.on('end', () => end(text));
    visitor.on('error', () => end(text || 'nobody'));
  });
