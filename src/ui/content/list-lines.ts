import { formatCount } from '../../model/text/format-count.ts';
import { countOf, countsOf } from '../input/arrange.ts';
import { idOf, type Row } from '../input/row.ts';
import { pieces } from '../input/search.ts';
import { isMarked, isTable, type Picker, visible } from '../input/state.ts';
import { type TextBox, textIn } from '../input/text-box.ts';
import {
  fitted,
  type Line,
  line,
  plainText,
  type Span,
  span,
  type Tone,
  widthOf,
  wrap,
} from '../text/line.ts';
import { ofWidth, type Page } from '../text/page.ts';
import { credentialTable, restOfRow } from './credential-table.ts';

/** A list of so few is told of each, and stands still. */
const few = 8;

/** A question with the rows to choose from, in at most `most` rows of the screen. */
export function pickLines(says: string, picker: Picker, page: Page, most: number): readonly Line[] {
  const rows = visible(picker);
  // The question is put when there is something to choose from.
  if (picker.loading && picker.rows.length === 0)
    return wrap('Reading the list from AWS…', page, 'accent', '~ ');
  const head = wrap(says, page, 'strong');
  const table = isTable(picker);
  const pinned = rows.flatMap((row, n) => (row.apart ? rowLines(row, n, picker, page) : []));
  const listed = rows.filter(({ apart }) => !apart);
  const roomBeside = (rest: readonly Line[]): number =>
    Math.max(1, most - head.length - rest.length - pinned.length - 1);
  const steady = table ? restLines(rows[picker.at], picker, page) : detailLines(rows, picker.at, page);
  // Where choices would be hidden for it, no room is kept for what other lines have to say.
  const detail =
    table || windowed(listed, picker, page, roomBeside(steady)).rows === listed.length
      ? steady
      : steady.filter((one) => plainText(one).trim() !== '');
  const room = roomBeside(detail);
  const drawn = table ? credentialTable(rows, picker, page, room) : windowed(listed, picker, page, room);
  const filter = filterLine(picker, stateOf(listed.length, drawn.rows < listed.length, picker), page);
  return [
    ...head,
    ...drawn.lines,
    ...pinned,
    ...detail,
    ...(filter.length > 0 ? [fitted(filter, page)] : []),
  ];
}

function filterLine(picker: Picker, state: string, page: Page): Line {
  const sought = textIn(picker.filter);
  if (!picker.filtering && sought === '') return line(page, state, picker.problem ? 'bad' : 'dim');
  return [
    span(page, isTable(picker) ? 'Filter: ' : 'search: ', 'dim'),
    ...(picker.filtering ? boxSpans(picker.filter, ofWidth(page, page.width >> 1)) : [span(page, sought)]),
    span(page, `  ${state}`, 'dim'),
  ];
}

/** What the table has no room for, of the highlighted row. */
function restLines(row: Row | undefined, picker: Picker, page: Page): readonly Line[] {
  const rest = restOfRow(row, picker, page);
  return rest === '' ? [] : wrap(rest, page, 'dim', helpLead).slice(0, 2);
}

/** The part of the list around the highlight, each row in as many lines as it needs, under its heading. */
function windowed(
  rows: readonly Row[],
  picker: Picker,
  page: Page,
  room: number,
): { readonly lines: readonly Line[]; readonly rows: number } {
  const middle = Math.min(Math.max(0, picker.at), rows.length - 1);
  if (middle < 0) return { lines: [], rows: 0 };
  const drawn = new Map<number, readonly Line[]>();
  // The rows at the top of the window may stand under a heading that is not among them.
  const headed = rows.some(({ group }) => group !== undefined);
  let left = room - (headed && room > 2 ? 1 : 0);
  const add = (n: number): boolean => {
    const row = rows[n];
    if (!row) return false;
    const own = rowLines(row, n, picker, page);
    const lines = n === middle ? own.slice(0, room) : own;
    const cost = lines.length + (headed && n > 0 && rows[n - 1]?.group !== row.group ? 1 : 0);
    if (cost > left && n !== middle) return false;
    drawn.set(n, lines);
    left -= cost;
    return true;
  };
  add(middle);
  let [up, down] = [middle - 1, middle + 1];
  for (let [above, below] = [true, true]; above || below; ) {
    if (below) below = add(down++);
    if (above) above = add(up--);
  }
  const shown = [...drawn.keys()].toSorted((a, b) => a - b);
  const headings = countsOf(picker.rows);
  const found = countsOf(rows);
  const lines = shown.flatMap((n, place): readonly Line[] => {
    const group = rows[n]?.group;
    const heads = group !== undefined && (place === 0 || rows[n - 1]?.group !== group);
    if (!heads) return drawn.get(n) ?? [];
    const [some, all] = [found.get(group) ?? 0, headings.get(group) ?? 0];
    const count = some === all ? formatCount(all) : `${formatCount(some)} of ${formatCount(all)}`;
    return [fitted(line(page, `${group} (${count})`, 'accent'), page), ...(drawn.get(n) ?? [])];
  });
  return { lines: lines.slice(0, Math.max(room, 1)), rows: shown.length };
}

