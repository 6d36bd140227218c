import { plainAccountId } from '../../model/text/account-id.ts';
import { memoizeEach } from '../../model/text/memoize.ts';
import { idOf, type Row } from './row.ts';

/** What is searched of a row: its name, its id, and what is known of it, in small letters, made once. */
const keyOf = memoizeEach((row: Row) => [row.label, idOf(row), ...(row.facts ?? [])].join(' ').toLowerCase());

interface Found {
  readonly sought: string;
  readonly rows: readonly Row[];
}
/** Looks in a list for a text. What was found for its beginnings is kept: the next letter looks only through what is left. */
const searchOf = memoizeEach((rows: readonly Row[]) => {
  let earlier: readonly Found[] = [];
  return (sought: string): readonly Row[] => {
    const before = earlier.filter((one) => sought.startsWith(one.sought));
    const last = before.at(-1);
    if (last?.sought === sought) return last.rows;
    const found = (last?.rows ?? rows).filter((row) => row.apart === true || keyOf(row).includes(sought));
    earlier = [...before, { sought, rows: found }];
    return found;
  };
});

/** The rows in which a text stands, whether in capitals or not, and what stands apart. The same rows and text give the same array. */
export function search(rows: readonly Row[], text: string): readonly Row[] {
  const sought = plainAccountId(text.toLowerCase());
  return sought === '' ? rows : searchOf(rows)(sought);
}

/** A text in pieces, with those marked that are sought. */
export function pieces(
  text: string,
  sought: string,
): readonly { readonly text: string; readonly found: boolean }[] {
  const [low, small] = [text.toLowerCase(), sought.toLowerCase()];
  const at = low.indexOf(small);
  // Few letters are longer in small: where they stand cannot be told then.
  if (small === '' || at < 0 || low.length !== text.length) return [{ text, found: false }];
  const end = at + small.length;
  return [
    { text: text.slice(0, at), found: false },
    { text: text.slice(at, end), found: true },
    { text: text.slice(end), found: false },
  ].filter((piece) => piece.text !== '');
}
