import { inVain } from '../access/in-vain.ts';
import { kindOf, type RefusalKind } from '../access/refusals.ts';
import type { Attempt } from '../attempt.ts';
import { wayOf } from '../phase.ts';
import type { Run } from '../run.ts';
import type { Refusal } from '../step.ts';

/** How AWS refused an attempt; undefined where it did not. */
export const refusalOf = ({ intent, outcome }: Attempt): RefusalKind | undefined =>
  outcome?.ended === 'refused' ? kindOf(intent.call.operation, outcome) : undefined;
/** Whether AWS refused an attempt only for the time being: nothing happened, and the same may be sent again. */
export const mayRepeat = (attempt: Attempt): boolean =>
  ['throttled', 'in-progress'].includes(refusalOf(attempt) ?? '');

/**
 * Somebody else may do it as it is: the management account stands above the organization's policies, and others may have
 * more rights. What AWS refuses for the time being is sent again from here; a quota is in everybody's way.
 */
export const isForOthers = (attempt: Attempt): boolean =>
  !mayRepeat(attempt) && inVain(attempt.outcome) !== 'quota';

/**
 * What AWS said no to in a step, by change and the oldest first, since it last did that change, or may have done it.
 * What was refused while taking back is not among it.
 */
export const refusals = (run: Run, step: string): readonly Refusal[] => {
  const since = new Map<string, readonly Refusal[]>();
  for (const { intent, outcome } of run.attempts) {
    const { change, situation } = intent;
    if (intent.step !== step || wayOf(situation) === 'undo') continue;
    const refusal =
      outcome?.ended === 'refused' ? [{ change, code: outcome.code, why: outcome.why }] : undefined;
    since.set(change, refusal ? [...(since.get(change) ?? []), ...refusal] : []);
  }
  return [...since.values()].flat();
};
