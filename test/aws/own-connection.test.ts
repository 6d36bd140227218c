import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { json, tags, to, write } from './hostile.ts';

test('reads share a connection; a write opens its own, which nobody can have closed meanwhile', async () => {
  const ports: (number | undefined)[] = [];
  const server = createServer(async (request, response) => {
    for await (const _ of request);
    ports.push(request.socket.remotePort);
    json(response, 200, { Instances: [], PermissionSet: {} });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') return expect.fail();
  const aws = to(`http://127.0.0.1:${address.port}`);
  await aws.read('sso:ListInstances', {});
  await aws.read('sso:ListInstances', {});
  await aws.send(write, tags);
  await aws.send(write, tags);
  const [first, second, ...writes] = ports;
  expect(second).toBe(first);
  expect(new Set([first, ...writes]).size).toBe(3);
});
