import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import { onTestFinished } from 'vitest';

/** What was answered, to be changed in place or replaced. */
export interface Passing {
  readonly operation: string; // ListInstances
  readonly body: string;
  readonly status: number;
}
type Altered = { readonly body?: string; readonly status?: number } | undefined;

/** In front of a simulator: hands every request on, and lets answers be altered on the way back. */
export async function altering(url: string, alter: (passing: Passing) => Altered): Promise<string> {
  const { port } = new URL(url);
  const server = createServer(async (asked, response) => {
    const parts: Buffer[] = [];
    for await (const part of asked) parts.push(part as Buffer);
    const sent = Buffer.concat(parts);
    const target = String(asked.headers['x-amz-target'] ?? '');
    const [, action] = /(?:^|&)Action=(\w+)/.exec(sent.toString()) ?? [];
    // Account Management's are paths: /getAccountInformation.
    const path = (asked.url ?? '').slice(1).replace(/^./, (one) => one.toUpperCase());
    const operation = target.split('.')[1] ?? action ?? path;
    const onward = request(
      {
        port,
        host: '127.0.0.1',
        method: asked.method,
        path: asked.url,
        headers: asked.headers,
        agent: false,
      },
      async (answer) => {
        const got: Buffer[] = [];
        for await (const part of answer) got.push(part as Buffer);
        const [body, status] = [Buffer.concat(got).toString(), answer.statusCode ?? 0];
        const changed = alter({ operation, body, status }) ?? {};
        const {
          'content-length': _,
          'transfer-encoding': __,
          ...headers
        }: IncomingHttpHeaders = answer.headers;
        response.writeHead(changed.status ?? status, headers).end(changed.body ?? body);
      },
    );
    onward.on('error', () => response.destroy());
    onward.end(sent);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server got no port');
  return `http://127.0.0.1:${address.port}`;
}

/** Alters the JSON of the answers of one operation. */
export const inAnswersOf =
  (operation: string, change: (body: Record<string, unknown>) => unknown) =>
  (passing: Passing): Altered => {
    if (passing.operation !== operation) return undefined;
    const body = JSON.parse(passing.body) as Record<string, unknown>;
    const changed = change(body);
    return { body: JSON.stringify(changed ?? body) };
  };
