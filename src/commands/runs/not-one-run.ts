import type { Runbook } from '../../model/runbook.ts';
import { asCommand } from '../../model/text/own-commands.ts';
import { CliError, exitCodes } from '../process/exit.ts';
import { type Known, shortId, shown } from './find-run.ts';
import { placeSaid, stateSaid, summaryOf, timeSaid } from './run-summary.ts';

/** So many are told; `runs` lists all. */
const most = 10;

/**
 * For a text that names no run, or more than one: which runs there are, how each stands, and what to type for it.
 * `before`: how an id is typed.
 */
export async function notOneRun(
  text: string,
  found: readonly Known[],
  all: readonly Known[],
  runbook: Runbook,
  before = (id: string): string => `--run ${id}`,
): Promise<CliError> {
  const told = (found.length > 0 ? found : all).toReversed();
  const typed = (id: string): string =>
    before(told.filter(({ header }) => header.run.endsWith(shortId(id))).length > 1 ? id : shortId(id));
  const lines: string[] = [];
  for (const known of told.slice(0, most)) {
    const one = await summaryOf(known, runbook);
    const steps = one.stepsDone === undefined ? '' : `, ${one.stepsDone} of ${one.steps} steps done`;
    lines.push(
      `${typed(one.id)}  ${placeSaid(one)}, ${stateSaid(one)}, last used ${timeSaid(one)} UTC${steps}`,
    );
  }
  const rest = told.length - lines.length;
  const { what, todo } = described(text, found.length);
  if (told.length === 0)
    return new CliError(
      exitCodes.usage,
      what,
      `There are no runs on this machine. To look around: ${asCommand('cw-runbook demo')}.`,
    );
  return new CliError(exitCodes.usage, what, todo, [
    ...lines.map((line) => `  ${line}`),
    ...(rest > 0 ? [`${rest} more: ${asCommand('cw-runbook runs')} lists them.`] : []),
  ]);
}

function described(text: string, found: number): { readonly what: string; readonly todo: string } {
  if (found > 1)
    return {
      what: `${found} runs have “${text}” in their ids: none was chosen, and nothing was done.`,
      todo: 'Name one of them by more of its id:',
    };
  if (found === 1)
    return {
      what: `“${text}” is too short to name a run here: it takes at least the ${shown} characters shown.`,
      todo: 'The run that has it in its id:',
    };
  return { what: `There is no run “${text}”.`, todo: 'Runs on this machine, the newest first:' };
}
