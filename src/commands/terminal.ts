import { exitCodes, Stopped } from './exit.ts';

/** Keys have to come from a person: there is no other way to confirm in a guided run. Throws `Stopped`. */
export function needTerminal(otherwise: 'run' | 'undo' = 'run'): void {
  const instead = `Start it in a terminal, or use cw-runbook ${otherwise} --answers FILE, which asks nothing.`;
  if (!process.stdin.isTTY)
    throw new Stopped(
      exitCodes.answerNeeded,
      'The guided run asks questions, and standard input is not a terminal.',
      instead,
    );
  if (!process.stdout.isTTY)
    throw new Stopped(
      exitCodes.answerNeeded,
      'The guided run draws a screen, and standard output is not a terminal.',
      instead,
    );
  if (process.env.TERM === 'dumb')
    throw new Stopped(
      exitCodes.answerNeeded,
      'The guided run draws a screen, and this terminal says that it cannot show one (TERM=dumb).',
      instead,
    );
}
