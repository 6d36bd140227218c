import { isCommand, unmarked, wordsOf } from '../model/text/own-commands.ts';

/**
 * Lines for people, in a window of so many columns: what is longer than a row is broken between words, and goes on below
 * where its text began. What was marked as a command, an address or a path is never broken: it is there to be copied,
 * and the terminal goes on in the next row as if it were one. A line that fits, or is a command, stays as it is.
 */
export const inRows = (text: string, columns: number): string =>
  text
    .split('\n')
    .flatMap((line) => rowsOf(line, columns))
    .join('\n');

/** A word further in; an address only as far as it fits: it has the row for itself. */
export const indented = (word: string, indent: number, columns: number): string =>
  /^\(?https?:\/\//.test(word) && indent + word.length > columns ? word : word.padStart(indent + word.length);

/** An address that a row has room for, and what is left of this one has not: broken inside, it is no link. */
export const isMisfit = (word: string, used: number, columns: number): boolean =>
  /^\(?https?:\/\//.test(word) && word.length <= columns && used + word.length > columns;

/** Below that, what is broken reads no better. */
const narrowest = 20;

function rowsOf(line: string, columns: number): readonly string[] {
  const plain = unmarked(line);
  if (columns < narrowest || plain.length <= columns || isCommand(line)) return [plain];
  const lead = leadOf(plain, columns);
  const rows: string[] = [];
  let row = lead;
  let empty = true;
  for (const { blank, word } of wordsOf(line.slice(lead.length))) {
    if (!empty && row.length + blank.length + word.length > columns) {
      rows.push(row);
      row = indented(word, lead.length, columns);
    } else if (empty && row.trim() !== '' && isMisfit(word, row.length, columns)) {
      rows.push(row.trimEnd());
      row = word;
    } else if (empty && row.trim() === '') row = indented(word, lead.length, columns);
    else row += (empty ? '' : blank) + word;
    empty = false;
  }
  return [...rows, row];
}

/** '  - ', '12 done      ': what stands before a line's text, as long as it leaves most of the row to the text. */
function leadOf(line: string, columns: number): string {
  const [lead = ''] = /^ *(?:(?:[-+~!?*•›✓✗»]|\d+\.) +|\S(?:\S| (?! ))* {2,})?/.exec(line) ?? [];
  return lead.length <= columns / 2 ? lead : '';
}
