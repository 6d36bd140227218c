/** Lines are read aloud. The variable is Ink's own. */
const isSpoken = ({ INK_SCREEN_READER: word }: NodeJS.ProcessEnv): boolean => word === 'true' || word === '1';

/**
 * How many columns lines have. A screen reader reads lines: a sentence must not be cut in two. Terminals that do not know
 * their size say 0 (a serial line, `script`, an SSH session without a window).
 */
export const columnsOf = (env: NodeJS.ProcessEnv, columns: number | undefined): number =>
  isSpoken(env) ? 10_000 : Math.min(100, columns || 80);

/** Whether lines are wanted instead of a screen: asked for, read aloud, or nothing else is possible. */
export const isPlain = (env: NodeJS.ProcessEnv, output: { readonly isTTY?: boolean }): boolean =>
  isSpoken(env) || Boolean(env.CW_RUNBOOK_PLAIN) || env.TERM === 'dumb' || !output.isTTY;
