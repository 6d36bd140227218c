import { pending, type Run } from '../../model/run.ts';
import type { Runbook } from '../../model/runbook.ts';
import { cardOf } from '../../report/card.ts';
import { titleOf } from '../../report/card-lines.ts';

const goesOn = 'To continue:';

/**
 * For whoever leaves: how far the run is, whether anything was changed, and that nothing of it is lost. Then what leads to the
 * command that opens it: what is finished is not continued.
 */
export function describeExit(run: Run, runbook: Runbook): readonly [says: string, lead: string] {
  const sent = runbook.steps.flatMap(({ id }) => pending(run, id));
  if (sent.length > 0)
    return [
      `Exited. What was done is written down. Not known yet how it ended, and the next start finds out: ${sent.map(({ intent }) => intent.says).join('; ')}.`,
      goesOn,
    ];
  const { at: _, ...card } = cardOf(run, runbook);
  const title = titleOf({ ...card, at: undefined });
  return card.is === 'finished'
    ? [`Exited. ${title}`, 'To check it again:']
    : [`Exited. What was done is written down. ${title}`, goesOn];
}
