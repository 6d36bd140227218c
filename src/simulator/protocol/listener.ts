import type { IncomingMessage, Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { Received } from './signature.ts';

/** A server that listens, and can be made to go away. */
export interface Listener {
  readonly port: number;
  /** For so many milliseconds nothing listens; connections break. */
  away(ms: number): void;
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1. `wanted`: the port; 0: any that is free. Throws what the system says: that the port is taken,
 * say.
 */
export async function listen(server: Server | TlsServer, wanted = 0): Promise<Listener> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The simulator got no port.');
  const { port } = address;
  let back: NodeJS.Timeout | undefined;
  const stop = (stopped?: () => void): void => {
    clearTimeout(back);
    server.close(stopped);
    server.closeAllConnections();
  };
  return {
    port,
    away(ms) {
      stop();
      back = setTimeout(() => server.listen(port, '127.0.0.1'), ms);
    },
    close: () => new Promise((resolve) => stop(() => resolve())),
  };
}

/** AWS's limit for a request of these services is about this. */
const largest = 1_048_576;

/** A request as it arrived, read to its end; `undefined` when its body has more than 1 MiB. */
export async function receive(request: IncomingMessage): Promise<Received | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const chunk = part as Buffer;
    size += chunk.length;
    if (size <= largest) parts.push(chunk); // the rest is read and thrown away, so that the answer arrives
  }
  if (size > largest) return undefined;
  const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value ?? ''),
    ]),
  );
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers,
    body: Buffer.concat(parts),
  };
}
