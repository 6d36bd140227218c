import { type Line, span, widthOf, wrap } from './line.ts';
import type { Page } from './page.ts';

/**
 * A URL as it may stand in a terminal's link: http or https, parsed and percent-encoded, with nothing in it that acts on
 * a terminal. Undefined for any other text.
 */
export function linkTarget(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, href, username, password } = new URL(text);
  const plain = /^[!-~]+$/.test(href);
  return (protocol === 'https:' || protocol === 'http:') && plain && username + password === ''
    ? href
    : undefined;
}

/** An address in a row of its own. One that is longer than the row is cut there, and is no link: what is shown is not it. */
export function linkLines(url: string, page: Page, lead = ''): readonly Line[] {
  // It has the whole row where it needs it.
  const rows = wrap(url, page, 'link', widthOf([span(page, lead + url)]) > page.width ? '' : lead);
  const target = linkTarget(url);
  const [first] = rows;
  if (rows.length > 1 || !first || target === undefined) return rows;
  // What is shown is the address itself: a text that had to be made legible is none.
  return [first.map((one) => (one.tone === 'link' && one.text === url ? { ...one, href: target } : one))];
}
