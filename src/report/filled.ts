import { escapeControlChars } from '../model/text/escape-control-chars.ts';
import { wordsOf } from '../model/text/own-commands.ts';

/**
 * A text in lines of at most so many characters, broken at blanks only: an address or a command is never cut. `lead`
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
  return lines.map((one, n) => `${n === 0 ? lead : ' '.repeat(lead.length)}${one}`);
}
