import type { Environment } from '../../model/text/environment.ts';
import { asCommand, neutral, type Own } from '../../model/text/own-commands.ts';
import type { Screen, Shown } from '../../ui/screen.ts';
import { type Terminal, terminalOf } from '../../ui/terminal/terminal.ts';
import { CliError, exitCodes } from './exit.ts';

/** Answers have to come from a person: there is no other way to confirm in a guided run. Throws `CliError`. */
export function needTerminal(otherwise: 'run' | 'undo' | 'resume' = 'run'): void {
  if (process.stdin.isTTY) return;
  const command = otherwise === 'resume' ? 'resume FILE --answers ANSWERS' : `${otherwise} --answers FILE`;
  throw new CliError(
    exitCodes.answerNeeded,
    'The guided run asks questions, and standard input is not a terminal.',
    `Start it in a terminal, or use ${asCommand(`cw-runbook ${command}`)}, which asks nothing.`,
  );
}

/** The terminal that this process has. `own`: this program's own commands, as they are typed here. */
export const terminalHere = (env: Environment, own: Own = neutral): Terminal => ({
  ...terminalOf(env, process.stdout),
  own,
});

/** The screen, or lines of text where there can be none or none is wanted. */
export async function putUp(props: Shown, terminal: Terminal): Promise<Screen> {
  if (terminal.plain) return (await import('../../ui/plain/render.ts')).renderPlain(props, terminal);
  return (await import('../../ui/render.tsx')).renderApp(props, terminal);
}
