import type { Server } from 'node:http';
import { onTestFinished } from 'vitest';

/** The address of a server that listens on loopback from now on, until the test ends. */
export async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server got no port');
  return `http://127.0.0.1:${address.port}`;
}
