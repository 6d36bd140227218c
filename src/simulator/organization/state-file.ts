import { existsSync, statSync } from 'node:fs';
import { type Kept, load, save } from './store.ts';

/** The organization in memory and, where it has a file, the file. */
export interface StateFile {
  readonly kept: Kept;
  /** To be called before each request: another simulator on the same file may have changed the organization. */
  refresh(): void;
  /** On disk when it returns. */
  save(): void;
  /** On disk a moment later, or with the next change, or at the end: for what a crash may take, the ledger's reads. */
  saveSoon(): void;
  close(): void;
}

/**
 * Keeps an organization, in `file` where one is named. `begun`: makes it where there is none, or `fresh` wants another.
 * Several simulators on one file, say two demos, are one organization: each looks whether the file is still the one it
 * wrote, and takes over what another wrote. Looking, performing and writing happen in one go of a few milliseconds,
 * which is all that two of them could overlap. Throws `StateFileError`, as `refresh`, `save` and `close` do.
 */
export function createKeeper(
  file: string | undefined,
  scenario: string,
  begun: () => Kept,
  fresh: boolean,
): StateFile {
  let kept = (file === undefined || fresh ? undefined : load(file, scenario)) ?? begun();
  let written = ''; // which file, as it was written or read last
  let rows = 0; // of the ledger's requests, how many it holds
  let events = 0; // of CloudTrail's
  let soon: NodeJS.Timeout | undefined;

  const write = (): void => {
    clearTimeout(soon);
    soon = undefined;
    if (file === undefined) return;
    save(file, kept);
    written = signOf(file);
    rows = kept.ledger.requests.length;
    events = kept.trail?.length ?? 0;
  };
  const refresh = (): void => {
    if (file === undefined || signOf(file) === written) return;
    const other = load(file, scenario);
    if (other === undefined) return; // it was removed: the next change writes it again
    const last = other.ledger.requests.at(-1)?.n ?? 0;
    const ours = kept.ledger.requests.slice(rows);
    rows = other.ledger.requests.length;
    other.ledger.requests.push(...ours.map((row, index) => ({ ...row, n: last + index + 1 })));
    const news = kept.trail?.slice(events) ?? [];
    events = other.trail?.length ?? 0;
    other.trail?.push(...news);
    kept = other;
    written = signOf(file);
  };

  write();
  return {
    get kept() {
      return kept;
    },
    refresh,
    save: write,
    saveSoon() {
      if (file === undefined) return;
      soon ??= setTimeout(() => {
        soon = undefined;
        refresh();
        write();
      }, 1_000).unref();
    },
    close() {
      refresh();
      write();
    },
  };
}

/** Every replacement of the file makes another inode. */
function signOf(file: string): string {
  if (!existsSync(file)) return '';
  const { ino, mtimeNs, size } = statSync(file, { bigint: true });
  return `${ino} ${mtimeNs} ${size}`;
}
