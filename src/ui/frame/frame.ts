import type { Event } from '../../model/event.ts';
import type { Phase } from '../../model/step.ts';
import { defined } from '../../model/text/defined.ts';
import type { Presentation } from '../../presentation/presentation.ts';
import { bodyOf, detailLines, type Shown, shownOf, trimmed } from '../content/body.ts';
import { promptOf } from '../content/prompt.ts';
import { drawView } from '../content/views.ts';
import type { Binding } from '../input/binding.ts';
import type { View } from '../input/state.ts';
import { fitted, type Line, line, plainText, ruled, span, widthOf, wrap } from '../text/line.ts';
import { type Display, ofWidth, type Page, pageOf } from '../text/page.ts';
import { checklist, type Working } from './checklist.ts';
import { footerLines } from './footer.ts';
import { aheadShown, type Banner, type Clock, headerLines } from './header.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}
export interface FrameInput extends Shown, Clock {
  readonly phases: readonly Phase[];
  readonly banner: Banner;
  readonly bindings: readonly Binding[];
  /** The keys that will count when a confirmation can have been read: their room is kept. */
  readonly soon?: readonly Binding[];
  /** The keys of the question below a view. */
  readonly beneath: readonly Binding[];
  readonly activity: string | undefined;
  readonly working?: Working;
  readonly scroll: number;
  readonly view?: View;
  readonly said?: string;
  readonly events: readonly Event[];
  readonly display: Display;
}
export interface Frame {
  readonly lines: readonly Line[];
  /** The scroll as far as there is something to scroll. */
  readonly scroll: number;
  readonly view?: View;
  readonly pageSize: number;
}
const smallest: Size = { columns: 40, rows: 12 };
/** In a smaller window there is nothing to be seen of a question. */
export const fits = ({ columns, rows }: Size): boolean =>
  columns >= smallest.columns && rows >= smallest.rows;

/** How many columns each part has. A text that is wider than this is hard to read. */
const measure = 96;
const between = 3;
interface Layout {
  readonly side: number;
  readonly main: number;
  readonly aside: number;
}
function layoutOf(columns: number): Layout {
  if (columns < 110) return { side: 0, main: Math.min(measure, columns), aside: 0 };
  const side = 38;
  const rest = columns - side - between;
  if (columns < 160) return { side, main: Math.min(measure, rest), aside: 0 };
  const main = Math.min(measure, Math.floor((rest - between) / 2));
  return { side, main, aside: Math.min(measure, rest - between - main) };
}

/** The whole screen, row by row: exactly as many as the window has, none wider than it. */
export function frameOf(input: FrameInput, size: Size): Frame {
  const { columns, rows } = size;
  const { bindings, said } = input;
  if (!fits(size)) {
    const says = `This window is too small (${columns}×${rows}). Make it at least ${smallest.columns}×${smallest.rows}. Nothing is lost.`;
    return {
      lines: cutPlain(says, pageOf(input.display, columns)).slice(0, rows),
      scroll: 0,
      pageSize: 1,
    };
  }
  const { side, main, aside } = layoutOf(columns);
  const page = pageOf(input.display, columns);
  const head = headerLines(input, page, { place: side === 0, rows });
  const told = (all: readonly Binding[]) =>
    footerLines(input.view ? all : withSpokenOf(all, input, pageOf(input.display, main)), said, page);
  const foot = padded(told(bindings), told(input.soon ?? bindings).length);
  const height = rows - head.length - foot.length;
  const { middle, ...more } = input.view
    ? viewRows(input, input.view, page, height)
    : stepRows(input, { side, main, aside }, height);
  return {
    lines: [...head, ...middle.map((one) => fitted(one, page)), ...foot].slice(0, rows),
    ...more,
  };
}
type Middle = Omit<Frame, 'lines'> & { readonly middle: readonly Line[] };

/** A view has the whole width: what it shows is read, not decided. */
function viewRows(input: FrameInput, view: View, page: Page, height: number): Middle {
  const text = view.is === 'log' ? page : ofWidth(page, Math.min(page.width, measure));
  const room = height - 2;
  const choice = input.mode.is === 'typed' ? input.mode.choice : undefined;
  const drawn = drawView(view, { ...input, presented: shownOf(input), ...defined({ choice }) }, text, room);
  const says = [
    drawn.more,
    isCut(drawn.lines) ? 'addresses are cut to fit: c copies all of it' : '',
    input.ask ? 'A question waits below: Esc' : '',
  ];
  return {
    middle: [
      fitted(line(page, drawn.title, 'strong'), page),
      ...padded(drawn.lines, room),
      view.filtering
        ? [
            span(page, 'search: ', 'dim'),
            span(page, view.filter.characters.join('')),
            span(page, ' ', 'marked'),
            span(page, `  ${drawn.more}`, 'dim'),
          ]
        : ruled(asManyAsFit(says, page), page),
    ],
    scroll: input.scroll,
    view: drawn.view,
    pageSize: Math.max(1, room - 1),
  };
}

/** What can be said in a row, the first first: nothing of it is cut. */
function asManyAsFit(says: readonly string[], page: Page): string {
  let row = '';
  for (const one of says.filter(Boolean)) {
    const more = row === '' ? one : `${row} · ${one}`;
    if (widthOf([span(page, more)]) < page.width) row = more;
  }
  return row;
}

/** Rows between header and footer: in fewer there is no title. */
const lowest = 9;

