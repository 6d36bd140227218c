import type { AppProps } from '../../ui/app.tsx';
import { isPlain } from '../../ui/plain/line-mode.ts';
import type { Screen, Spelled } from '../../ui/screen.ts';
import { CliError, exitCodes } from './exit.ts';

/** Answers have to come from a person: there is no other way to confirm in a guided run. Throws `CliError`. */
export function needTerminal(otherwise: 'run' | 'undo' | 'resume' = 'run'): void {
  if (process.stdin.isTTY) return;
  const command = otherwise === 'resume' ? 'resume FILE --answers ANSWERS' : `${otherwise} --answers FILE`;
  throw new CliError(
    exitCodes.answerNeeded,
    'The guided run asks questions, and standard input is not a terminal.',
    `Start it in a terminal, or use cw-runbook ${command}, which asks nothing.`,
  );
}

/** The screen, or lines of text where there can be none or none is wanted. */
export async function putUp(props: Omit<AppProps, 'terminal' | 'display'> & Spelled): Promise<Screen> {
  if (isPlain(process.env, process.stdout))
    return (await import('../../ui/plain/render.ts')).renderPlain(props);
  return (await import('../../ui/render.tsx')).renderApp(props);
}
