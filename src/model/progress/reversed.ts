import { naturalKey } from '../call.ts';
import { factsOf } from '../operations.ts';
import { wayOf } from '../phase.ts';
import type { Attempt } from '../run.ts';
import { reverseOf } from './reverse.ts';

/**
 * Attempts that this run reversed itself on its way forward, each with what reversed it: somebody else was chosen, and
 * what was made for the first was removed. What replaces something is no reversal.
 */
export function reversed(attempts: readonly Attempt[]): ReadonlySet<Attempt> {
  const gone = new Set<Attempt>();
  for (const [n, one] of attempts.entries()) {
    const { call, situation, step } = one.intent;
    if (one.state !== 'verified' || wayOf(situation) !== 'apply') continue;
    if (factsOf(call.operation).effect !== 'removes') continue;
    const key = naturalKey(call);
    for (const before of attempts.slice(0, n)) {
      if (before.intent.step !== step || before.state !== 'verified') continue;
      const back = reverseOf({ call: before.intent.call, output: before.output }, 'alone');
      if (!back || back.operation !== call.operation || naturalKey(back) !== key) continue;
      gone.add(before);
      gone.add(one);
    }
  }
  return gone;
}
