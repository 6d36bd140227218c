import { escapeControlChars } from '../../model/text/escape-control-chars.ts';
import { markdownText } from '../markdown-text.ts';

/** The cells of a table's row. */
export type Row = readonly string[];

/** A table of Markdown: whatever a cell holds, each row has as many cells as the head. */
export const table = (head: readonly string[], rows: readonly Row[]): readonly string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => '---').join('|')}|`,
  ...rows.map((cells) => `| ${cells.map(markdownText).join(' | ')} |`),
];

/** A part with its heading. None where it has nothing. */
export const part = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`## ${title}`, '', ...lines, ''];

export const bullets = (texts: readonly string[], sign = ''): readonly string[] =>
  texts.map((text) => `- ${sign}${markdownText(text)}`);

/** A fence longer than any run of backticks inside. */
export function fenced(text: string, ...comments: readonly string[]): readonly string[] {
  const rows = [...comments, text].map(escapeControlChars);
  const longest = Math.max(2, ...(rows.join('\n').match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return [fence, ...rows, fence];
}

export const iso = (at: number): string => new Date(at).toISOString();
