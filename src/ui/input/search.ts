import { plainAccountId } from '../../model/text/account-id.ts';
import { idOf, type Row } from './row.ts';

/** What is searched of a row: its name, its id, and what is known of it, in small letters, made once. */
const keys = new WeakMap<Row, string>();
function keyOf(row: Row): string {
  let key = keys.get(row);
  if (key === undefined) {
    key = [row.label, idOf(row), ...(row.facts ?? [])].join(' ').toLowerCase();
    keys.set(row, key);
  }
  return key;
}

interface Found {
  readonly sought: string;
  readonly rows: readonly Row[];
}
/** What was found in a list, for a text and for its beginnings: the next letter looks only through what is left. */
const searches = new WeakMap<readonly Row[], readonly Found[]>();

/** The rows in which a text stands, whether in capitals or not, and what stands apart. The same rows and text give the same array. */
export function search(rows: readonly Row[], text: string): readonly Row[] {
  const sought = plainAccountId(text.toLowerCase());
  if (sought === '') return rows;
  const before = (searches.get(rows) ?? []).filter((one) => sought.startsWith(one.sought));
  const last = before.at(-1);
  if (last?.sought === sought) return last.rows;
  const found = (last?.rows ?? rows).filter((row) => row.apart === true || keyOf(row).includes(sought));
  searches.set(rows, [...before, { sought, rows: found }]);
  return found;
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
