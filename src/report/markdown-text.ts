import { escapeControlChars } from '../model/text/escape-control-chars.ts';

/**
 * A text as Markdown that reads as the text: no link, no tag, no entity, no cell, no list. Renderers make links of bare
 * addresses, and nothing but code stops all of them: what looks like an address is code.
 */
export const markdownText = (text: string): string =>
  escapeControlChars(text.replace(/\s+/g, ' '))
    .trim()
    .split(' ')
    .map((word, n) => wordOf(word, n === 0))
    .join(' ');

/** Bars, backslashes and backticks cannot be in code everywhere: they part it. */
const wordOf = (word: string, first: boolean): string =>
  word
    .split(/([\\|`])/)
    .map((part, n) => (isAddress(part) ? codeOf(part, first && n === 0) : escaped(part, first && n === 0)))
    .join('');

/** The address as code, and what a sentence puts around it as text: brackets, quotes, and what ends it. */
function codeOf(part: string, first: boolean): string {
  const [, before = '', address = part, after = ''] = /^([(“"']*)(.*?)([)”"'.,;:!?]*)$/su.exec(part) ?? [];
  return isAddress(address)
    ? `${escaped(before, first)}\`${address}\`${escaped(after, false)}`
    : `\`${part}\``;
}

/** Of what GitHub, markdown-it and others make links: addresses, e-mail addresses, mentions, issues, domains. */
const isAddress = (part: string): boolean => /@|:\/|www\.|mailto:|xmpp:|#\d/i.test(part) || domain.test(part);
/** With an ending that linkify-it, which markdown-it uses, takes for a domain’s by itself; none in the middle of a path. */
const domain =
  /(?<![\p{L}\p{N}.:/_@-])[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.([a-z]{2}|biz|com|edu|gov|net|org|pro|web|xxx|aero|asia|coop|info|museum|name|shop|рф)(?![\p{L}\p{N}_-])/iu;

function escaped(part: string, first: boolean): string {
  const safe = part.replace(/[\\`*_{}[\]<>|~#!&$^]/g, '\\$&');
  return first ? safe.replace(/^([-+=]|\d{1,9}(?=[.)]))([.)]?)/, begins) : safe;
}
/** What begins a list, or underlines a heading. */
const begins = (_: string, start: string, end: string): string =>
  end === '' ? `\\${start}` : `${start}\\${end}`;
