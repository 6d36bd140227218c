import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { listen } from './listener.ts';

export interface Interceptor {
  readonly url: string; // https://127.0.0.1:<port>
  readonly certificate: string; // PEM; it is its own issuer
  close(): Promise<void>;
}

/** What a proxy does that looks into TLS: answers in AWS's place, with a certificate of its own. */
export async function intercept(answer: RequestListener): Promise<Interceptor> {
  const { default: selfsigned } = await import('selfsigned'); // large, and rarely asked for
  const { private: key, cert } = await selfsigned.generate(
    [{ name: 'commonName', value: 'Example Corp Web Proxy' }],
    {
      keyType: 'ec',
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
      ],
    },
  );
  const { port, close } = await listen(createServer({ key, cert }, answer));
  return { url: `https://127.0.0.1:${port}`, certificate: cert, close };
}
