import { head } from '../steps/product.ts';
import { withGuidedRehearsed } from './commands/command-line/rehearsed.ts';
import { defineCommands } from './commands/command-line/root.ts';
import { refuseUnknownCommand } from './commands/command-line/unknown-command.ts';
import { withFlagsOfToday } from './commands/process/earlier-flags.ts';
import { exitCodes } from './commands/process/exit.ts';
import { explain } from './commands/process/explain.ts';
import { describeLost, watchOutput } from './commands/process/output.ts';
import { startedAs } from './commands/process/started-as.ts';
import { ignoreInspectorSignal } from './commands/process/startup.ts';
import { recordingIn } from './commands/record/recording.ts';
import type { Book } from './model/runbook.ts';
import { neutral, type Own, ownCommands, type StartedAs } from './model/text/own-commands.ts';

/** The runbook that the program leads through. */
const ours: Book = { head, load: async () => (await import('../steps/index.ts')).ours };

/** A whole process: one command, what it printed gone out, and the process ended with the command's exit code. */
export async function cli(argv: readonly string[]): Promise<void> {
  ignoreInspectorSignal();
  const lost = watchOutput(process.stdout);
  watchOutput(process.stderr);
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const { env, argv: all } = process;
  process.exitCode = await command(argv, ours, startedAs({ script: all[1] ?? '', cwd: process.cwd(), env }));
  // Once what was said has gone out: a look at AWS that nobody waits for any more must not keep the process alive.
  await new Promise((resolve) => process.stdout.write('', resolve));
  await new Promise(setImmediate); // an error is told after the write that it is of
  const why = lost();
  if (why !== undefined) {
    process.exitCode ||= exitCodes.unexpected;
    process.stderr.write(describeLost(why));
  }
  process.stderr.write('', () => process.exit());
}

/** Arguments → one command, loading only what that command needs. What it resolves to is the exit code. */
export async function command(
  argv: readonly string[],
  book: Book = ours,
  started: StartedAs = { start: 'cw-runbook' },
): Promise<number> {
  let ended: number = exitCodes.done;
  const done = (code: number): void => {
    ended = code;
  };
  const recording = recordingIn();
  let spelled = neutral; // the commands' names are known once they are defined
  const own: Own = (text) => spelled(text);
  try {
    const root = defineCommands(done, recording, book, own);
    spelled = ownCommands(started, ['help', ...root.commands.map((one) => one.name())]);
    const given = withGuidedRehearsed(withFlagsOfToday(argv), root);
    refuseUnknownCommand(given, root);
    await root.parseAsync(given, { from: 'user' });
    return ended;
  } catch (error) {
    return explain(error, own);
  } finally {
    recording.end();
  }
}
