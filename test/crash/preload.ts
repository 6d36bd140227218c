import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rig } from './rig.ts';

/** What happens at the n-th operation on files, 1 the first. */
export type What =
  | 'die-before'
  | 'die-after'
  | 'die-torn' // half of what is written arrives
  | 'short' // half of it is taken, and said so
  | 'ENOSPC' // refused, once
  | 'EIO'
  | 'full'; // from here on no write finds room, until a file is removed

export interface Plan {
  readonly at?: number;
  readonly what?: What;
}
/** An operation on a file in the state folder, before it is done. `data`: what is taken of it, base64. */
export interface Operation {
  readonly n: number;
  readonly op:
    | 'open'
    | 'mkdir'
    | 'write'
    | 'writeFile'
    | 'sync'
    | 'datasync'
    | 'truncate'
    | 'rename'
    | 'unlink';
  readonly path: string;
  readonly flags?: string;
  readonly data?: string;
  readonly size?: number;
  readonly to?: string;
}
export type Row =
  | Operation
  | { readonly n: number; readonly done: true }
  /** A request to AWS is begun. `agent`: its user agent. */
  | { readonly request: string; readonly agent: string }
  | { readonly refused: 'ENOSPC' | 'EIO' };
export const isOperation = (row: Row): row is Operation => 'op' in row;

const file = join(import.meta.dirname, 'preload.cjs');
const reportOf = (rig: Rig): string => join(rig.folder, 'operations.jsonl');

/** The environment that makes a start of the program watch itself. */
export const watched = (rig: Rig, plan: Plan = {}): NodeJS.ProcessEnv => ({
  NODE_OPTIONS: `--require "${file}"`,
  CW_CRASH_PLAN: JSON.stringify({ home: rig.home, report: reportOf(rig), ...plan }),
});

/** What the watched starts of a rig did, in order. */
export async function rowsOf(rig: Rig): Promise<readonly Row[]> {
  const text = await readFile(reportOf(rig), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
}
