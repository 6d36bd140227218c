import { createHash } from 'node:crypto';

/** SHA-256, hexadecimal, of a JSON value as `JSON.stringify` writes it; of a text, of its UTF-8 bytes. */
export const fingerprint = (value: unknown): string =>
  createHash('sha256')
    .update(typeof value === 'string' ? value : JSON.stringify(value))
    .digest('hex');
