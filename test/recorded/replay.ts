import { createServer, request as send } from 'node:http';
import { onTestFinished } from 'vitest';
import { askedOf } from '../../src/simulator/protocol/codec.ts';
import { listen, receive } from '../../src/simulator/protocol/listener.ts';
import { isQuery } from '../../src/simulator/protocol/model.ts';
import { xmlRefusal } from '../../src/simulator/protocol/query.ts';
import type { Received } from '../../src/simulator/protocol/signature.ts';
import type { Exchange, Members, RecordedError } from './exchange.ts';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
export interface Replay {
  readonly url: string;
  /** From now on these are played. */
  play(rows: readonly Exchange[]): void;
  /** The operations that were answered from the record. */
  readonly played: readonly string[];
}

/**
 * Stands before the simulator: answers as was recorded, and passes everything else on. A recorded answer gives its form to
 * the simulator's, whose ids, names and dates stay: the organization behind it is one.
 */
export async function replaying(simulator: string): Promise<Replay> {
  const played: string[] = [];
  const left = new Map<Exchange, number>();
  const answer = async (received: Received): Promise<Answer> => {
    const asked = askedOf(received);
    const operation = asked && `${asked.service}:${asked.operation}`;
    const row = [...left].find(([one, times]) => one.operation === operation && times > 0)?.[0];
    if (!asked || !row) return passedOn(simulator, received);
    if (row.error) {
      count(row);
      return refusing(asked.service, row.error);
    }
    const given = await passedOn(simulator, received);
    if (given.status >= 300) return given;
    count(row);
    return { ...given, body: JSON.stringify(formed(row.answer, JSON.parse(given.body) as unknown)) };
  };
  const count = (row: Exchange): void => {
    played.push(row.operation);
    left.set(row, (left.get(row) ?? 0) - 1);
  };
  const server = createServer((request, response) => {
    receive(request)
      .then((received) => {
        if (received === undefined) throw new Error('The request is too large');
        return answer(received);
      })
      .then(({ status, headers, body }) => response.writeHead(status, headers).end(body))
      .catch(() => response.destroy());
  });
  const { port, close } = await listen(server, 0);
  onTestFinished(close);
  const play = (rows: readonly Exchange[]): void => {
    for (const row of rows) left.set(row, timesOf(row));
  };
  return { url: `http://127.0.0.1:${port}`, play, played };
}

const timesOf = ({ answer, play = {} }: Exchange): number => {
  const { times = answer === undefined ? 1 : 'always' } = play;
  return times === 'always' ? Number.POSITIVE_INFINITY : times;
};

async function passedOn(
  simulator: string,
  { method, path, query, headers, body }: Received,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // The host stays the one that was signed for.
    const asked = query.size === 0 ? path : `${path}?${query}`;
    const request = send(`${simulator}${asked}`, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: kept(response.headers),
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}
const kept = (headers: NodeJS.Dict<string | string[]>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' && !/^(content-length|connection|transfer-encoding|keep-alive)$/.test(name)
        ? [[name, value]]
        : [],
    ),
  );

function refusing(
  service: Parameters<typeof isQuery>[0],
  { name, status, message = '', members }: RecordedError,
): Answer {
  const requestId = '25bf4416-48a7-434d-8d85-91a4575b7d5d';
  const headers = { 'x-amzn-requestid': requestId };
  if (isQuery(service))
    return {
      status,
      headers: { ...headers, 'content-type': 'text/xml' },
      body: xmlRefusal(service, { code: name, message, status }, requestId),
    };
  return {
    status,
    headers: { ...headers, 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': name },
    body: JSON.stringify({ __type: name, message, ...members }),
  };
}

/** Members that say how it stands: as recorded. */
const told: ReadonlySet<string> = new Set(['Status', 'FailureReason']);

/** The recorded answer's members, with what the simulator has in them. */
function formed(real: unknown, simulated: unknown): unknown {
  // Where nothing is recorded, and the simulator has something: that.
  if (real === null || real === undefined) return isNothing(simulated) ? real : simulated;
  if (Array.isArray(real) && Array.isArray(simulated))
    return real.length === 0 ? simulated : simulated.map((item) => formed(real[0], item));
  if (!isObject(real) || !isObject(simulated)) return simulated ?? real;
  return Object.fromEntries(
    Object.entries(real).flatMap(([name, value]): [string, unknown][] => {
      return [[name, told.has(name) ? value : formed(value, simulated[name])]];
    }),
  );
}
const isNothing = (value: unknown): boolean =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
