import { emptyRun } from '../../model/run.ts';
import { formatCount } from '../../model/text/format-count.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import { present } from '../../presentation/present.ts';
import type { Presentation, ReplyKey } from '../../presentation/presentation.ts';
import { idOf, type Row } from '../input/row.ts';
import { pieces } from '../input/search.ts';
import { isMarked, type Mode, type Picker, visible } from '../input/state.ts';
import { type TextBox, textIn } from '../input/text-box.ts';
import { inputErrorSoFar } from '../input/validate-input.ts';
import type { Ask } from '../session/ask.ts';
import { fitted, type Line, line, plainText, span, type Tone, widthOf, wrap } from '../text/line.ts';
import { ofWidth, type Page } from '../text/page.ts';

/** What stands below the step's text: the question that is asked now. At most `most` rows. */
export function promptOf(
  ask: Ask | undefined,
  mode: Mode,
  activity: string | undefined,
  page: Page,
  most: number,
  presented?: Pick<Presentation, 'question' | 'keys'>,
): readonly Line[] {
  if (!ask) return activity === undefined ? [] : activityLines(activity, page);
  const { question, keys } = presented ?? present(ask, { run: emptyRun, steps: [], endpoint: '' });
  const says = questionOf(question, mode);
  switch (mode.is) {
    case 'pick':
    case 'answers':
      return pickLines(says, mode.picker, page, most);
    case 'text':
    case 'role':
    case 'typed':
    case 'reason':
      return boxLines(says, mode.box, mode.problem ?? '', inputErrorSoFar(ask, mode) ?? '', page, most);
    case 'keys':
      return ask.is === 'busy' ? activityLines(activity ?? says, page) : keysLines(says, keys, page);
    default:
      return unreachable(mode);
  }
}

/** What is waited for: a sentence or two in each of its lines. */
const activityLines = (activity: string, page: Page): readonly Line[] =>
  activity.split('\n').flatMap((row, n) => wrap(row, page, 'strong', n === 0 ? '~ ' : '  '));

/** What is asked, in a sentence. `says`: what is asked where no text of its own is typed. */
export function questionOf(says: string, mode: Mode): string {
  switch (mode.is) {
    case 'pick':
      return mode.role === undefined ? says : `Which credentials should assume ${mode.role}?`;
    case 'role':
      return 'Which role? Its ARN, such as arn:aws:iam::111122223333:role/Administrator. One that wants an MFA code cannot be assumed from here.';
    case 'answers':
      return 'Which answer do you want to change? Dependent steps are checked again.';
    case 'text':
    case 'keys':
      return says;
    case 'typed':
      return `To confirm, type ${mode.words.map((word) => `“${word}”`).join(' or ')} and press Enter.`;
    case 'reason':
      return mode.about.do === 'waive'
        ? 'This check could not run. Reason for continuing (recorded in the audit log):'
        : mode.about.do === 'hand-off'
          ? 'Hand this run to someone else. Optional note for them. This copy becomes read-only.'
          : 'What did you find? The run continues from what AWS shows.';
    default:
      return unreachable(mode);
  }
}

/** The question; of a yes or no, with its keys. */
function keysLines(says: string, keys: readonly ReplyKey[], page: Page): readonly Line[] {
  const answers = keys.some(({ key }) => key === 'y') ? keys.filter(({ key }) => /^[yn]$/.test(key)) : [];
  return wrap([says, ...answers.map(({ key, does }) => `${key} ${does}`)].join('   '), page, 'strong');
}

/** A list of so few is read to the end of each of its lines. */
const few = 8;
function pickLines(says: string, picker: Picker, page: Page, most: number): readonly Line[] {
  const rows = visible(picker);
  // The question is put when there is something to choose from.
  if (picker.loading && picker.rows.length === 0)
    return wrap('Reading the list from AWS…', page, 'accent', '~ ');
  const head = wrap(says, page, 'strong');
  const detail = detailLines(rows, picker.at, page);
  const room = Math.max(1, most - head.length - detail.length - 1);
  const drawn = rowLines(rows, picker, page, room);
  const state = stateOf(rows.length, drawn.rows < rows.length, picker);
  const sought = textIn(picker.filter);
  const filter: Line = picker.filtering
    ? [
        span(page, 'search: ', 'dim'),
        ...boxSpans(picker.filter, ofWidth(page, page.width >> 1)),
        span(page, `  ${state}`, 'dim'),
      ]
    : sought !== ''
      ? [span(page, 'search: ', 'dim'), span(page, sought), span(page, `  ${state}`, 'dim')]
      : line(page, state, picker.problem ? 'bad' : 'dim');
  return [...head, ...drawn.lines, ...detail, ...(filter.length > 0 ? [fitted(filter, page)] : [])];
}

