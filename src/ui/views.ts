import type { Event } from '../model/event.ts';
import type { Run } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import type { Ask } from './ask.ts';
import type { Binding } from './binding.ts';
import { documentText } from './document-lines.ts';
import { helpText } from './help-lines.ts';
import { type Line, line, type Span, span } from './line.ts';
import { logLines } from './log-lines.ts';
import { type TextBox, textBox, textIn } from './text-box.ts';

/** What is read over a question, or over a wait. It stays until the operator comes back. */
export type View = {
  readonly filter: TextBox;
  readonly filtering: boolean;
} & (
  | { readonly is: 'help' | 'document'; readonly scroll: number }
  /** `upTo`: how many entries, from the oldest, are passed; undefined: the newest is shown, and those to come. */
  | { readonly is: 'log'; readonly upTo: number | undefined }
);
export type ViewName = View['is'];
export const viewNamed = (is: ViewName): View =>
  is === 'log'
    ? { is, upTo: undefined, filter: textBox(), filtering: false }
    : { is, scroll: 0, filter: textBox(), filtering: false };

export interface Viewed {
  readonly step: Step;
  readonly ask: Ask | undefined;
  readonly run: Run;
  readonly events: readonly Event[];
  /** The keys of the question below: help tells of them. */
  readonly beneath: readonly Binding[];
  /** It is said in lines: there are no signs, and no keys that only a screen has. */
  readonly spoken?: boolean;
}
/** A view as it is drawn, and as it stands after that: no further than there is something to read. */
export interface DrawnView {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly view: View;
  /** What there is besides: '12 rows above'. */
  readonly more: string;
}

export function drawView(view: View, viewed: Viewed, width: number, room: number): DrawnView {
  const sought = textIn(view.filter).toLowerCase();
  if (view.is === 'log') {
    const { lines, upTo, shown, all } = logLines(viewed.events, view.upTo, sought, width, room);
    const place = upTo === undefined ? 'the newest are at the end' : `up to ${upTo} of ${shown}`;
    const found = sought === '' ? '' : `${shown} of ${all} · `;
    return {
      title: 'The audit log of this run (times in UTC)',
      lines,
      view: { ...view, upTo },
      more: `${found}${place}`,
    };
  }
  const text = view.is === 'help' ? helpText(viewed, width) : documentText(viewed.step, width);
  const rows =
    sought === ''
      ? text.lines
      : text.lines
          .filter((one) => plain(one).toLowerCase().includes(sought))
          .map((one) => highlighted(one, sought));
  const scroll = Math.max(0, Math.min(view.scroll, rows.length - room));
  const below = Math.max(0, rows.length - room - scroll);
  return {
    title: text.title,
    lines: rows.length === 0 ? [line('Nothing here holds that.')] : rows.slice(scroll, scroll + room),
    view: { ...view, scroll },
    more: [scroll > 0 ? `↑ ${scroll} above` : '', below > 0 ? `↓ ${below} more` : '']
      .filter(Boolean)
      .join(' · '),
  };
}

const plain = (row: Line): string => row.map(({ text }) => text).join('');

/** A row with what was sought marked, wherever it stands in it. */
export function highlighted(row: Line, sought: string): Line {
  return row.flatMap((one): readonly Span[] => {
    const at = one.text.toLowerCase().indexOf(sought);
    if (sought === '' || at < 0) return [one];
    const end = at + sought.length;
    return [
      { ...one, text: one.text.slice(0, at) },
      span(one.text.slice(at, end), 'marked'),
      ...highlighted([{ ...one, text: one.text.slice(end) }], sought),
    ].filter(({ text }) => text !== '');
  });
}
