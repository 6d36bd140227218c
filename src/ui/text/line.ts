import measured from 'string-width';
import { memoize } from '../../model/text/memoize.ts';
import { inParts, type Word, wordsOf } from '../../model/text/own-commands.ts';
import { ellipsis, legible } from './charset.ts';
import { graphemes, narrow } from './graphemes.ts';
import type { Page } from './page.ts';

function stringWidth(text: string): number {
  if (narrow.test(text)) return text.length;
  return text.length <= 100 ? widthOfShort(text) : measuredIn(text);
}
function measuredIn(text: string): number {
  let width = 0;
  for (const one of graphemes(text)) width += one === text ? measured(one) : stringWidth(one);
  return width;
}
/** Of characters and words: to measure them takes long, and every row that is drawn has them again. */
const widthOfShort = memoize(measuredIn, 5_000);
/** The same characters as `graphemes` finds, where each is one. */
const lettersOf = (text: string): Iterable<string> => (narrow.test(text) ? text : graphemes(text));

/** How a piece of text looks. None of it is needed to understand the text. */
export type Tone =
  | 'plain'
  | 'strong'
  | 'dim'
  | 'good'
  | 'bad'
  | 'warn'
  | 'accent'
  | 'link'
  | 'marked'
  | 'banner';
export interface Span {
  readonly text: string;
  readonly tone: Tone;
  /** The address that it leads to: its text is that address, whole. */
  readonly href?: string;
  /** It is the beginning of an address that is longer than its row. */
  readonly cut?: true;
}
/** One row of the screen. Its texts are already legible to be shown. */
export type Line = readonly Span[];

/** A span of any text: what would act on the terminal is made visible here. */
export const span = ({ charset, own }: Page, text: string, tone: Tone = 'plain'): Span => ({
  text: legible(own(text), charset),
  tone,
});
export const line = (page: Page, text: string, tone: Tone = 'plain'): Line =>
  text === '' ? blank : [span(page, text, tone)];
export const blank: Line = [];
export const widthOf = (spans: Line): number => spans.reduce((sum, { text }) => sum + stringWidth(text), 0);
export const plainText = (spans: Line): string => spans.map(({ text }) => text).join('');

/** A text over as many rows as it needs; its line breaks are shown as what they are. `indent`: columns before every line but the first, and `lead` before that. */
export function wrap(
  text: string,
  page: Page,
  tone: Tone = 'plain',
  lead = '',
  indent = stringWidth(lead),
): readonly Line[] {
  if (stringWidth(lead) > indent) return wrap(lead + text, page, tone);
  const room = Math.max(8, page.width - indent);
  const rows = broken(
    inParts(page.own(text), (part) => legible(part, page.charset)),
    room,
    page,
  );
  return rows.map((row, n) => [
    span(page, n === 0 ? lead + ' '.repeat(indent - stringWidth(lead)) : ' '.repeat(indent)),
    isCut(row, page) ? { text: row, tone, cut: true } : { text: row, tone },
  ]);
}

/**
 * The part of a long address that fits into a row. Read aloud, or into a file, it is a long row. Undefined for what is
 * no address, or may not be cut.
 */
function inOneRow(word: string, room: number, page: Page): string | undefined {
  if (page.whole || !/^\(?https?:\/\/./.test(word)) return undefined;
  return page.spoken ? word : `${word.slice(0, room - stringWidth(ellipsis(page)))}${ellipsis(page)}`;
}
const isCut = (row: string, page: Page): boolean =>
  /^\(?https?:\/\/\S+$/.test(row) && row.endsWith(ellipsis(page));

/**
 * A text in rows of at most `room` columns, broken at blanks; a word that is longer than a row, at its separators. An
 * address is never broken: one that is longer than a row is cut at the row's end.
 */
function broken(text: string, room: number, page: Page): readonly string[] {
  const rows: string[] = [];
  let row = '';
  let used = 0;
  const next = (): void => {
    rows.push(row);
    [row, used] = ['', 0];
  };
  for (const { blank, word } of wordsOf(text.trim()).flatMap(fitting(room))) {
    const long = stringWidth(word);
    const apart = stringWidth(blank);
    if (used > 0 && used + apart + long > room) next();
    else if (used > 0) {
      row += blank;
      used += apart;
    }
    if (long <= room) {
      row += word;
      used += long;
      continue;
    }
    const address = inOneRow(word, room, page);
    for (const piece of address === undefined ? piecesOf(word, room) : [address]) {
      if (row !== '') next();
      row = piece;
    }
    used = stringWidth(row);
  }
  if (row !== '' || rows.length === 0) next();
  return rows;
}
/** A command that is longer than a row is broken between its words. */
const fitting =
  (room: number) =>
  (one: Word): readonly Word[] =>
    one.word.includes(' ') && stringWidth(one.word) > room
      ? wordsOf(one.word).map((part, n) => (n === 0 ? { ...part, blank: one.blank } : part))
      : [one];
/** A long word in pieces that fit into a row, each up to the last separator in its second half; gone through once. */
function piecesOf(word: string, room: number): readonly string[] {
  const pieces: string[] = [];
  let [piece, used, separated] = ['', 0, 0];
  for (const segment of lettersOf(word)) {
    const wide = stringWidth(segment);
    if (used + wide > room && piece !== '') {
      const end = separated > 0 ? separated : piece.length;
      pieces.push(piece.slice(0, end));
      piece = piece.slice(end);
      used = stringWidth(piece);
      separated = 0;
    }
    piece += segment;
    used += wide;
    if (/[-/:,&?=;|]/.test(segment) && used > room / 2) separated = piece.length;
  }
  return [...pieces, piece];
}

/** Cuts a line to a width, and fills it up to that width. */
export function fitted(spans: Line, page: Page): Line {
  const out: Span[] = [];
  let left = page.width;
  for (const one of spans) {
    const { text, tone } = one;
    if (left <= 0) break;
    if (stringWidth(text) <= left) {
      out.push(one);
      left -= stringWidth(text);
      continue;
    }
    let [cut, used] = ['', 0];
    for (const segment of lettersOf(text)) {
      const wide = stringWidth(segment);
      if (used + wide > left - 1) break;
      cut += segment;
      used += wide;
    }
    out.push({ text: `${cut}${ellipsis(page)}`, tone });
    left -= used + 1;
    break;
  }
  return left > 0 ? [...out, { text: ' '.repeat(left), tone: 'plain' }] : out;
}

/** A rule over the whole width, with a text at its left end. */
export function ruled(says: string, page: Page): Line {
  const { width } = page;
  if (says === '') return [span(page, '─'.repeat(width), 'dim')];
  const text = span(page, `${says} `, 'dim');
  const left = width - widthOf([text]);
  return left <= 0 ? fitted([text], page) : [text, span(page, '─'.repeat(left), 'dim')];
}

/** A row with what was sought marked, wherever it stands in it. */
export function highlighted(row: Line, sought: string): Line {
  return row.flatMap((one): readonly Span[] => {
    const at = one.text.toLowerCase().indexOf(sought);
    if (sought === '' || at < 0) return [one];
    const end = at + sought.length;
    return [
      { ...one, text: one.text.slice(0, at) },
      { text: one.text.slice(at, end), tone: 'marked' as const },
      ...highlighted([{ ...one, text: one.text.slice(end) }], sought),
    ].filter(({ text }) => text !== '');
  });
}
