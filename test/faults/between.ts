import { createServer, request as send } from 'node:http';
import { listening } from './listening.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
}
/** Stands between a client and a simulator. `instead`: what is answered in its place, by the operation (`sso:ListInstances`) and AWS's answer. */
export async function between(
  target: string,
  instead: (operation: string, answer: Answer) => Answer,
): Promise<string> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const operation = operationOf(request, Buffer.concat(parts).toString());
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
    onward.on('error', () => response.destroy());
    onward.end(Buffer.concat(parts));
  });
  return await listening(server);
}

const services: Readonly<Record<string, string>> = {
  AWSOrganizationsV20161128: 'organizations',
  SWBExternalService: 'sso',
  AWSIdentityStore: 'identitystore',
};
type Asked = { readonly headers: Readonly<Record<string, unknown>>; readonly url?: string | undefined };
function operationOf({ headers, url = '/' }: Asked, asked: string): string {
  const [prefix = '', name = ''] = String(headers['x-amz-target'] ?? '').split('.');
  if (services[prefix]) return `${services[prefix]}:${name}`;
  const [, action] = /(?:^|&)Action=(\w+)/.exec(asked) ?? [];
  if (action !== undefined) return `${action === 'GetCallerIdentity' ? 'sts' : 'iam'}:${action}`;
  return url === '/' ? 'query' : `account:${url.slice(1).replace(/^./, (first) => first.toUpperCase())}`;
}
