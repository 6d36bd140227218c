import { JournalError } from '../../journal/errors.ts';
import { CredentialsError } from '../../model/reader.ts';
import type { Environment } from '../../model/text/environment.ts';
import { neutral, type Own } from '../../model/text/own-commands.ts';
import { withoutSecrets } from '../../model/text/without-secrets.ts';
import { CliError, exitCodes } from './exit.ts';
import { ascii } from './json.ts';
import { print } from './output.ts';

/** Prints what went wrong, in sentences, to standard error. Returns the exit code. */
export function explain(error: unknown, own: Own = neutral, env: Environment = {}): number {
  const say = (...lines: readonly string[]): void =>
    print(
      lines
        .filter(Boolean)
        .map(own)
        .map((line) => `${line}\n`)
        .join(''),
      'stderr',
    );
  if (isCommanders(error)) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage; // it has said so itself
  if (error instanceof CliError) {
    say(error.message, error.remedy, ...error.lines);
    return error.code;
  }
  if (error instanceof JournalError) {
    say(error.message, error.remedy);
    if (error.unwritten.length > 0)
      say('This could not be written down, and nothing else has it. Keep it:', ...error.unwritten.map(ascii));
    return error.kind === 'not-a-file' ? exitCodes.usage : exitCodes.journal;
  }
  if (error instanceof CredentialsError) {
    say(error.problem, error.remedy);
    return exitCodes.credentials;
  }
  const cause = error instanceof Error ? error : new Error(String(error));
  say(
    `Something unexpected happened: ${withoutSecrets(cause.message)}`,
    'What was done until then is in the journal; the next start continues from there. With CW_RUNBOOK_DEBUG=1 the program prints where it happened.',
  );
  if (env.CW_RUNBOOK_DEBUG) process.stderr.write(`${withoutSecrets(cause.stack ?? '')}\n`);
  return exitCodes.unexpected;
}

/** By its code: commander itself need not be loaded to tell. */
const isCommanders = (error: unknown): error is Error & { readonly exitCode: number } =>
  error instanceof Error && 'exitCode' in error && 'code' in error && /^commander\./.test(String(error.code));
