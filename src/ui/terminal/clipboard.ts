import type { Display } from '../text/page.ts';

/** What terminals take at most in one OSC 52, in bytes of text: 100,000 of the whole sequence. */
export const mostCopied = 74_994;
const [esc, bel] = ['\u001b', '\u0007'];

/**
 * The sequence by which a terminal puts a text into its clipboard, also where it is on another machine (OSC 52).
 * Undefined for a text that is longer than terminals take. Within tmux it is sent to tmux, and past it to the terminal
 * outside: whichever of the two is allowed to takes it.
 */
export function copying(text: string, { tmux = false }: Pick<Display, 'tmux'>): string | undefined {
  const bytes = Buffer.from(text);
  if (bytes.length > mostCopied) return undefined;
  const osc = `${esc}]52;c;${bytes.toString('base64')}${bel}`;
  return tmux ? `${osc}${esc}Ptmux;${osc.replaceAll(esc, esc + esc)}${esc}\\` : osc;
}
