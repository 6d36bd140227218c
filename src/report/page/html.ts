import { escapeControlChars } from '../../model/text/escape-control-chars.ts';

/** All that a page's text is made of: nothing among it loads, runs or sends. */
const tags = [
  ...([
    'a',
    'article',
    'aside',
    'code',
    'dd',
    'del',
    'details',
    'div',
    'dl',
    'dt',
    'footer',
    'h1',
    'h2',
    'h3',
    'h4',
  ] as const),
  ...([
    'header',
    'ins',
    'li',
    'main',
    'nav',
    'ol',
    'p',
    'pre',
    'section',
    'span',
    'strong',
    'summary',
    'table',
  ] as const),
  ...(['tbody', 'td', 'th', 'thead', 'time', 'tr', 'ul'] as const),
] as const;
type Tag = (typeof tags)[number];
/** Of these, only `class`, `href` within the page, and what a screen reader is told. */
type Attributes = { readonly [K in Attribute]?: string };
type Attribute =
  | ('class' | 'id' | 'href' | 'role' | 'scope' | 'datetime' | 'data-label' | 'tabindex')
  | ('aria-label' | 'aria-labelledby' | 'aria-hidden' | 'lang');

export interface Element {
  readonly tag: Tag;
  readonly attributes: Attributes;
  readonly children: readonly Node[];
}
/** A text is shown as it is: nothing in it is markup, and what nobody would see is made visible. */
export type Node = string | Element | undefined | readonly Node[];

export const h = (tag: Tag, attributes: Attributes, ...children: readonly Node[]): Element => ({
  ...{ tag, attributes, children },
});

/** Line breaks stay: they are the text's own. */
const plain = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map(escapeControlChars)
    .join('\n');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => plain(text).replace(/[&<>"']/g, (one) => entities[one] ?? '');

/** The markup of a piece. */
export function htmlOf(node: Node): string {
  if (node === undefined) return '';
  if (typeof node === 'string') return escaped(node);
  if (!isElement(node)) return node.map(htmlOf).join('');
  const { tag, attributes, children } = node;
  const given = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  return `<${tag}${given.join('')}>${children.map(htmlOf).join('')}</${tag}>`;
}
/** The text of a piece, as a browser's `textContent` has it. */
export function textOf(node: Node): string {
  if (node === undefined) return '';
  if (typeof node === 'string') return plain(node);
  return (isElement(node) ? node.children : node).map(textOf).join('');
}
const isElement = (node: Element | readonly Node[]): node is Element => 'tag' in node;

/**
 * A value that a script of the page reads, as the text of a `<script type="application/json">`: nothing in it ends that,
 * or begins a comment, and it reads as the same value.
 */
export const embedded = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029\ufeff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
