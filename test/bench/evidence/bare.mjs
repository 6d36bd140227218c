// What verifying a journal is measured against: each line read as JSON, and hashed once. Nothing is compared. With a second
// argument each hash is made in the usual way, by an object of its own; without, by the fastest that Node has.
import { createHash, hash } from 'node:crypto';
import { openSync, readSync } from 'node:fs';

const sha256 = process.argv[3]
  ? (line) => createHash('sha256').update(line).digest('hex')
  : (line) => hash('sha256', line);
const file = openSync(process.argv[2], 'r');
const buffer = Buffer.allocUnsafeSlow(256 * 1024);
let have = 0;
for (;;) {
  const read = readSync(file, buffer, have, buffer.length - have, null);
  if (read === 0) break;
  have += read;
  let start = 0;
  for (;;) {
    const end = buffer.indexOf(0x0a, start);
    if (end < 0 || end >= have) break;
    const line = buffer.subarray(start, end);
    sha256(line);
    JSON.parse(line.toString());
    start = end + 1;
  }
  buffer.copyWithin(0, start, have);
  have -= start;
}