function stepRows(input: FrameInput, { side, main, aside }: Layout, height: number): Middle {
  const page = pageOf(input.display, main);
  const { ask, mode, activity, step, run, phases, working } = input;
  const presented = shownOf(input);
  // Before it can be read, nothing that confirms is offered.
  const offered = presented.keys.filter(({ key }) => input.bindings.some((one) => one.key === key));
  const whole = trimmed(bodyOf(input, page));
  // A list has the room that the text leaves, and never less than a good half.
  const most = Math.max(4, Math.floor(height * 0.55), height - whole.length - (whole.length > 0 ? 4 : 3));
  const prompt = promptOf(ask, mode, activity, page, most, { ...presented, keys: offered }).slice(
    0,
    height - 2,
  );
  // What decides nothing is the first to go.
  const body =
    whole.length + prompt.length <= height
      ? whole
      : trimmed(bodyOf(input, page, false, height - prompt.length));
  const above = titleRows(input, presented.about, page, height - prompt.length - body.length, height);
  const text = [...above, ...body, ...(isCut(body) ? wrap(wholeText(input.bindings), page, 'dim') : [])];
  // Where everything is seen there is nothing to be said between the text and the question.
  const fitsWhole = text.length + prompt.length <= height;
  const room = fitsWhole ? height - prompt.length : height - prompt.length - 1;
  const scroll = Math.min(input.scroll, Math.max(0, text.length - room));
  const shown = text.slice(scroll, scroll + room);
  const middle = fitsWhole
    ? [...shown, ...(text.at(-1)?.length === 0 ? prompt : apartFrom(prompt, room - shown.length))]
    : [...shown, ruled(moreText(text.length, scroll, shown.length), page), ...prompt];
  const rows = padded(middle, height).map((one) => fitted(one, page));
  const ahead = aheadShown(ask, run, phases);
  const left = side > 0 ? checklist(phases, run, step, working, ofWidth(page, side), height, ahead) : [];
  const right = aside > 0 ? asideLines(presented, ofWidth(page, aside), height) : [];
  const bar = span(page, ' │ ', 'dim');
  return {
    middle: rows.map(
      (row, n): Line => [
        ...(side > 0 ? [...(left[n] ?? []), bar] : []),
        ...row,
        ...(aside > 0 ? [bar, ...(right[n] ?? [])] : []),
      ],
    ),
    scroll,
    pageSize: Math.max(1, room - 1),
  };
}

const isCut = (rows: readonly Line[]): boolean => rows.some((row) => row.some(({ cut }) => cut));
/** The key that gives the whole of an address that is longer than its row. */
const wholeKey = (bindings: readonly Binding[]): string | undefined =>
  ['o', 'c'].find((key) => bindings.some((one) => one.key === key));
/** How the whole of an address is had that is longer than its row. */
const wholeText = (bindings: readonly Binding[]): string => {
  const key = wholeKey(bindings);
  if (key === 'o') return 'Cut to fit: o opens the whole address, or copies it where there is no browser.';
  return key === 'c'
    ? 'Cut to fit: c copies the whole address.'
    : 'Cut to fit: a wider window shows the whole address.';
};
/** A key that the text speaks of is named in the footer, however rarely it is pressed elsewhere. */
function withSpokenOf(bindings: readonly Binding[], input: FrameInput, page: Page): readonly Binding[] {
  const key = wholeKey(bindings);
  if (key === undefined || !isCut(bodyOf(input, page))) return bindings;
  return bindings.map((one) => (one.key === key ? { ...one, rare: false } : one));
}

/** The question under the text, with a row between where there is one. */
const apartFrom = (prompt: readonly Line[], free: number): readonly Line[] =>
  free > 0 ? [[], ...prompt] : prompt;

/**
 * What the step is about. In the lowest windows the header's place has to do; a confirmation, and a sign-in, says itself
 * what it is about, and has it only where everything is seen with it. `left`: rows that nothing else needs.
 */
function titleRows(
  { ask, mode }: FrameInput,
  about: string,
  page: Page,
  left: number,
  height: number,
): readonly Line[] {
  const title = wrap(about, page, 'strong').slice(0, 2);
  const agrees =
    ask?.is === 'confirm' ||
    ask?.is === 'accept' ||
    ask?.is === 'sign-in' ||
    (mode.is === 'typed' && mode.choice);
  if (height < lowest || (agrees && left < title.length)) return [];
  return left > title.length ? [...title, []] : title;
}

/** What is one key away, where the window has room for it beside the text. */
const asideLines = (presented: Presentation, page: Page, height: number): readonly Line[] =>
  detailLines(presented, ['policy', 'means', 'document', 'checks'], page)
    .slice(0, height)
    .map((one) => fitted(one, page));

const padded = (lines: readonly Line[], height: number): readonly Line[] => [
  ...lines,
  ...Array.from({ length: Math.max(0, height - lines.length) }, () => []),
];
const cutPlain = (text: string, page: Page): readonly Line[] => {
  const out: Line[] = [];
  for (let at = 0; at < text.length; at += Math.max(1, page.width))
    out.push(line(page, text.slice(at, at + Math.max(1, page.width))));
  return out;
};

/** What is above and below the part that is shown. */
function moreText(rows: number, scroll: number, height: number): string {
  const below = rows - scroll - height;
  return [
    scroll > 0 ? `↑ ${scroll} above` : '',
    below > 0 ? `↓ ${below} more ${below === 1 ? 'row' : 'rows'}: PgDn or Ctrl-F` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
/** The screen as plain text: for tests and for looking at it. */
export const frameText = ({ lines }: Frame): string =>
  lines.map((one) => plainText(one).trimEnd()).join('\n');
