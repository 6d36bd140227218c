import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before a simulator, and keeps back the answers to one operation: the call is in flight for as long as it takes. */
export interface Gate {
  readonly url: string;
  /** From now on keeps back the answers to an operation (RegisterDelegatedAdministrator). */
  hold(operation: string): void;
  /** Resolves when the first answer is kept back. What was asked for has taken effect by then. */
  readonly held: Promise<void>;
  /** Lets the answers through, those kept back and those to come. */
  open(): void;
  close(): Promise<void>;
}

export async function openGate(simulator: string): Promise<Gate> {
  const holding = new Set<string>();
  const first = latch();
  const opened = latch();
  const server = createServer(async (asked, answer) => {
    const body = await whole(asked);
    const { method, headers, url: path } = asked;
    // The headers stay as they are: they are signed.
    const onward = request(new URL(path ?? '/', simulator), { method, headers }, async (answered) => {
      const text = await whole(answered);
      if (holding.has(nameOf(headers['x-amz-target'], body))) {
        first.open();
        await opened.passed;
      }
      answer.writeHead(answered.statusCode ?? 500, answered.headers).end(text);
    });
    onward.on('error', () => answer.destroy());
    onward.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold: (operation) => void holding.add(operation),
    held: first.passed,
    open: opened.open,
    close: async () => {
      opened.open();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function latch() {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}

async function whole(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
/** JSON protocols name the operation in a header, STS in the body. */
const nameOf = (target: string | string[] | undefined, body: Buffer): string =>
  (target === undefined ? /Action=(\w+)/.exec(body.toString())?.[1] : String(target).split('.').at(-1)) ?? '';
