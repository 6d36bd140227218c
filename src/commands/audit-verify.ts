import { verifyFile } from '../journal/evidence/verify-file.ts';
import { fileIn } from '../journal/journal.ts';
import type { Verdict } from '../model/evidence/chain.ts';
import type { Runbook } from '../model/runbook.ts';
import { asCommand, neutral, type Own } from '../model/text/own-commands.ts';
import { systemError } from '../model/text/system-error.ts';
import { type Expected, shortOf, verdictLines } from '../report/verdict-lines.ts';
import { CliError, type ExitCode, exitCodes } from './process/exit.ts';
import { ascii } from './process/json.ts';
import { print } from './process/output.ts';
import { chooseRun } from './runs/choose-run.ts';

export interface AuditVerify extends Expected {
  readonly runbook: Runbook;
  readonly home: string;
  readonly file?: string; // instead of a run of this machine
  readonly run?: string;
  readonly allowedSigners?: string; // a file, as ssh-keygen takes it
  readonly json: boolean;
  readonly own?: Own;
}
/** The form of `--json`. */
const verdictFormat = 'cw-runbook-verdict/1';

/** Verifies a journal, a hand-off's file or an export as JSON lines or HTML. Nothing is asked of AWS, and nothing is changed. */
export async function auditVerify({ file: named, json, ...options }: AuditVerify): Promise<ExitCode> {
  const file = named ?? fileIn((await chooseRun(options)).folder);
  const verdict = verdictOf(file);
  const signed =
    verdict.good && options.allowedSigners !== undefined
      ? await signersOf(verdict, options.allowedSigners)
      : [];
  const short = verdict.good
    ? [...shortOf(verdict, options), ...unsigned(signed, options.allowedSigners)]
    : [];
  const good = verdict.good && short.length === 0;
  if (json)
    process.stdout.write(
      `${ascii(JSON.stringify({ format: verdictFormat, file, ...verdict, signed, good, short }))}\n`,
    );
  else
    print(
      `${[...short, ...signed.flatMap(signedLine), ...verdictLines(verdict, file)]
        .map(options.own ?? neutral)
        .join('\n')}\n`,
    );
  return good ? exitCodes.done : exitCodes.journal;
}

interface Signed {
  readonly at: number; // the record with the signature
  readonly records: number; // how many it covers
  readonly by: string | null; // as the file of allowed signers calls who it was; null: none of them
}
async function signersOf({ run = '', signatures }: Verdict, allowed: string): Promise<readonly Signed[]> {
  const { signerOf } = await import('./auditing/ssh-signature.ts');
  const all: Signed[] = [];
  for (const { at, record, head, root, signature } of signatures)
    all.push({
      at,
      records: record,
      by: (await signerOf(signature, { run, record, head, root }, allowed)) ?? null,
    });
  return all;
}
const unsigned = (signed: readonly Signed[], allowed: string | undefined): readonly string[] => [
  ...(allowed !== undefined && signed.length === 0
    ? [`Nobody has signed it: ${asCommand('cw-runbook audit sign')}.`]
    : []),
  ...signed.flatMap(({ at, by }) =>
    by === null
      ? [`Record ${at} is not signed by one of the allowed signers, or what it covers was changed since.`]
      : [],
  ),
];
const signedLine = ({ records, by }: Signed): readonly string[] =>
  by === null ? [] : [`Signed by ${by}: records 1 to ${records}.`];

function verdictOf(file: string): ReturnType<typeof verifyFile> {
  try {
    return verifyFile(file);
  } catch (error) {
    throw new CliError(
      exitCodes.usage,
      `${file} cannot be read: ${systemError(error)}.`,
      'Name a journal, a hand-off’s file, or an export as JSON lines or HTML.',
    );
  }
}
