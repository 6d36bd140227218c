import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished, vi } from 'vitest';
import { connect } from '../../src/aws/client.ts';
import type { Timeouts } from '../../src/aws/settings/connections.ts';
import type { Aws } from '../../src/model/reader.ts';

export interface Got {
  readonly operation: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server that answers each request, once it is read whole, as it is told to. Closed when the test is over. */
export async function answering(
  answer: (response: ServerResponse, got: Got, n: number) => void,
): Promise<{ readonly url: string; readonly got: readonly Got[] }> {
  const got: Got[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const target = String(request.headers['x-amz-target'] ?? request.url);
    const one = { operation: target.replace(/^.*[./]/, ''), headers: request.headers, body };
    got.push(one);
    answer(response, one, got.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server got no port');
  return { url: `http://127.0.0.1:${address.port}`, got };
}

/**
 * What is set for a time from now on never comes by itself: what is returned lets a minute pass. So a request that is not
 * answered has arrived before it is given up, however busy the machine is.
 */
export function timeStands(): () => void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  return () => void vi.advanceTimersByTime(60_000);
}

export const json = (response: ServerResponse, status: number, value: unknown, code?: string): void => {
  response
    .writeHead(status, {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': 'req-1',
      ...(code === undefined ? {} : { 'x-amzn-errortype': code }),
    })
    .end(JSON.stringify(value));
};

/** Variables of the environment for one test; `undefined` removes one. They are put back afterwards. */
export function environment(set: Readonly<Record<string, string | undefined>>): void {
  const before = { ...process.env };
  for (const name of Object.keys(process.env))
    if (/^(AWS_|HOME$|USERPROFILE$)/.test(name)) delete process.env[name];
  Object.assign(process.env, {
    HOME: '/nowhere',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
    AWS_CONFIG_FILE: '/nowhere/config',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
  for (const [name, value] of Object.entries(set))
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  onTestFinished(() => {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, before);
  });
}

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}
/** A way to `url`, with keys from the environment. */
export function to(
  url: string,
  { accessKeyId, secretAccessKey }: Keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  timeouts?: Timeouts,
  region: string | undefined = 'us-east-1',
): Aws {
  environment({
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  });
  return connect({
    env: process.env,
    actor: 'management',
    source: { kind: 'environment' },
    region,
    program: 'cw-runbook/0.1.0',
    ...(timeouts ? { timeouts } : {}),
  });
}

/** What is thrown. */
export async function thrown(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown');
}

export const write = {
  operation: 'sso:CreatePermissionSet',
  input: {
    InstanceArn: 'arn:aws:sso:::instance/ssoins-1111222233334444',
    Name: 'CodeWhisperer_administrator',
  },
} as const;
export const tags = { run: '01RUN', attempt: 'assign/create#2' } as const;
