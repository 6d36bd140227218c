/** What was typed of a line so far that nobody is to see, and what became of the keys. */
export interface Unechoed {
  readonly typed: string;
  /** Lines that were ended with Enter. */
  readonly lines: readonly string[];
  /** Ctrl-C: where the terminal sends keys, it sends no signal for it. */
  readonly interrupted: boolean;
}

/** Keys of a terminal that echoes nothing, added to a line. Only what a code can hold, and a period, is taken up. */
export function addUnechoed(before: string, keys: string): Unechoed {
  let typed = before;
  const lines: string[] = [];
  for (const key of keys) {
    if (key === '\u0003') return { typed: '', lines, interrupted: true };
    if (key === '\r' || key === '\n') {
      lines.push(typed);
      typed = '';
    } else if (key === '\u007f' || key === '\b') typed = typed.slice(0, -1);
    else if (key === '\u0015') typed = '';
    else if (/^[\w.?]$/.test(key)) typed += key;
  }
  return { typed, lines, interrupted: false };
}
