import { charsetOf } from '../text/charset.ts';
import type { Colors, Display } from '../text/page.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What is written to, and what it can show: read of the environment once, and handed on from there. */
export interface Terminal extends Display {
  /** Lines are wanted instead of a screen: asked for, read aloud, or nothing else is possible. */
  readonly plain: boolean;
  /** Lines are read aloud: none of them may be cut in two. */
  readonly aloud: boolean;
}

/** Of an environment and an output. Ink's own variable says that a screen reader reads along. */
export function terminalOf(env: Env, output: { readonly isTTY?: boolean }): Terminal {
  const charset = charsetOf(env);
  const aloud = env.INK_SCREEN_READER === 'true' || env.INK_SCREEN_READER === '1';
  const plain = aloud || Boolean(env.CW_RUNBOOK_PLAIN) || env.TERM === 'dumb' || !output.isTTY;
  return {
    ...{ charset, plain, aloud },
    colors: plain ? 'none' : colorsOf(env),
    spoken: plain,
    links: !plain && charset === 'unicode' && takesLinks(env),
    tmux: Boolean(env.TMUX),
  };
}

/** NO_COLOR (https://no-color.org) is about colors: bold, underlined and reversed stay. */
export const colorsOf = (env: Env): Colors => (env.NO_COLOR || env.FORCE_COLOR === '0' ? 'none' : 'sixteen');

/** Terminals that take OSC 8, or leave it out: by the names they give. */
const known = /^(xterm|tmux|alacritty|foot|ghostty|rio|contour|konsole|vte|gnome|kitty|wezterm|iterm)/i;
/** Whether addresses may be links: where the terminal is known to take them, and nobody said otherwise. */
export function takesLinks({
  CW_RUNBOOK_LINKS: wish,
  TERM = '',
  TMUX,
  TERM_PROGRAM,
  TERM_PROGRAM_VERSION,
}: Env): boolean {
  if (wish === '0' || !known.test(TERM)) return false;
  if (TMUX === undefined && !TERM.startsWith('tmux')) return true;
  const [major = 0, minor = 0] = (TERM_PROGRAM_VERSION ?? '')
    .split('.')
    .map((part) => Number.parseInt(part, 10));
  return TERM_PROGRAM === 'tmux' && (major > 3 || (major === 3 && minor >= 4));
}
/**
 * How many columns lines have. A screen reader reads lines: a sentence must not be cut in two. Terminals that do not know
 * their size say 0 (a serial line, `script`, an SSH session without a window).
 */
export const columnsOf = ({ aloud }: Pick<Terminal, 'aloud'>, columns: number | undefined): number =>
  aloud ? 10_000 : Math.min(100, columns || 80);
