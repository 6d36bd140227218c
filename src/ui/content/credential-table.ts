import { memoizeEach, memoizeLast } from '../../model/text/memoize.ts';
import type { Cells, Row } from '../input/row.ts';
import { pieces } from '../input/search.ts';
import type { Picker } from '../input/state.ts';
import { textIn } from '../input/text-box.ts';
import { cutMiddle } from '../text/cut-middle.ts';
import { fitted, type Line, type Span, span, type Tone, widthOf } from '../text/line.ts';
import type { Page } from '../text/page.ts';

/** What the columns are called, and which of them are drawn in so many columns. */
const heads: Readonly<Record<keyof Cells, string>> = {
  name: 'Profile',
  account: 'Account',
  kind: 'Kind',
  state: 'Now',
};
interface Column {
  readonly of: keyof Cells;
  readonly width: number;
}
const gap = 2;
const lead = 2; // '❯ '
const leastName = 14;
/** Kinds hold names of permission sets, which may be long. */
const mostOfKind = 28;
const leastOfKind = 12;

/**
 * The columns of a table of credentials. Where they do not fit, the kind is cut, then left out; then the account is: what
 * is left out is said of the highlighted row. The name and the state stay.
 */
const columnsFor = (rows: readonly Row[], page: Page): readonly Column[] => laidOut(rows)(page);
/** There may be thousands of rows, and each key draws them. */
const laidOut = memoizeEach((rows: readonly Row[]) => memoizeLast((page: Page) => layOut(rows, page)));
function layOut(rows: readonly Row[], page: Page): readonly Column[] {
  const widest = (of: keyof Cells): number =>
    Math.max(
      widthOf([span(page, heads[of])]),
      rows.reduce((most, { cells }) => Math.max(most, cells ? widthOf([span(page, cells[of])]) : 0), 0),
    );
  const [state, account] = [widest('state'), widest('account')];
  const kind = Math.min(mostOfKind, widest('kind'));
  const name = Math.max(leastName, widest('name'));
  const others = (list: readonly number[]): number => list.reduce((sum, width) => sum + width + gap, lead);
  const room = (list: readonly number[]): number => page.width - others(list);
  const sized = (left: number, list: readonly Column[]): readonly Column[] => [
    { of: 'name', width: Math.max(1, Math.min(name, left)) },
    ...list,
  ];
  // A column in which nothing stands says nothing.
  const tail: readonly Column[] = rows.some(({ cells }) => cells && cells.state !== '')
    ? [{ of: 'state', width: state }]
    : [];
  const middle: Column = { of: 'account', width: account };
  const left = room([account, state]);
  // The kind gets what the names do not need.
  const ofKind = Math.min(kind, left - gap - Math.min(name, Math.max(leastName, left - gap - kind)));
  if (ofKind >= Math.min(kind, leastOfKind))
    return sized(left - gap - ofKind, [middle, { of: 'kind', width: ofKind }, ...tail]);
  if (left >= leastName) return sized(left, [middle, ...tail]);
  return sized(room([state]), tail);
}

interface Drawn {
  readonly lines: readonly Line[];
  /** How many of the rows. */
  readonly rows: number;
}
/**
 * Rows of credentials under one another, the highlighted one among them. The columns are as wide as all of the list
 * needs, whatever is filtered.
 */
export function credentialTable(
  rows: readonly Row[],
  { rows: all, at, filter }: Picker,
  page: Page,
  room: number,
): Drawn {
  const columns = columnsFor(all, page);
  const sought = textIn(filter);
  const whole = room >= 4;
  const size = Math.min(rows.length, Math.max(1, room - (whole ? 1 : 0)));
  const start = Math.max(0, Math.min(Math.max(0, at) - Math.floor(size / 2), rows.length - size));
  const cell = (text: string, column: Column, tone: Tone): readonly Span[] => {
    const { of, width } = column;
    const cut = of === 'name' || of === 'kind' ? cutMiddle(text, width, page) : text;
    const spans = (tone === 'dim' ? [{ text: cut, found: false }] : pieces(cut, sought)).map((piece) =>
      span(page, piece.text, piece.found ? 'strong' : tone),
    );
    const blanks = column === columns.at(-1) ? 0 : width + gap - widthOf(spans);
    return [...spans, span(page, ' '.repeat(Math.max(0, blanks)), tone)];
  };
  const lineOf = (row: Row, n: number): Line => {
    const tone: Tone = n === at ? 'marked' : 'plain';
    const mark = span(page, n === at ? '❯ ' : '  ', tone);
    const { cells } = row;
    if (!cells) return fitted([mark, span(page, row.label, tone)], page);
    return fitted([mark, ...columns.flatMap((column) => cell(cells[column.of], column, tone))], page);
  };
  const head = fitted(
    [span(page, '  ', 'dim'), ...columns.flatMap((column) => cell(heads[column.of], column, 'dim'))],
    page,
  );
  const lines = rows.slice(start, start + size).map((row, n) => lineOf(row, start + n));
  return { lines: whole ? [head, ...lines] : lines, rows: size };
}

/** What of the highlighted row is not in the table, or is cut there, in a line. */
export function restOfRow(row: Row | undefined, { rows: all }: Picker, page: Page): string {
  if (!row?.cells) return '';
  const { cells } = row;
  const columns = columnsFor(all, page);
  return (Object.keys(heads) as (keyof Cells)[])
    .filter((of) => {
      const column = columns.find((one) => one.of === of);
      return column === undefined || widthOf([span(page, cells[of])]) > column.width;
    })
    .map((of) => cells[of])
    .join(', ');
}
