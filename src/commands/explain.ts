import { CommanderError } from 'commander';
import { JournalError } from '../journal/errors.ts';
import { CredentialsFailed } from '../model/reader.ts';
import { shown } from '../model/shown.ts';
import { exitCodes, Stopped } from './exit.ts';

/** Prints what went wrong, in sentences, to standard error. Returns the exit code. */
export function explain(error: unknown): number {
  const say = (...lines: readonly string[]): void =>
    void process.stderr.write(
      lines
        .filter(Boolean)
        .map((line) => `${shown(line)}\n`)
        .join(''),
    );
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage; // it has said so itself
  if (error instanceof Stopped) {
    say(error.message, error.remedy);
    return error.code;
  }
  if (error instanceof JournalError) {
    say(error.message, error.remedy);
    return exitCodes.journal;
  }
  if (error instanceof CredentialsFailed) {
    say(error.message, error.remedy);
    return exitCodes.credentials;
  }
  const cause = error instanceof Error ? error : new Error(String(error));
  say(
    `Something unexpected happened: ${cause.message}`,
    'What was done until then is in the journal; the next start goes on from there. With CW_RUNBOOK_DEBUG=1 the program says where it happened.',
  );
  if (process.env.CW_RUNBOOK_DEBUG) process.stderr.write(`${cause.stack}\n`);
  return exitCodes.unexpected;
}
