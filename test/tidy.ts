import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Once for a start of the tests. What they and the programs that they start make, they make in `tmpdir()`: in a folder of
// this start, which goes when it ends.

const mine = 'CW_TESTS_FOLDER';

export default function setup(): (() => void) | undefined {
  // Every project of vitest's comes by here.
  if (process.env[mine] !== undefined) return undefined;
  const { TMPDIR } = process.env;
  const folder = mkdtempSync(join(tmpdir(), 'cw-tests-'));
  Object.assign(process.env, { TMPDIR: folder, [mine]: folder });
  return () => {
    delete process.env[mine];
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    opened(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
}

/** What tests have closed can be removed only when it is open again. */
function opened(folder: string): void {
  chmodSync(folder, 0o700);
  for (const one of readdirSync(folder, { withFileTypes: true }))
    if (one.isDirectory()) opened(join(folder, one.name));
}
