import { once } from './memoize.ts';
import { unmarked } from './own-commands.ts';

/**
 * Characters that a terminal acts upon, that hide or turn text round, or that are not seen at all: control characters,
 * line and paragraph separators, bidirectional controls, zero-width and filler characters, variation selectors beyond
 * those of emoji, tags, lone surrogates, private use, and what is no character. To make it takes a tenth of the start.
 */
const unseen = once(
  () =>
    new RegExp(
      `[${[
        String.raw`\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f`,
        String.raw`\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb`,
        String.raw`\p{NChar}\u{13430}-\u{13440}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}`,
      ].join('')}]`,
      'gu',
    ),
);

/** Marks upon marks, more than any script piles on one letter: they reach over the rows above and below. */
const pile = /(?<=\p{M}{10})\p{M}+/gu;

/**
 * Most texts are, and nothing has to be looked for in them: Latin letters, quotation marks and dashes, arrows, the lines of
 * frames, and marks. Node reads tables of all characters once the others are used.
 */
const plain = /^[\x20-\x7e\xa1-\xac\xae-\xff\u2010-\u2027\u2190-\u21ff\u2500-\u257f\u2700-\u27bf]*$/;

/** A text with something else in the place of each character that is not seen as what it is. */
export const unseenAs = (text: string, as: (character: string) => string): string =>
  plain.test(text) ? text : text.replace(unseen(), as).replace(pile, (marks) => [...marks].map(as).join(''));

const name = (character: string): string =>
  `⟪U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟫`;

/**
 * A text as it may be shown: what would act on a terminal or deceive a reader becomes visible, ⟪U+202E⟫. For showing
 * only: what is compared and sent stays as it is. Marked commands are words like the others.
 */
export const escapeControlChars = (text: string): string => unseenAs(unmarked(text), name);
