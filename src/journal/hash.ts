import { createHash } from 'node:crypto';

/** SHA-256, hexadecimal, of the bytes as they are on disk; of texts, of their UTF-8 bytes. */
export const sha256 = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};
