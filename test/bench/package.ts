import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Line } from './start.ts';

/** What is published, as npm packs it. */
export function packageBench(): readonly Line[] {
  const out = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: join(import.meta.dirname, '../..'),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ size, unpackedSize, entryCount }] = JSON.parse(out);
  return [
    { name: 'tarball', value: Math.round(size / 1000), unit: ' kB', goal: 350 },
    { name: 'unpacked', value: Math.round(unpackedSize / 1000), unit: ' kB', goal: 1_100 },
    { name: 'files', value: entryCount, unit: '', goal: 40 },
  ];
}
