import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

/** No letters that look like digits. */
const characters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What a new run is called, or a hand-off: when it was made, and 80 bits of chance. A ULID. */
export function newId(): string {
  let [left, time] = [Date.now(), ''];
  for (; time.length < 10; left = Math.floor(left / 32)) time = `${characters[left % 32]}${time}`;
  return `${time}${Array.from(chance(16), (byte) => characters[byte % 32]).join('')}`;
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
