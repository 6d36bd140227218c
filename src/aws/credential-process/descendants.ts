import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * The processes that descend from one, itself last. For a command that has our terminal: it is in our own process group,
 * which cannot be signalled as a whole.
 */
export function descendants(pid: number): readonly number[] {
  const parents = parentsNow();
  const below = (one: number): readonly number[] => [
    ...parents.flatMap(([child, parent]) => (parent === one ? below(child) : [])),
    one,
  ];
  return below(pid);
}

type Parents = readonly (readonly [child: number, parent: number])[];
function parentsNow(): Parents {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        try {
          // The name stands in brackets, and may hold anything.
          const [, parent] = /\) \S (\d+) [^)]*$/.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
          return parent === undefined ? [] : [[Number(name), Number(parent)] as const];
        } catch {
          return []; // it has ended meanwhile
        }
      });
  } catch {
    const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8', timeout: 2_000 });
    return [...(stdout ?? '').matchAll(/^\s*(\d+)\s+(\d+)\s*$/gm)].map(
      ([, child, parent]) => [Number(child), Number(parent)] as const,
    );
  }
}
