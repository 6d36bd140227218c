import type { Event } from '../../model/event.ts';
import { isOf, type Runbook } from '../../model/runbook.ts';
import { CliError, exitCodes } from '../process/exit.ts';

/** Why a run cannot be gone on with here: it is of another runbook. A run that was killed before it began is of any. */
export function ofAnother(
  runbook: Runbook,
  run: string,
  events: readonly Event[],
  nothingChanged = 'Nothing was changed.',
): CliError | undefined {
  const started = events.find((event) => event.type === 'started');
  if (!started || isOf(runbook, started.runbook)) return undefined;
  const theirs =
    started.runbook === undefined
      ? 'names no runbook: an earlier version began it, when there was one only'
      : `is of the runbook “${started.runbook}”`;
  return new CliError(
    exitCodes.prerequisite,
    `Run ${run} ${theirs}. This program leads through “${runbook.id}”: ${runbook.title}. ${nothingChanged}`,
    'Continue it in the program that began it.',
  );
}
