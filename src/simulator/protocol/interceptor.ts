import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { certificateOf } from './certificate.ts';
import { listen } from './listener.ts';

/** A proxy that looks into TLS, and listens. */
export interface Interceptor {
  readonly url: string; // https://127.0.0.1:<port>
  readonly certificate: string; // PEM; it is its own issuer
  close(): Promise<void>;
}

/**
 * What a proxy does that looks into TLS: answers in AWS's place, with a certificate of its own. On 127.0.0.1, until it
 * is closed.
 */
export async function intercept(answer: RequestListener): Promise<Interceptor> {
  const certificate = certificateOf('Example Corp Web Proxy');
  const { port, close } = await listen(createServer({ ...certificate }, answer));
  return { url: `https://127.0.0.1:${port}`, certificate: certificate.cert, close };
}
