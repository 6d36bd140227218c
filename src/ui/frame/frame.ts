import type { Event } from '../../model/event.ts';
import type { Phase } from '../../model/step.ts';
import { bodyOf, type Shown, shownOf } from '../content/body.ts';
import { promptOf } from '../content/prompt.ts';
import { type Column, columnOf } from '../content/sections.ts';
import { drawView } from '../content/views.ts';
import type { Binding } from '../input/binding.ts';
import type { View } from '../input/state.ts';
import { fitted, type Line, line, plainText, ruled, span, wrap } from '../text/line.ts';
import { type Display, ofWidth, type Page, pageOf } from '../text/page.ts';
import { checklist, type Working } from './checklist.ts';
import { footerLines } from './footer.ts';
import { type Banner, type Clock, headerLines } from './header.ts';

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
  /** The rows of the text at which its sections begin. */
  readonly sections: readonly number[];
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
  if (columns < 80) return { side: 0, main: columns, aside: 0 };
  const side = columns < 110 ? 28 : 38;
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
      sections: [],
    };
  }
  const { side, main, aside } = layoutOf(columns);
  const page = pageOf(input.display, columns);
  const head = headerLines(input, page, { place: side === 0, rows });
  const keys = footerLines(bindings, said, page);
  const foot = padded(keys, footerLines(input.soon ?? bindings, said, page).length);
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
  const drawn = drawView(view, input, text, room);
  const waits = input.ask ? 'A question waits below: Esc' : '';
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
        : ruled([drawn.more, waits].filter(Boolean).join(' · '), page),
    ],
    scroll: input.scroll,
    view: drawn.view,
    pageSize: Math.max(1, room - 1),
    sections: [],
  };
}

/** Rows between header and footer: in fewer there is no title. */
const lowest = 9;

function stepRows(input: FrameInput, { side, main, aside }: Layout, height: number): Middle {
  const page = pageOf(input.display, main);
  const beyond = ofWidth(page, aside);
  const { ask, mode, activity, step, run, phases, working } = input;
  const presented = shownOf(input);
  // Before it can be read, nothing that confirms is offered.
  const offered = presented.keys.filter(({ key }) => input.bindings.some((one) => one.key === key));
  const prompt = promptOf(ask, mode, activity, page, Math.max(4, Math.floor(height * 0.55)), {
    ...presented,
    keys: offered,
  }).slice(0, height - 2);
  // In the lowest windows the header's place has to do: the room is for why something is asked.
  const title = height < lowest ? [] : wrap(presented.title, page, 'strong').slice(0, 2);
  const sections = bodyOf(input, page);
  const beside = aside > 0 ? bodyOf(input, beyond).filter((one) => one.aside) : [];
  // What matters for the question must stand in the middle: only what comes after it goes aside.
  const apart = beside.length > 0 && !sections[1]?.aside;
  const text = columnOf(apart ? sections.filter((one) => !one.aside) : sections, page, title);
  const room = height - prompt.length - 1;
  const scroll = Math.min(input.scroll, Math.max(0, text.lines.length - room));
  const shown = text.lines.slice(scroll, scroll + room);
  const rule = ruled(moreText(text, scroll, shown.length), page);
  const rows = [...padded(shown, room), rule, ...prompt].map((one) => fitted(one, page));
  const left = side > 0 ? checklist(phases, run, step, working, ofWidth(page, side), height) : [];
  const right = apart ? columnOf(beside, beyond).lines.slice(0, height) : [];
  const bar = span(page, ' │ ', 'dim');
  return {
    middle: rows.map(
      (row, n): Line => [
        ...(side > 0 ? [...(left[n] ?? []), bar] : []),
        ...row,
        ...(apart ? [bar, ...(right[n] ?? [])] : []),
      ],
    ),
    scroll,
    pageSize: Math.max(1, room - 1),
    sections: text.starts.map(({ row }) => row),
  };
}

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

/** What is above and below the part that is shown, and which sections begin there. */
function moreText({ lines, starts }: Column, scroll: number, height: number): string {
  const below = lines.length - scroll - height;
  const next = starts.filter(({ row }) => row >= scroll + height).map(({ title }) => title);
  return [
    scroll > 0 ? `↑ ${scroll} above` : '',
    below > 0 ? `↓ ${below} more ${below === 1 ? 'row' : 'rows'}: PgDn` : '',
    next.length > 0 ? `Tab: ${next.join(', ')}` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
/** The screen as plain text: for tests and for looking at it. */
export const frameText = ({ lines }: Frame): string =>
  lines.map((one) => plainText(one).trimEnd()).join('\n');
