import { pending, type Run } from '../../model/run.ts';
import type { Runbook } from '../../model/runbook.ts';
import { cardOf } from '../../report/card.ts';
import { titleOf } from '../../report/card-lines.ts';

/** For whoever leaves: how far the run is, whether anything was changed, and that nothing of it is lost. */
export function describeExit(run: Run, runbook: Runbook): string {
  const sent = runbook.steps.flatMap(({ id }) => pending(run, id));
  if (sent.length > 0)
    return `Exited. What was done is written down. Not known yet how it ended, and the next start finds out: ${sent.map(({ intent }) => intent.says).join('; ')}.`;
  const { at: _, ...card } = cardOf(run, runbook);
  return `Exited. What was done is written down. ${titleOf({ ...card, at: undefined })}`;
}
