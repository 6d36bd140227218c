import { escapeControlChars } from '../../model/text/escape-control-chars.ts';

/** The characters that the terminal is believed to have. */
export type Charset = 'unicode' | 'ascii';

/** Every sign of the screen and of its sentences, in ASCII. What is as it should be is not + : that is what is added. */
const instead: Readonly<Record<string, string>> = {
  '✓': '*',
  '✗': 'x',
  '•': '.',
  '○': 'o',
  '●': '*',
  '◉': '@',
  '·': '-',
  '…': '...',
  '❯': '>',
  '›': '>',
  '»': '&',
  '│': '|',
  '─': '-',
  '↑': '^',
  '↓': 'v',
  '×': 'x',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '–': '-',
  '—': '-',
  '⟪': '<',
  '⟫': '>',
  '\u00a0': ' ',
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII
const beyond = /[^\u0000-\u007f]/gu;
const named = (character: string): string =>
  instead[character] ?? `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;

/** A text as this terminal may show it: nothing acts on it, nothing deceives, and it has every character. */
export const legible = (text: string, charset: Charset): string => {
  const safe = escapeControlChars(text);
  return charset === 'ascii' ? safe.replace(beyond, named) : safe;
};

/**
 * What the environment says of the terminal: CW_RUNBOOK_ASCII decides (0 for no); else the locale, where there is one;
 * and the console of Linux has few signs in its font.
 */
export function charsetOf(env: Readonly<Record<string, string | undefined>>): Charset {
  const { CW_RUNBOOK_ASCII: wish, TERM } = env;
  if (wish !== undefined && wish !== '') return wish === '0' ? 'unicode' : 'ascii';
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || 'UTF-8';
  return /utf-?8/i.test(locale) && TERM !== 'linux' ? 'unicode' : 'ascii';
}
/** Stands where a text was cut, in one cell. */
export const ellipsis = ({ charset }: { readonly charset: Charset }): string =>
  charset === 'ascii' ? '~' : '…';
