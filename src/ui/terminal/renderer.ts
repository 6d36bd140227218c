import sanitized from 'ink/build/sanitize-ansi.js';

/**
 * Ink lays boxes out, puts what they hold over each other cell by cell, and reads the rows from that. Our screen is one
 * column of rows that are fitted to it: they are put under each other. It stands in the place of Ink's renderer
 * (`src/replaced.mjs`). A style that it does not know is refused: what would not be shown is not drawn.
 */
export default function renderer(root: Box): Frame {
  const rows = rowsOf(root);
  return { output: rows.join('\n'), outputHeight: rows.length, staticOutput: '' };
}
interface Frame {
  readonly output: string;
  readonly outputHeight: number;
  readonly staticOutput: string;
}
/** What React and Ink make of the elements: their names, and the styles that somebody set. */
interface Box {
  readonly nodeName: 'ink-root' | 'ink-box' | 'ink-text' | 'ink-virtual-text';
  readonly style: Readonly<Record<string, unknown>>;
  readonly childNodes: readonly Node[];
}
type Node = Box | { readonly nodeName: '#text'; readonly nodeValue: string };

function rowsOf(node: Node): readonly string[] {
  if (node.nodeName === '#text' || node.nodeName === 'ink-text' || node.nodeName === 'ink-virtual-text')
    return asDrawn(textOf(node))
      .split('\n')
      .map((row) => row.trimEnd());
  for (const [name, value] of Object.entries(node.style))
    if (value !== undefined && !isColumn(name, value))
      throw new Error(`The screen is a column of rows: it knows no ${name} ${String(value)}`);
  const rows = node.childNodes.flatMap(rowsOf);
  const { height } = node.style;
  return typeof height === 'number' ? Array.from({ length: height }, (_, n) => rows[n] ?? '') : rows;
}
/** What Ink makes of a text before it is written. It goes through each character: most texts are left as they are. */
const asDrawn = (text: string): string => (harmless.test(text) ? text : sanitized(text));
export const harmless =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: letters, and the looks that our own rows have
  /^(?:[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u2193\u2500-\u257f✓✗❯⟪⟫○●]|\u001b\[\d{1,3}(?:;\d{1,3})*m)*$/;
const textOf = (node: Node): string =>
  node.nodeName === '#text' ? node.nodeValue : node.childNodes.map(textOf).join('');

/** What Ink itself says of each box, and the column's own direction and size. */
const isColumn = (name: string, value: unknown): boolean =>
  name === 'width' || name === 'height' ? typeof value === 'number' : neutral[name] === value;
const neutral: Readonly<Record<string, unknown>> = {
  flexDirection: 'column',
  flexWrap: 'nowrap',
  flexGrow: 0,
  flexShrink: 1,
  overflowX: 'visible',
  overflowY: 'visible',
};
