import { closest, distance } from 'fastest-levenshtein';

/** “Did you mean …? ”, where one of the names is so near that it may be meant; else nothing. */
export function didYouMean(wanted: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const near = closest(wanted, [...names]);
  return distance(wanted, near) <= Math.max(1, 0.4 * wanted.length) ? `Did you mean “${near}”? ` : '';
}
