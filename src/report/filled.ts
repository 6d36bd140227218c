import { escapeControlChars } from '../model/text/escape-control-chars.ts';
import { wordsOf } from '../model/text/own-commands.ts';
import { indented, isMisfit } from './in-rows.ts';

/**
 * A text in lines of at most so many characters, broken at blanks only: an address or a command is never cut, and an
 * address that is as wide as a line has one for itself. `lead`
 * stands before the first, and as many blanks before the others.
 */
export function filled(text: string, width: number, lead = ''): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of wordsOf(text).map((one) => escapeControlChars(one.word))) {
    if (line !== '' && lead.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  const [first = '', ...others] = lines;
  if (isMisfit(first, lead.length, width))
    return [
      ...(lead.trim() === '' ? [] : [lead.trimEnd()]),
      first,
      ...others.map((one) => indented(one, lead.length, width)),
    ];
  return lines.map((one, n) => (n === 0 ? `${lead}${one}` : indented(one, lead.length, width)));
}
