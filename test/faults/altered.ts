import { createServer, request as send } from 'node:http';
import { onTestFinished } from 'vitest';

/** Where in an answer, and what stands there instead. `undefined`: nothing. */
export interface Alteration {
  readonly operation: string; // sso:ListInstances
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}
export const values: readonly (readonly [name: string, value: unknown])[] = [
  ['null', null],
  ['{}', {}],
  ['[]', []],
  ['0', 0],
  ['""', ''],
  ['a long text', 'x'.repeat(200_000)],
  ['missing', undefined],
];

const services: Readonly<Record<string, string>> = {
  AWSOrganizationsV20161128: 'organizations',
  SWBExternalService: 'sso',
  AWSIdentityStore: 'identitystore',
};
type Asked = { readonly headers: Readonly<Record<string, unknown>>; readonly url?: string | undefined };
function operationOf({ headers, url = '/' }: Asked): string {
  const [prefix = '', name = ''] = String(headers['x-amz-target'] ?? '').split('.');
  if (services[prefix]) return `${services[prefix]}:${name}`;
  return url === '/' ? 'query' : `account:${url.slice(1).replace(/^./, (first) => first.toUpperCase())}`;
}

/** All paths to members of an answer; of a list the first element stands for all. */
export function pathsIn(value: unknown, path: Alteration['path'] = []): readonly Alteration['path'][] {
  if (Array.isArray(value))
    return value.length === 0 ? [] : [[...path, 0], ...pathsIn(value[0], [...path, 0])];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([member, one]) => [
    [...path, member],
    ...pathsIn(one, [...path, member]),
  ]);
}
function altered(value: unknown, [member, ...rest]: Alteration['path'], by: unknown): unknown {
  if (member === undefined) return by;
  if (typeof value !== 'object' || value === null || !(member in value)) return value;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...value };
  const inner = altered(Reflect.get(copy, member), rest, by);
  if (inner === undefined && Array.isArray(copy)) copy.splice(Number(member), 1);
  else Reflect.set(copy, member, inner);
  return copy;
}

/** What stands between a client and a simulator, and writes down or alters the answers in JSON. */
export async function between(target: string) {
  const seen = new Map<string, unknown>();
  let alteration: Alteration | undefined;
  let struck = 0;
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const operation = operationOf(request);
    const { hostname, port } = new URL(target);
    const onward = send(
      { hostname, port, path: request.url, method: request.method, headers: request.headers },
      async (answer) => {
        const got: Buffer[] = [];
        for await (const part of answer) got.push(part as Buffer);
        let body = Buffer.concat(got).toString();
        if (answer.statusCode === 200 && body.startsWith('{')) {
          const value: unknown = JSON.parse(body);
          // The fullest tells of the most members.
          if (body.length > JSON.stringify(seen.get(operation) ?? '').length) seen.set(operation, value);
          if (alteration?.operation === operation) {
            const now = JSON.stringify(altered(value, alteration.path, alteration.value) ?? {});
            if (now !== JSON.stringify(value)) struck += 1;
            body = now;
          }
        }
        const { 'content-length': _, 'transfer-encoding': __, ...headers } = answer.headers;
        response.writeHead(answer.statusCode ?? 500, headers).end(body);
      },
    );
    onward.on('error', () => response.destroy());
    onward.end(Buffer.concat(parts));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server got no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    struck: () => struck,
    alter: (by: Alteration | undefined): void => {
      alteration = by;
      struck = 0;
    },
  };
}