/** A row, wrapped: nothing of it is cut that fits into four lines. */
function rowLines(row: Row, n: number, picker: Picker, page: Page): readonly Line[] {
  const sought = textIn(picker.filter);
  const found = (text: string): boolean => text.toLowerCase().includes(sought.toLowerCase());
  const at = n === picker.at;
  const box = picker.chosen === undefined ? '' : isMarked(picker, row) ? '[x] ' : '[ ] ';
  const tone: Tone = row.not !== undefined ? 'dim' : at ? 'marked' : 'plain';
  const lead = `${at ? '❯ ' : '  '}${box}`;
  const width = Math.max(8, page.width - widthOf([span(page, lead)]));
  // Found by its id alone: the id is shown.
  const label = found(row.label) || !found(idOf(row)) ? row.label : `${row.label}  ${idOf(row)}`;
  const name = cutLabel(label, idOf(row), ofWidth(page, Math.floor(width * 2.5)));
  const reason = row.not === undefined ? '' : `  (${row.not})`;
  const after = `${(row.facts ?? []).join(' · ')}${reason}`.trim();
  const facts = (row.facts ?? []).map((fact) => ` · ${fact}`).join('');
  const whole: readonly Span[] = [
    span(page, lead, tone),
    ...pieces(name, sought).map((piece) => span(page, piece.text, piece.found ? 'strong' : tone)),
    span(page, facts, tone),
    span(page, reason, tone),
  ].filter(({ text }) => text !== '');
  if (widthOf(whole) <= page.width) return [fitted(whole, page)];
  const indent = ' '.repeat(widthOf([span(page, lead)]));
  return [
    ...wrap(name, page, tone, lead).slice(0, 4),
    ...(after === '' ? [] : wrap(after, page, row.not === undefined ? 'plain' : 'dim', indent).slice(0, 2)),
  ].map((part, line) => fitted(line === 0 ? [span(page, lead, tone), ...part.slice(1)] : part, page));
}

/** The least that is kept of a name before its id. */
const leastName = 6;
/** A label in so many columns. Names may begin alike: of `name  id` the name is cut, and the id stays. */
function cutLabel(label: string, id: string, page: Page): string {
  const room = page.width;
  if (widthOf([span(page, label)]) <= room) return label;
  const cut = (text: string, columns: number): string =>
    plainText(fitted([span(page, text)], ofWidth(page, columns))).trimEnd();
  const end = `  ${id}`;
  if (!label.endsWith(end)) return cut(label, room);
  const name = label.slice(0, -end.length);
  return cut(name, Math.max(leastName, room - widthOf([span(page, end)]))) + end;
}

/** What there is to say of the highlighted line. Of a few, the room for the longest is kept: nothing jumps. */
function detailLines(rows: readonly Row[], at: number, page: Page): readonly Line[] {
  const of = ({ detail }: Row): readonly Line[] =>
    detail === undefined ? [] : wrap(detail, page, 'dim', helpLead).map((row) => fitted(row, page));
  const here = rows[at] ? of(rows[at]) : [];
  const longest = rows.length > few ? 0 : Math.max(0, ...rows.map((row) => of(row).length));
  return [...here, ...Array.from({ length: Math.max(0, longest - here.length) }, () => fitted([], page))];
}
/** It stands below the choices and must not be taken for one: no row begins so. */
const helpLead = '──› ';

/** How many there are, and how many of them are marked. What stands apart is not counted. */
function stateOf(
  shown: number,
  cut: boolean,
  { rows, chosen, loading, problem, filtering, rate }: Picker,
): string {
  if (problem !== undefined) return problem;
  const all = countOf(rows);
  const count = shown === all ? formatCount(shown) : `${formatCount(shown)} of ${formatCount(all)} match`;
  const marked = chosen && chosen.length > 0 ? `${formatCount(chosen.length)} marked · ` : '';
  if (loading)
    return `${marked}${count} so far${rate === undefined ? '' : `, ${formatCount(rate)} a second`}, reading…`;
  if (!cut && !filtering && !chosen && shown === all) return '';
  if (shown !== all) return `${marked}${count}`;
  const groups = chosen ? [...countsOf(rows)] : [];
  const each = groups.map(([group, n]) => `${group} ${formatCount(n)}`).join(', ');
  return `${marked}${count} in all${groups.length > 1 ? ` (${each})` : ''}`;
}

/** The part of a long text that the cursor is in, in so many columns: nothing beyond is looked at. */
export function boxSpans({ characters, at }: TextBox, page: Page): Line {
  let [from, used] = [at, 1];
  for (; from > 0; from--) {
    used += widthOf([span(page, characters[from - 1] ?? '')]);
    if (used > page.width) break;
  }
  return [
    span(page, characters.slice(from, at).join('')),
    span(page, characters[at] ?? ' ', 'marked'),
    span(page, characters.slice(at + 1, at + 1 + page.width).join('')),
  ];
}
