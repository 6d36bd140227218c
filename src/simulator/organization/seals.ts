import { createHmac, timingSafeEqual } from 'node:crypto';

const proofOf = (seed: string, kind: string, said: string): Buffer =>
  createHmac('sha256', seed).update(kind).update(said).digest();

/**
 * A text that carries a value, with a proof that it was made here for this use: tokens, of which nothing is kept.
 * `value`: JSON. It can be read by anybody, and changed by nobody.
 */
export function seal(seed: string, kind: string, value: unknown): string {
  const said = Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${said}.${proofOf(seed, kind, said).toString('base64url')}`;
}

/**
 * What such a text carries; `undefined` where it was not made here, or for another use. That it is a `T` is not
 * checked: only `seal` makes them.
 */
export function unseal<T>(seed: string, kind: string, text: string): T | undefined {
  const [said = '', proof = ''] = text.split('.');
  const given = Buffer.from(proof, 'base64url');
  const right = proofOf(seed, kind, said);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  return JSON.parse(Buffer.from(said, 'base64url').toString()) as T;
}
