import { execFileSync } from 'node:child_process';
import { median } from './numbers.ts';

/** How long this Node takes to start and do nothing: ms, what every other time is divided by. */
export async function bareStart(
  node: string,
): Promise<{ readonly version: string; readonly median: number; readonly runs: number }> {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  const runs = 25;
  const times = Array.from({ length: runs }, () => {
    const from = performance.now();
    execFileSync(node, ['-e', '0']);
    return performance.now() - from;
  });
  return { version, median: median(times), runs };
}
