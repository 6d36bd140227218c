import { X509Certificate } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { request } from 'node:https';
import { expect, test } from 'vitest';
import { certificateOf } from '../../src/simulator/protocol/certificate.ts';
import { intercept } from '../../src/simulator/protocol/interceptor.ts';

test.each(['2026-02-03T04:05:06Z', '2050-01-01T00:00:00Z'])(
  'a certificate made at %s says who it is of, for how long, and has its own signature',
  (now) => {
    const { cert, key } = certificateOf('Example Corp Web Proxy', [], new Date(now));
    const read = new X509Certificate(cert);
    expect(read.subject).toBe('CN=Example Corp Web Proxy');
    expect(read.issuer).toBe(read.subject);
    expect(read.ca).toBe(true);
    expect(read.subjectAltName).toBe('IP Address:127.0.0.1');
    expect(read.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(read.verify(read.publicKey)).toBe(true);
    expect(new Date(read.validTo).getTime() - new Date(read.validFrom).getTime()).toBe(366 * 86_400_000);
    expect(new Date(read.validFrom).getTime()).toBe(new Date(now).getTime() - 86_400_000);
    expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  },
);

test('of host names', () => {
  const read = new X509Certificate(certificateOf('AWS', ['*.amazonaws.com', 'example.com']).cert);
  expect(read.subjectAltName).toBe('DNS:*.amazonaws.com, DNS:example.com');
});

const answer: RequestListener = (_, response) => void response.end('answered');
const statusOf = (url: string, ca?: string): Promise<string> =>
  new Promise((resolve) => {
    request(url, { ...(ca ? { ca } : {}) }, (response) => resolve(`${response.resume().statusCode}`))
      .on('error', (error: NodeJS.ErrnoException) => resolve(`${error.code}`))
      .end();
  });
test('whoever trusts it gets an answer, and nobody else', async () => {
  const { url, certificate, close } = await intercept(answer);
  expect(await statusOf(url, certificate)).toBe('200');
  expect(await statusOf(url)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  await close();
});
