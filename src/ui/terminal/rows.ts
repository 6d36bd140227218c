/** A terminal to draw on: what Ink needs of standard output. */
export type Tty = NodeJS.WriteStream;

/** Draws whole frames by writing the rows that changed. */
export interface Rows {
  /** Given to Ink in place of the terminal. */
  readonly stream: Tty;
  /** Draws everything anew: something else may have written on the screen. */
  redraw(): void;
  /** Writes what moves nothing on the screen: a title, a bell, the clipboard. */
  aside(text: string): void;
  end(): void;
}

export const titled = (text: string): string => `\u001b]2;${text}\u0007`;
export const usualTitle = 'cw-runbook';

const esc = '\u001b';
const [begin, end] = [`${esc}[?2026h`, `${esc}[?2026l`]; // a synchronized update
/** No row runs into the next, however wide a terminal takes a character to be. */
const [cut, wrapAgain] = [`${esc}[?7l`, `${esc}[?7h`];
/** With the alternate screen the window gets a title of ours, and with the shell's screen it has its own again. */
const [taken, given] = [`${esc}[?1049h`, `${esc}[?1049l`];
const withTitle = (text: string): string =>
  text
    .replace(taken, () => `${esc}[22;0t${titled(usualTitle)}${taken}`)
    .replace(given, () => `${given}${esc}[23;0t`);
// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences that Ink writes before a frame
const erased = /^(?:\u001b\[1;1H\u001b\[J|(?:\u001b\[2K(?:\u001b\[1A)?)+\u001b\[G|)/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: anything but text, its looks and links
const foreign = /\u001b(?!\[[\d;:]*m|\]8;;|\\)|[\u0000-\u0009\u000b-\u001a\u001c-\u001f\u007f]/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the cursor shown or hidden, bracketed paste on or off
const unseen = /^(?:\u001b\[\?(?:25|2004)[hl])+$/;

/**
 * Ink writes a frame by erasing the one before and writing all of it. This takes such a frame for what it is, compares
 * it with the rows that are on the screen, and writes those that differ, each at its place, in one piece. Whatever else
 * is written goes through as it is, and the next frame is written whole: nothing is assumed of a screen on which
 * anything but a frame was written, or that changed its size.
 */
export function rowsOn(terminal: Tty): Rows {
  /** What is on the screen; undefined where that is not known. */
  let drawn: { readonly rows: readonly string[]; readonly size: string } | undefined;
  let last: readonly string[] = [];
  const size = (): string => `${terminal.columns}x${terminal.rows}`;

  const changes = (rows: readonly string[]): string => {
    const known = drawn?.size === size() ? drawn.rows : undefined;
    const written = rows.flatMap((row, n) =>
      known?.[n] === row ? [] : [`${esc}[${n + 1};1H${known ? `${esc}[2K` : ''}${row}`],
    );
    if (written.length === 0) return '';
    return `${begin}${cut}${known ? '' : `${esc}[H${esc}[J`}${written.join('')}${wrapAgain}${end}`;
  };
  const draw = (rows: readonly string[]): string => {
    const text = changes(rows);
    last = rows;
    drawn = { rows, size: size() };
    return text;
  };
  const redraw = (): void => {
    drawn = undefined;
    if (last.length > 0) terminal.write(draw(last));
  };
  const write: Tty['write'] = (chunk: unknown, ...rest: unknown[]): boolean => {
    const done = rest.find((one): one is () => void => typeof one === 'function');
    const through = (text: string): boolean => {
      if (text !== '' || done) return terminal.write(text, done);
      return true;
    };
    if (typeof chunk !== 'string') {
      drawn = undefined;
      return terminal.write(chunk as Uint8Array, done);
    }
    if (chunk === '' || chunk === begin || chunk === end) return through('');
    const rows = frameIn(chunk, terminal.rows);
    if (rows) return through(draw(rows));
    if (!unseen.test(chunk)) drawn = undefined;
    return through(withTitle(chunk));
  };
  // A size that changes there and back is no change to Node, but the terminal has cut what was on the screen.
  const resized = (): void => {
    drawn = undefined;
    setImmediate(() => {
      if (!drawn) redraw();
    });
  };
  process.on('SIGWINCH', resized);
  return {
    stream: new Proxy(terminal, {
      get: (target, name) => {
        if (name === 'write') return write;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    }),
    redraw,
    aside: (text) => void terminal.write(text),
    end: () => process.off('SIGWINCH', resized),
  };
}

/** The rows of a frame that fills the window, if that is what was written. Blanks at their ends are left out. */
function frameIn(chunk: string, height: number): readonly string[] | undefined {
  const text = chunk.replace(erased, '');
  if (foreign.test(text)) return undefined;
  const rows = text.split('\n');
  return rows.length === height && height > 1 ? rows.map((row) => row.replace(/ +$/, '')) : undefined;
}
