import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import { shown } from '../model/shown.ts';

/** How a piece of text looks. None of it is needed to understand the text. */
export type Tone = 'plain' | 'strong' | 'dim' | 'good' | 'bad' | 'warn' | 'accent' | 'marked' | 'banner';
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}
/** One row of the screen. Its texts are already fit to be shown. */
export type Line = readonly Span[];

/** A span of any text: what would act on the terminal is made visible here. */
export const span = (text: string, tone: Tone = 'plain'): Span => ({ text: shown(text), tone });
export const line = (text = '', tone: Tone = 'plain'): Line => (text === '' ? [] : [span(text, tone)]);
export const widthOf = (spans: Line): number => spans.reduce((sum, { text }) => sum + stringWidth(text), 0);
export const plainText = (spans: Line): string => spans.map(({ text }) => text).join('');

/** A text over as many lines as it needs. `indent`: columns before every line but the first, and `lead` before that. */
export function wrap(
  text: string,
  width: number,
  tone: Tone = 'plain',
  lead = '',
  indent = lead.length,
): readonly Line[] {
  if (lead.length > indent) return wrap(lead + text, width, tone);
  const room = Math.max(8, width - indent);
  const rows = text
    .split('\n')
    .flatMap((part) => wrapAnsi(shown(part), room, { hard: true, trim: true }).split('\n'));
  return rows.map((row, n) => [
    span(n === 0 ? lead.padEnd(indent) : ' '.repeat(indent)),
    { text: row, tone },
  ]);
}

/** Cuts a line to a width, and fills it up to that width. */
export function fitted(spans: Line, width: number): Line {
  const out: Span[] = [];
  let left = width;
  for (const { text, tone } of spans) {
    if (left <= 0) break;
    if (stringWidth(text) <= left) {
      out.push({ text, tone });
      left -= stringWidth(text);
      continue;
    }
    let cut = '';
    for (const { segment } of new Intl.Segmenter().segment(text)) {
      if (stringWidth(cut + segment) > left - 1) break;
      cut += segment;
    }
    out.push({ text: `${cut}…`, tone });
    left -= stringWidth(cut) + 1;
    break;
  }
  return left > 0 ? [...out, { text: ' '.repeat(left), tone: 'plain' }] : out;
}
