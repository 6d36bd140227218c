import { request } from 'node:https';
import { connect } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { agentThrough } from '../../src/aws/settings/proxy.ts';
import { certificateOf } from '../../src/simulator/protocol/certificate.ts';
import { environment } from './hostile.ts';

const portOf = (server: { address(): unknown }): number =>
  (server.address() as { readonly port: number }).port;

test('an https proxy by its IP address: its certificate is checked for that, and Node has nothing to warn of', async () => {
  const { key, cert } = certificateOf('proxy'); // of 127.0.0.1
  const aws = certificateOf('AWS', ['sts.us-east-1.amazonaws.com']);
  const target = createTlsServer(aws, (socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'));
  });
  const asked: unknown[] = [];
  const proxy = createTlsServer({ key, cert }, (socket: TLSSocket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      asked.push(socket.servername);
      const through = connect(portOf(target), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(through).pipe(socket);
      });
      through.on('error', () => socket.destroy());
    });
  });
  for (const server of [target, proxy]) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
  }
  environment({
    HTTPS_PROXY: `https://127.0.0.1:${portOf(proxy)}`,
    https_proxy: undefined,
    NO_PROXY: undefined,
    no_proxy: undefined,
    NODE_TLS_REJECT_UNAUTHORIZED: '0', // nobody has told this process of the two certificates
  });
  const warnings: (string | undefined)[] = [];
  const hear = (warning: Error & { readonly code?: string }): void => void warnings.push(warning.code);
  process.on('warning', hear);
  onTestFinished(() => void process.off('warning', hear));
  const agent = await agentThrough(false, process.env);
  const answer = await new Promise<string>((resolve, reject) => {
    request({ host: 'sts.us-east-1.amazonaws.com', port: 443, path: '/', agent }, (response) => {
      let text = '';
      response.on('data', (part) => {
        text += String(part);
      });
      response.on('end', () => resolve(text));
    })
      .on('error', reject)
      .end();
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(answer).toBe('ok');
  // RFC 6066: no name is sent for an address. A name would be AWS's, which the proxy's certificate is not of.
  expect(asked).toEqual([false]);
  expect(warnings.filter((code) => code === 'DEP0123')).toEqual([]);
});
