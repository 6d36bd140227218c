import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { ulid } from 'ulid';

/** What a new run is called, or a hand-off: when it was made, and 80 bits of chance. */
export function newId(): string {
  const bytes = chance(16);
  let next = 0;
  return ulid(undefined, () => (bytes[next++] ?? 0) / 256);
}

/** From the system itself, where it has a file for it: Node needs a tenth of its own start to load what has it otherwise. */
function chance(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  try {
    const file = openSync('/dev/urandom', 'r');
    try {
      if (readSync(file, bytes) === length) return bytes;
    } finally {
      closeSync(file);
    }
  } catch {
    // Windows has none.
  }
  return randomBytes(length);
}
