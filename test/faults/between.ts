import { createServer, request as send } from 'node:http';
import { listening } from './listening.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
}
/** Stands between a client and a simulator. `instead`: what is answered in its place, by the operation and AWS's answer. */
export async function between(
  target: string,
  instead: (operation: string, answer: Answer) => Answer,
): Promise<string> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    const { hostname, port } = new URL(target);
    const onward = send(
      { hostname, port, path: request.url, method: request.method, headers: request.headers },
      async (answer) => {
        const got: Buffer[] = [];
        for await (const part of answer) got.push(part as Buffer);
        const { status, body } = instead(operation, {
          ...{ status: answer.statusCode ?? 500, body: Buffer.concat(got).toString() },
        });
        const { 'content-length': _, 'transfer-encoding': __, ...headers } = answer.headers;
        response.writeHead(status, headers).end(body);
      },
    );
    onward.end(Buffer.concat(parts));
  });
  return await listening(server);
}
