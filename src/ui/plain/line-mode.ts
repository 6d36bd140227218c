/** Lines are read aloud. The variable is Ink's own. */
export const isSpoken = ({ INK_SCREEN_READER: word }: NodeJS.ProcessEnv): boolean =>
  word === 'true' || word === '1';

/** Whether lines are wanted instead of a screen: asked for, read aloud, or nothing else is possible. */
export const isPlain = (env: NodeJS.ProcessEnv, output: { readonly isTTY?: boolean }): boolean =>
  isSpoken(env) || Boolean(env.CW_RUNBOOK_PLAIN) || env.TERM === 'dumb' || !output.isTTY;
