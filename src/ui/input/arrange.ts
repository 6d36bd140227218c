import { memoizeEach } from '../../model/text/memoize.ts';
import { nameKey } from '../../model/text/name-key.ts';
import type { Row } from './row.ts';

/** What a row is sorted by: its name as a person compares it, made once. */
const keyOf = memoizeEach(({ label }: Row) => nameKey(label));

/**
 * Rows by name, each under its heading; headings in the order in which they first came, then those that cannot be
 * chosen, and what stands apart last.
 * `rows` are in that order already.
 */
export function arranged(rows: readonly Row[], more: readonly Row[]): readonly Row[] {
  const ranks = new Map<string | undefined, number>();
  for (const all of [rows, more])
    for (const { group, apart, not } of all)
      if (!apart && not === undefined && !ranks.has(group)) ranks.set(group, ranks.size);
  const rankOf = ({ group, apart, not }: Row): number => {
    if (apart) return ranks.size + 1;
    return not === undefined ? (ranks.get(group) ?? 0) : ranks.size;
  };
  const before = (one: Row, other: Row): boolean => {
    const [a, b] = [rankOf(one), rankOf(other)];
    return a === b ? keyOf(one) < keyOf(other) : a < b;
  };
  const sorted = more.toSorted((one, other) => (before(one, other) ? -1 : before(other, one) ? 1 : 0));
  const all: Row[] = new Array(rows.length + sorted.length);
  let [from, to] = [0, 0];
  for (const next of sorted) {
    const place = placeFor((row) => before(next, row), rows, from);
    while (from < place) all[to++] = rows[from++] as Row;
    all[to++] = next;
  }
  while (from < rows.length) all[to++] = rows[from++] as Row;
  return all;
}
/** Where the rows begin, from this one on, that stand behind something: they are halved, because a list may have 100,000. */
function placeFor(isBehind: (row: Row) => boolean, rows: readonly Row[], from: number): number {
  let [low, high] = [from, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row && isBehind(row)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How many rows stand under each heading, without those that stand apart. Counted once for the same rows. */
export const countsOf = memoizeEach((rows: readonly Row[]): ReadonlyMap<string | undefined, number> => {
  const found = new Map<string | undefined, number>();
  for (const { group, apart } of rows) if (!apart) found.set(group, (found.get(group) ?? 0) + 1);
  return found;
});
export const countOf = (rows: readonly Row[]): number =>
  [...countsOf(rows).values()].reduce((sum, count) => sum + count, 0);
