import { verifyFile } from '../journal/evidence/verify-file.ts';
import { fileIn } from '../journal/journal.ts';
import type { Runbook } from '../model/runbook.ts';
import { escapeControlChars } from '../model/text/escape-control-chars.ts';
import type { Own } from '../model/text/own-commands.ts';
import { type Expected, shortOf, verdictLines } from '../report/verdict-lines.ts';
import { CliError, type ExitCode, exitCodes } from './process/exit.ts';
import { ascii } from './process/json.ts';
import { chooseRun } from './runs/choose-run.ts';

export interface AuditVerify extends Expected {
  readonly runbook: Runbook;
  readonly home: string;
  readonly file?: string; // instead of a run of this machine
  readonly run?: string;
  readonly json: boolean;
  readonly own?: Own;
}
/** The form of `--json`. */
const verdictFormat = 'cw-runbook-verdict/1';

/** Verifies a journal, a hand-off's file or an export as JSON lines. Nothing is asked of AWS, and nothing is changed. */
export async function auditVerify({ file: named, json, ...options }: AuditVerify): Promise<ExitCode> {
  const file = named ?? fileIn((await chooseRun(options)).folder);
  const verdict = verdictOf(file);
  const short = verdict.good ? shortOf(verdict, options) : [];
  const good = verdict.good && short.length === 0;
  process.stdout.write(
    json
      ? `${ascii(JSON.stringify({ format: verdictFormat, file, ...verdict, good, short }))}\n`
      : `${[...short, ...verdictLines(verdict, file)].map(escapeControlChars).join('\n')}\n`,
  );
  return good ? exitCodes.done : exitCodes.journal;
}

function verdictOf(file: string): ReturnType<typeof verifyFile> {
  try {
    return verifyFile(file);
  } catch (error) {
    throw new CliError(
      exitCodes.usage,
      `${file} cannot be read: ${(error as Error).message}.`,
      'Name a journal, a hand-off’s file, or an export as JSON lines.',
    );
  }
}
