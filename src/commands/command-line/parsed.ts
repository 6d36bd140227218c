import type { Book } from '../../model/runbook.ts';
import type { Environment } from '../../model/text/environment.ts';
import type { Own } from '../../model/text/own-commands.ts';
import { withFlagsOfToday } from '../process/earlier-flags.ts';
import { exitCodes } from '../process/exit.ts';
import { recordingIn } from '../record/recording.ts';
import { withGuidedRehearsed } from './rehearsed.ts';
import { defineCommands } from './root.ts';
import { refuseUnknownCommand, withHelpOfNested } from './unknown-command.ts';

/** Runs the command that a command line asks for, whatever it says. Resolves to the exit code; throws what the command throws. */
export async function parsed(
  argv: readonly string[],
  book: Book,
  own: Own,
  env: Environment,
): Promise<number> {
  let ended: number = exitCodes.done;
  const done = (code: number): void => {
    ended = code;
  };
  const recording = recordingIn();
  try {
    const root = defineCommands(done, recording, book, own, env);
    const given = withGuidedRehearsed(withFlagsOfToday(argv), root);
    refuseUnknownCommand(given, root);
    await root.parseAsync(withHelpOfNested(given), { from: 'user' });
    return ended;
  } finally {
    recording.end();
  }
}
