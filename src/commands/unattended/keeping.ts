import type { Ask, Reply } from '../../engine/ask.ts';
import { wayNow } from '../../model/phase.ts';
import { mayRepeat } from '../../model/progress/refused.ts';
import type { Run } from '../../model/run.ts';
import type { Runbook } from '../../model/runbook.ts';
import { didYouMean } from '../../model/text/did-you-mean.ts';
import { CliError, exitCodes } from '../process/exit.ts';
import type { Operator } from './operator.ts';

/** Refuses a name of no step whose undo may be left. Throws `CliError`. */
export function refuseUnknownSteps(keep: readonly string[], { steps }: Runbook): void {
  const known = steps.flatMap(({ id, undo }) => (undo ? [id] : []));
  const stray = keep.find((id) => !known.includes(id));
  if (stray !== undefined)
    throw new CliError(
      exitCodes.usage,
      `--keep names no step that can be undone: “${stray}”.`,
      `${didYouMean(stray, known)}Known: ${known.join(', ')}.`,
    );
}

/**
 * While a run is taken back: leaves what a step made where that cannot be taken back and `keep` (--keep) names the step,
 * and goes on with the rest, as the key does at the screen. Where it does not, the reason for stopping says so.
 */
export function keeping(
  operator: Operator,
  keep: readonly string[],
  run: () => Run,
  say: (line: string) => void,
): Operator {
  const kept = new Set<string>();
  let hint: readonly string[] = [];
  let left = false;
  const ask = async (asked: Ask): Promise<Reply> => {
    const reply = await operator.ask(asked);
    left = reply.do === 'leave';
    hint = [];
    if (!left || !mayBeKept(asked, run())) return reply;
    const { id } = asked.step;
    if (!keep.includes(id) || kept.has(id)) {
      hint = kept.has(id)
        ? []
        : [`To leave what this step made, and undo the rest: the same command with --keep ${id}.`];
      return reply;
    }
    kept.add(id);
    left = false;
    for (const why of operator.reason()?.says ?? []) say(`warning      ${id}: not undone: ${why}`);
    return { do: 'keep' };
  };
  return {
    ask,
    reason: () => {
      const reason = left ? operator.reason() : undefined;
      return reason && { ...reason, says: [...reason.says, ...hint] };
    },
  };
}

/** What a person could leave here. What AWS was too busy for is tried again later. */
function mayBeKept(asked: Ask, run: Run): boolean {
  if (wayNow(run) === 'apply') return false;
  if (asked.is === 'failed') return !asked.attempts.every(mayRepeat);
  return asked.is === 'blocked' || asked.is === 'unknown' || asked.is === 'declined';
}
