/**
 * The root of a list of hashes, as they come in: they are written one behind the other in groups of 64, and each group is
 * hashed, again and again until one is left. The number of hashes, which stands beside a root, says how they were grouped.
 */
export interface Tree {
  add(hash: string): void;
  /** How many were added. */
  count(): number;
  /** The root of all that were added: the hash itself where there is one. */
  root(): string;
}
const group = 64;

/** `sha256`: hexadecimal, of a text's bytes. */
export function treeOf(sha256: (text: string) => string, hashes: Iterable<string> = []): Tree {
  const levels: string[][] = []; // of each, what does not fill a group yet
  let count = 0;
  const put = (hash: string, level: number): void => {
    const all = levels[level] ?? [];
    levels[level] = all;
    all.push(hash);
    if (all.length < group) return;
    levels[level] = [];
    put(sha256(all.join('')), level + 1);
  };
  const add = (hash: string): void => {
    count++;
    put(hash, 0);
  };
  for (const hash of hashes) add(hash);
  return {
    add,
    count: () => count,
    root: () => {
      let below: string | undefined;
      for (let level = 0; ; level++) {
        const all = [...(levels[level] ?? []), ...(below === undefined ? [] : [below])];
        if (level >= levels.length - 1 && all.length < 2) return all[0] ?? sha256('');
        below = all.length === 0 ? undefined : sha256(all.join(''));
      }
    },
  };
}
