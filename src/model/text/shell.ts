import { escapeControlChars, unseenAs } from './escape-control-chars.ts';

/** Nothing in it means anything to a shell. zsh takes a word that begins with = for a program's path. */
const plain = /^(?!=)[\w./:@%=,+-]+$/;

/** A word as a POSIX shell takes it: as it is where nothing in it means anything to the shell, else in quotes. */
export function shellWord(text: string): string {
  if (plain.test(text)) return text;
  return escapeControlChars(text) === text ? `'${text.replaceAll("'", `'\\''`)}'` : printed(text);
}

/**
 * What cannot be seen is written by its bytes, in a way that every shell has ($'…' is not in dash): the same word, and
 * all of it legible. A line break at its end would be lost.
 */
function printed(text: string): string {
  const safe = text.replace(/[\\%'!]/g, (one) => (one === '\\' ? '\\\\' : one === '%' ? '%%' : octal(one)));
  return `"$(printf '${unseenAs(safe, octal)}')"`;
}
const octal = (character: string): string =>
  [...new TextEncoder().encode(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');

/** JSON in which what cannot be seen is escaped: the same value. */
export const legibleJson = (value: unknown): string =>
  unseenAs(JSON.stringify(value), (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
