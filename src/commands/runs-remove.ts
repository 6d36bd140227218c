import { RunLocked } from '../journal/errors.ts';
import { holderOf } from '../journal/holder.ts';
import { moveToRemoved, purgeRemoved, removedRuns } from '../journal/remove.ts';
import type { Runbook } from '../model/runbook.ts';
import { asCommand, neutral, type Own } from '../model/text/own-commands.ts';
import { askLine } from './process/ask-line.ts';
import { CliError, type ExitCode, exitCodes } from './process/exit.ts';
import { print } from './process/output.ts';
import { chooseRun } from './runs/choose-run.ts';
import { type RunSummary, summaryOf } from './runs/run-summary.ts';

export interface RemoveOptions {
  readonly runbook: Runbook;
  readonly home: string;
  readonly id?: string;
  /** Also a run that made something that is not undone. */
  readonly forget: boolean;
  /** Delete what was removed earlier. */
  readonly purge: boolean;
  readonly yes: boolean;
  readonly confirm: readonly string[];
  readonly own?: Own; // this program's own commands, as they are typed here
}

/**
 * Moves a run to `removed/`, after saying what is lost, or empties that folder. Nothing at AWS changes. Throws `CliError`
 * and `JournalError`.
 */
export async function runsRemove(options: RemoveOptions): Promise<ExitCode> {
  const { runbook, home, id, forget, purge, own = neutral } = options;
  const tell = (...lines: readonly string[]): void => say(...lines.map(own));
  if (purge === (id !== undefined))
    throw new CliError(
      exitCodes.usage,
      purge ? '--purge takes no run: it deletes all that were removed.' : 'Name the run to remove.',
      `${asCommand('cw-runbook runs')} lists them: ${asCommand('cw-runbook runs remove ID')}.`,
    );
  if (purge) return purged(home, options);
  const known = await chooseRun({
    runbook,
    home,
    run: id ?? '',
    by: 'shown',
    before: (id) => asCommand(`cw-runbook runs remove ${id}`),
  });
  const run = await summaryOf(known, runbook);
  if (run.open) throw new RunLocked(known.folder, await holderOf(known.folder));
  const lost = reasonToForget(run);
  refuseWhileNeeded(run, lost, forget);
  tell(
    `Run ${run.id}, begun ${run.begun}: ${run.simulated ? `a demo (${run.scenario})` : run.endpoint}.`,
    'Removing it changes nothing at AWS. You lose its audit log, and the ways to continue and to undo it.',
    ...lost,
    ...(made(run) ? [`To undo it instead: ${undoOf(run)}`] : []),
    `Keep the audit log first: ${asCommand(`cw-runbook audit export --run ${run.short} > ${run.short}.md`)}`,
  );
  const left = await (lost.length > 0
    ? agreedByName(run, options)
    : agreed(`Remove run ${run.short}? (y/n) `, options));
  if (left !== undefined) return left;
  tell(`Moved to ${await moveToRemoved(home, known.folder, Date.now())}.`);
  tell(
    `It can be moved back by hand. To delete for good what was removed: ${asCommand('cw-runbook runs remove --purge')}`,
  );
  return exitCodes.done;
}

const say = (...lines: readonly string[]): void => print(`${lines.join('\n')}\n`);

/** What is not undone, or is not known: only who says so twice lets go of it. */
function reasonToForget({ state, made = [] }: RunSummary): readonly string[] {
  if (state === 'unreadable') return ['Its journal cannot be read, so what it made is not known.'];
  if (state === 'other-runbook') return ['It belongs to another runbook, so what it made is not known here.'];
  return made.length > 0 ? [`It made, and did not undo: ${made.join(', ')}.`] : [];
}
const made = ({ made = [] }: RunSummary): boolean => made.length > 0;
const undoOf = ({ short }: RunSummary): string => asCommand(`cw-runbook undo --run ${short}`);

function refuseWhileNeeded(run: RunSummary, lost: readonly string[], forget: boolean) {
  const { state, unknown = [], short } = run;
  if (state === 'handed-off')
    throw new CliError(
      exitCodes.parked,
      `Run ${short} is handed off: somebody else may be continuing it. It was not removed.`,
      `Reclaim it first, in a terminal: ${asCommand('cw-runbook')}, then type the hand-off’s id.`,
    );
  if (unknown.length > 0)
    throw new CliError(
      exitCodes.parked,
      `Run ${short} sent a change whose outcome is unknown: ${unknown.join(', ')}. It was not removed.`,
      `Continue the run to find out: ${asCommand(`cw-runbook --run ${short}`)}`,
    );
  if (lost.length > 0 && !forget)
    throw new CliError(
      exitCodes.answerNeeded,
      [`Run ${short} was not removed.`, ...lost].join(' '),
      `${made(run) ? `To undo it: ${undoOf(run)}. ` : ''}To remove it all the same: ${asCommand(`cw-runbook runs remove ${short} --forget`)}`,
    );
}

/** The exit code of who does not agree; undefined of who does. */
async function agreed(question: string, { yes }: RemoveOptions): Promise<ExitCode | undefined> {
  if (yes) return undefined;
  if (!process.stdin.isTTY)
    throw new CliError(exitCodes.answerNeeded, 'Nothing was removed.', 'Agree with --yes.');
  const reply = await askLine(question);
  if (typeof reply !== 'string') return exitCodes.interrupted;
  if (/^y(es)?$/i.test(reply)) return undefined;
  say('Nothing was removed.');
  return exitCodes.parked;
}

async function agreedByName(
  { id, short }: RunSummary,
  { confirm }: RemoveOptions,
): Promise<ExitCode | undefined> {
  const isIt = (text: string): boolean => [short, id].includes(text.toUpperCase());
  if (confirm.some(isIt)) return undefined;
  if (!process.stdin.isTTY)
    throw new CliError(exitCodes.answerNeeded, 'Nothing was removed.', `Agree with --confirm ${short}.`);
  const reply = await askLine(`Type ${short} to remove the run, anything else to keep it: `);
  if (typeof reply !== 'string') return exitCodes.interrupted;
  if (isIt(reply)) return undefined;
  say('Nothing was removed.');
  return exitCodes.parked;
}

async function purged(home: string, options: RemoveOptions): Promise<ExitCode> {
  const all = await removedRuns(home);
  if (all.length === 0) {
    say('No removed runs to delete.');
    return exitCodes.done;
  }
  say(
    `To be deleted for good, with their audit logs: ${all.length} removed ${all.length === 1 ? 'run' : 'runs'}`,
    ...all.map((one) => `  ${one}`),
  );
  const left = await agreed('Delete them for good? (y/n) ', options);
  if (left !== undefined) return left;
  await purgeRemoved(home);
  say('Deleted.');
  return exitCodes.done;
}