/** The part of the list around the highlight, each of its lines in one row; of a few, as many as they need. */
function rowLines(
  rows: readonly Row[],
  picker: Picker,
  page: Page,
  room: number,
): { readonly lines: readonly Line[]; readonly rows: number } {
  const sought = textIn(picker.filter);
  const found = (text: string): boolean => text.toLowerCase().includes(sought.toLowerCase());
  const one = (row: Row, n: number) => {
    const at = n === picker.at;
    const box = picker.chosen === undefined ? '' : isMarked(picker, row) ? '[x] ' : '[ ] ';
    const tone: Tone = row.not !== undefined ? 'dim' : at ? 'marked' : 'plain';
    return {
      tone,
      lead: `${at ? '❯ ' : '  '}${box}`,
      // Found by its id alone: the id is shown.
      label: found(row.label) || !found(idOf(row)) ? row.label : `${row.label}  ${idOf(row)}`,
      reason: row.not === undefined ? '' : `  (${row.not})`,
    };
  };
  const whole = (row: Row, n: number): readonly Line[] => {
    const { tone, lead, label, reason } = one(row, n);
    const [first, ...rest] = wrap(label + reason, page, tone, lead);
    const begun = [
      span(page, lead, tone),
      ...pieces(label, sought).map((piece) => span(page, piece.text, piece.found ? 'strong' : tone)),
    ];
    return rest.length === 0
      ? [fitted([...begun, span(page, reason, tone)], page)]
      : [first ?? [], ...rest].map((part) => fitted(part, page));
  };
  if (rows.length <= few) {
    const lines = rows.flatMap(whole);
    if (lines.length <= room) return { lines, rows: rows.length };
  }
  const size = Math.min(rows.length, room);
  const start = Math.max(0, Math.min(Math.max(0, picker.at) - Math.floor(size / 2), rows.length - size));
  const lines = rows.slice(start, start + size).map((row, n): Line => {
    const { tone, lead, label, reason } = one(row, start + n);
    const why = reason === '' ? [] : [span(page, reason, tone)];
    // Why it cannot be chosen is cut off last.
    const left = Math.max(16, page.width - widthOf(why)) - widthOf([span(page, lead)]);
    const name = pieces(cutLabel(label, idOf(row), ofWidth(page, left)), sought);
    return fitted(
      [
        span(page, lead, tone),
        ...name.map((piece) => span(page, piece.text, piece.found ? 'strong' : tone)),
        ...why,
      ],
      page,
    );
  });
  return { lines, rows: size };
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
    detail === undefined ? [] : wrap(detail, page, 'dim', '  ').map((row) => fitted(row, page));
  const here = rows[at] ? of(rows[at]) : [];
  const longest = rows.length > few ? 0 : Math.max(0, ...rows.map((row) => of(row).length));
  return [...here, ...Array.from({ length: Math.max(0, longest - here.length) }, () => fitted([], page))];
}

/** How many there are, and how many of them are marked. */
function stateOf(shown: number, cut: boolean, { rows, chosen, loading, problem, filtering }: Picker): string {
  if (problem !== undefined) return problem;
  const count =
    shown === rows.length ? formatCount(shown) : `${formatCount(shown)} of ${formatCount(rows.length)}`;
  const marked = chosen && chosen.length > 0 ? `${chosen.length} marked, ` : '';
  if (loading) return `${marked}${count} so far, looking…`;
  return cut || filtering || chosen ? `${marked}${count} in all` : '';
}

/** `problem`: why Enter did not take it. `soFar`: why it would not, while it is typed. */
function boxLines(
  says: string,
  box: TextBox,
  problem: string,
  soFar: string,
  page: Page,
  most: number,
): readonly Line[] {
  const below = problem === '' ? wrap(soFar, page, 'warn') : wrap(problem, page, 'bad');
  const told = below.filter((row) => widthOf(row) > 0).slice(0, Math.max(1, most - 3));
  return [
    // However long the question is, the box stays.
    ...shortened(wrap(says, page, 'strong'), Math.max(1, most - told.length - 1), page),
    fitted([span(page, '❯ ', 'accent'), ...boxSpans(box, ofWidth(page, page.width - 4))], page),
    ...told,
  ];
}
/** The first rows of a text, and a sign where it goes on. */
const shortened = (rows: readonly Line[], most: number, page: Page): readonly Line[] =>
  rows.length <= most
    ? rows
    : [...rows.slice(0, most - 1), fitted([...(rows[most - 1] ?? []), span(page, ' …')], page)];
/** The part of a long text that the cursor is in, in so many columns: nothing beyond is looked at. */
function boxSpans({ characters, at }: TextBox, page: Page): Line {
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
