import { open, readFile, rename } from 'node:fs/promises';
import { asCommand } from '../../model/text/own-commands.ts';
import { systemError } from '../../model/text/system-error.ts';
import { hashOf, type PlanDocument, planFormat } from '../../report/plan-document.ts';
import { CliError, exitCodes } from '../process/exit.ts';

/** Writes a plan where nobody else can read it. An earlier file there is replaced in one go. Throws `CliError`. */
export async function writePlan(file: string, document: PlanDocument): Promise<void> {
  const beside = `${file}.${process.pid}.part`;
  try {
    const handle = await open(beside, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(document, undefined, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    throw new CliError(
      exitCodes.usage,
      `The plan cannot be written to ${file}: ${(error as Error).message}.`,
      'Name a file in a folder that exists and that you may write to: --out FILE.',
    );
  }
}

/** Reads a plan, and refuses one that is none, of another version, or changed since. Throws `CliError`. */
export async function readPlan(file: string): Promise<PlanDocument> {
  const refuse = (what: string, remedy: string): never => {
    throw new CliError(exitCodes.usage, `${file} ${what}`, remedy);
  };
  const again = `Make it again: ${asCommand('cw-runbook plan --answers FILE --out FILE')}.`;
  const text = await readFile(file, 'utf8').catch((error: Error) =>
    refuse(
      `cannot be read: ${systemError(error)}.`,
      `Name the file that ${asCommand('cw-runbook plan --out')} has written.`,
    ),
  );
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || !('format' in value))
    return refuse('is no plan of cw-runbook.', again);
  const document = value as PlanDocument;
  if (document.format !== planFormat)
    return refuse(
      `is a plan in the form ${String(document.format)}, and this program knows ${planFormat}.`,
      again,
    );
  if (!isWhole(document) || hashOf(document) !== document.hash)
    return refuse(`is not as ${asCommand('cw-runbook plan')} wrote it: its hash does not fit.`, again);
  return document;
}
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
const isWhole = ({
  steps,
  identities,
  answers,
  waive,
  run,
  runbook,
  endpoint,
}: Partial<PlanDocument>): boolean =>
  Array.isArray(steps) &&
  [identities, answers, waive].every((one) => typeof one === 'object' && one !== null) &&
  [run, runbook, endpoint].every((one) => typeof one === 'string');
