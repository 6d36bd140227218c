import type { Terminal } from '@xterm/headless';

type Cell = NonNullable<
  ReturnType<NonNullable<ReturnType<Terminal['buffer']['active']['getLine']>>['getCell']>
>;
interface Look {
  readonly color: string;
  readonly background: string | undefined;
  readonly bold: boolean;
}
const ink = '#d6deeb';
const paper = '#0b1622';
const faint = '#7f8fa3';
/** The sixteen colours of a terminal, as far as the screen uses them. */
const palette: Readonly<Record<number, string>> = { 1: '#ff7a85', 2: '#7fd88f', 3: '#e7c66b', 6: '#6cc7e0' };

function lookOf(cell: Cell): Look {
  const named = cell.isFgPalette() ? (palette[cell.getFgColor() % 8] ?? ink) : cell.isDim() ? faint : ink;
  const inverse = cell.isInverse() !== 0;
  return {
    color: inverse ? paper : named,
    background: inverse ? named : undefined,
    bold: cell.isBold() !== 0,
  };
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const [wide, high, margin] = [8.4, 18, 16];

const wholeOf = ({ rows }: Terminal) => ({ top: 0, bottom: rows, left: 0 });
/** The rows beside the list of steps, right of the line that parts them. */
function partBesides(terminal: Terminal) {
  const { active } = terminal.buffer;
  const rows = Array.from({ length: terminal.rows }, (_, y) => active.getLine(active.viewportY + y));
  const at = rows.map((row) => row?.translateToString().indexOf(' │ ') ?? -1);
  const top = at.findIndex((x) => x >= 0);
  const bottom = at.findLastIndex((x) => x >= 0) + 1;
  return { top, bottom, left: (at[top] ?? 0) + 3 };
}

/**
 * A terminal's screen as an SVG picture: no font and nothing else from outside. `replace`: for what differs from run to
 * run, so that the picture only changes when the screen does. `besides`: without the list of steps and what stands above
 * and below it, so that the picture does not change with another step either.
 */
export function screenshot(
  terminal: Terminal,
  replace: (text: string) => string,
  title: string,
  besides = false,
): string {
  const rows: string[] = [];
  const { top: first, bottom, left: from } = besides ? partBesides(terminal) : wholeOf(terminal);
  for (let y = first; y < bottom; y++) {
    const line = terminal.buffer.active.getLine(terminal.buffer.active.viewportY + y);
    const runs: { x: number; text: string; look: Look }[] = [];
    for (let x = from; x < terminal.cols; x++) {
      const cell = line?.getCell(x);
      if (!cell || cell.getWidth() === 0) continue;
      const look = lookOf(cell);
      const last = runs.at(-1);
      const text = cell.getChars() || ' ';
      if (last && JSON.stringify(last.look) === JSON.stringify(look)) last.text += text;
      else runs.push({ x, text, look });
    }
    const plain = replace(runs.map(({ text }) => text).join(''));
    let at = 0;
    for (const { x, text, look } of runs) {
      const shown = plain.slice(at, at + text.length);
      at += text.length;
      const top = margin + (y - first) * high;
      const left = margin + (x - from) * wide;
      if (look.background)
        rows.push(
          `<rect x="${left.toFixed(1)}" y="${top}" width="${(text.length * wide).toFixed(1)}" height="${high}" fill="${look.background}"/>`,
        );
      if (shown.trim() === '') continue;
      const weight = look.bold ? ' font-weight="bold"' : '';
      const width = (shown.length * wide).toFixed(1);
      rows.push(
        `<text x="${left.toFixed(1)}" y="${top + 13}" fill="${look.color}"${weight} textLength="${width}" xml:space="preserve">${escaped(shown)}</text>`,
      );
    }
  }
  const width = Math.ceil((terminal.cols - from) * wide + 2 * margin);
  const height = (bottom - first) * high + 2 * margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${paper}"/>`,
    '<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14">',
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}
