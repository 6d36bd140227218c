import { head } from '../steps/product.ts';
import { bareCommand } from './commands/command-line/bare.ts';
import { environmentHere, putInForce, quietSdk } from './commands/process/environment.ts';
import { exitCodes } from './commands/process/exit.ts';
import { explain } from './commands/process/explain.ts';
import { describeLost, watchOutput } from './commands/process/output.ts';
import { startedAs } from './commands/process/started-as.ts';
import type { Book } from './model/runbook.ts';
import type { Environment } from './model/text/environment.ts';
import { type Own, ownCommands, type StartedAs } from './model/text/own-commands.ts';

/** The runbook that the program leads through. */
const ours: Book = { head, load: async () => (await import('../steps/index.ts')).ours };

/** A whole process: one command, what it printed gone out, and the process ended with the command's exit code. */
export async function cli(argv: readonly string[]): Promise<void> {
  const lost = watchOutput(process.stdout);
  watchOutput(process.stderr);
  const env = putInForce({ ...environmentHere(), ...quietSdk });
  const started = startedAs({ script: process.argv[1] ?? '', cwd: process.cwd(), env });
  process.exitCode = await command(argv, env, { started });
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

interface Program {
  readonly book?: Book | undefined;
  readonly started?: StartedAs | undefined;
}
/** Arguments → one command, loading only what that command needs. What it resolves to is the exit code. */
export async function command(
  argv: readonly string[],
  env: Environment,
  { book = ours, started = { start: 'cw-runbook' } }: Program = {},
): Promise<number> {
  let spelled: Own | undefined;
  const own: Own = (text) => {
    spelled ??= ownCommands(started);
    return spelled(text);
  };
  try {
    const bare = bareCommand(argv, book, own, env);
    if (bare) return await bare();
    const { parsed } = await import('./commands/command-line/parsed.ts');
    return await parsed(argv, book, own, env);
  } catch (error) {
    return explain(error, own, env);
  }
}
