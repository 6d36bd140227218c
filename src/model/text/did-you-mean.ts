import { closest, distance } from 'fastest-levenshtein';

/** “Did you mean …? ”, where one of the names is so near that it may be meant; else nothing. */
export function didYouMean(wanted: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const begun = names.filter((name) => wanted.length > 2 && name.startsWith(wanted));
  const [near = closest(wanted, [...names])] = [...names.filter((name) => isSwapped(wanted, name)), ...begun];
  const isNear =
    isSwapped(wanted, near) ||
    begun.includes(near) ||
    distance(wanted, near) <= Math.max(1, 0.4 * wanted.length);
  return isNear ? `Did you mean “${near}”? ` : '';
}
/** Two letters beside each other in the wrong order: 'rnu'. */
function isSwapped(wanted: string, name: string): boolean {
  const at = [...wanted].findIndex((letter, n) => letter !== name[n]);
  const [before, one = '', other = '', after] = [
    wanted.slice(0, at),
    wanted[at],
    wanted[at + 1],
    wanted.slice(at + 2),
  ];
  return at >= 0 && other !== '' && `${before}${other}${one}${after}` === name;
}
