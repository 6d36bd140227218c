import type { Line, Tone } from './line.ts';
import type { Colors } from './page.ts';

/** How a tone is written (SGR). None of it is needed to understand a text; the background is never assumed. */
const looks: Readonly<Record<Tone, string>> = {
  plain: '',
  strong: '1',
  dim: '2',
  good: '32',
  bad: '1;31',
  warn: '33',
  accent: '36',
  link: '4',
  marked: '7',
  banner: '1;7',
};
/** A row as the terminal takes it. `links`: addresses are links (OSC 8). */
export const styled = (line: Line, colors: Colors, links = false): string =>
  line
    .map(({ text, tone, href }) => {
      const look = colors === 'none' ? looks[tone].replace(/;?3\d$/, '') : looks[tone];
      const shown = look === '' || text === '' ? text : `\u001b[${look}m${text}\u001b[0m`;
      return links && href !== undefined ? `\u001b]8;;${href}\u001b\\${shown}\u001b]8;;\u001b\\` : shown;
    })
    .join('');
