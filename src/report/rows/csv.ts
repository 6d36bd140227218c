import { stringify } from 'csv-stringify/sync';
import { escapeControlChars } from '../../model/text/escape-control-chars.ts';
import { type AuditRow, columns } from './row.ts';

/**
 * Rows as CSV (RFC 4180): UTF-8 with a byte order mark, lines that end with CR LF, every row with all columns. What a
 * spreadsheet would take for a formula, or for a number that it shortens, begins with an apostrophe.
 */
export function* csv(rows: Iterable<AuditRow>): Generator<string> {
  yield `\ufeff${line(columns)}`;
  for (const row of rows) yield line(columns.map((column) => inert(row[column] ?? '')));
}
const line = (cells: readonly string[]): string => stringify([[...cells]], { record_delimiter: '\r\n' });

/**
 * A cell that is a text in every spreadsheet. Formulas begin with one of these characters (OWASP, CSV injection), some
 * programs pass over blanks before it, and one that takes the file apart at other places begins a cell after a line break.
 */
export function inert(text: string): string {
  const [first = '', ...others] = text.split(/\r\n|\r|\n/);
  const whole = others.length === 0 && isLongNumber(first);
  const start = whole || /^[\t\r\n]/.test(text) || isLive(first) ? "'" : '';
  return [
    `${start}${escapeControlChars(first)}`,
    ...others.map((part) => `${isLive(part) ? "'" : ''}${escapeControlChars(part)}`),
  ].join('\n');
}
const isLive = (part: string): boolean => /^[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠﹢﹣﹦﹫|]/u.test(part);
/** An account's id loses its zeros, and a long number its last digits. */
const isLongNumber = (text: string): boolean =>
  /^\s*(?:0\d|\d{10})[\d.,]*\s*$|^\s*\d[\d.]*[eE]\d+\s*$/.test(text);
