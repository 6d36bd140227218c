import { eastAsianWidth } from 'get-east-asian-width';
import stripAnsi from 'strip-ansi';
import { memoize, once } from '../../model/text/memoize.ts';
import { graphemes } from '../text/graphemes.ts';

/**
 * How many columns a text takes in a terminal. It stands in the place of the package of that name for all who import it
 * (`src/replaced.mjs`), and says what that says. The package has Node read a table of all emoji, and make what finds the
 * letters of a text, before anything is measured; here that waits for the first text that needs it: few do. And rows
 * come again and again: their widths are remembered.
 */
export default function stringWidth(text: string): number {
  if (typeof text !== 'string') return 0;
  if (/^[ -~]*$/.test(text)) return text.length;
  return text.length <= 2_000 ? widthOfRow(text) : measuredIn(text);
}
function measuredIn(text: string): number {
  let width = 0;
  for (const letter of graphemes(stripAnsi(text))) width += widthOf(letter);
  return width;
}
const widthOfRow = memoize(measuredIn, 5_000);

/** Made when they are needed: Node reads what stands between slashes with the file, and that of all emoji takes long. */
const kind = (pattern: string, flags: string): RegExp => new RegExp(pattern, flags);
const unseen = [
  'Default_Ignorable_Code_Point',
  'Control',
  'Format',
  'Nonspacing_Mark',
  'Enclosing_Mark',
  'Surrogate',
];
const kinds = once(() => ({
  seen: kind(`[^${unseen.map((name) => `\\p{${name}}`).join('')}]`, 'v'),
  spacing: kind('\\p{Spacing_Mark}|[\\uff00-\\uffef]', 'v'),
  emoji: kind('^\\p{RGI_Emoji}$', 'v'),
  picture: kind('\\p{Extended_Pictographic}', 'gu'),
}));

/** One letter, as a reader counts them. */
function widthOf(letter: string): number {
  const { seen, spacing } = kinds();
  const from = letter.search(seen);
  if (from < 0) return 0;
  if (isEmoji(letter, kinds())) return 2;
  const [first = '', ...more] = letter.slice(from);
  const points = [first, ...more].filter((one) => seen.test(one)).map((one) => one.codePointAt(0) ?? 0);
  if (isHangulPart(points[0])) return widthOfSyllables(points);
  return [first, ...more.filter((one) => spacing.test(one))]
    .map((one) => eastAsianWidth(one.codePointAt(0) ?? 0))
    .reduce((sum, one) => sum + one, 0);
}
/** Also such as are put together of several, or lack what would make them colored. */
function isEmoji(letter: string, { emoji, picture }: ReturnType<typeof kinds>): boolean {
  if (emoji.test(letter)) return true;
  if (letter.length > 50) return false;
  if (/^[\d#*]\u20e3$/.test(letter)) return true;
  return letter.includes('\u200d') && (letter.match(picture)?.length ?? 0) >= 2;
}

const within =
  (...ranges: readonly (readonly [number, number])[]) =>
  (point: number | undefined): boolean =>
    point !== undefined && ranges.some(([from, to]) => point >= from && point <= to);
const [leading, vowel, trailing] = [
  within([0x1100, 0x115f], [0xa960, 0xa97c]),
  within([0x1160, 0x11a7], [0xd7b0, 0xd7c6]),
  within([0x11a8, 0x11ff], [0xd7cb, 0xd7fb]),
];
const isHangulPart = (point: number | undefined): boolean =>
  leading(point) || vowel(point) || trailing(point);
/** A leading sound, a vowel and what may follow them are one syllable; what is alone stands alone. */
function widthOfSyllables(points: readonly number[]): number {
  let width = 0;
  for (let n = 0; n < points.length; n++) {
    if (leading(points[n]) && vowel(points[n + 1])) {
      width += 2;
      n += trailing(points[n + 2]) ? 2 : 1;
    } else width += eastAsianWidth(points[n] ?? 0);
  }
  return width;
}
