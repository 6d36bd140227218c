import type { ServerResponse } from 'node:http';
import type { Outcome } from './pipeline.ts';

const page = `<!DOCTYPE html>
<html><head><title>Guest network</title></head><body><h1>Sign in to use this network</h1></body></html>
`;

/** Sends an answer, or what a fault makes of it. */
export function deliver({ answer, delivery }: Outcome, response: ServerResponse): void {
  if (delivery?.is === 'nothing') return;
  if (delivery?.is === 'reset' || delivery?.is === 'away') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (delivery?.is === 'page') {
    response.writeHead(delivery.status, { 'content-type': 'text/html' }).end(page);
    return;
  }
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  if (delivery?.is === 'half') {
    response.write(body.subarray(0, body.length / 2), () => response.destroy());
    return;
  }
  response.end(body);
}
