import type { Run } from '../run.ts';
import type { Situation, Step } from '../step.ts';
import { fingerprint } from '../text/fingerprint.ts';
import { givenTo } from './applicable-steps.ts';

/** What a look rests on. A look on another basis is out of date. */
export const basisOf = ({ answers, given }: Pick<Situation, 'answers' | 'given'>): string =>
  fingerprint([answers, given]).slice(0, 16);

/** Whether what was last seen of a step rests on what the run says now. Whoever saw it, and when, is not asked. */
export function restsOnNow(step: Step, run: Run): boolean {
  const seen = run.observations[step.id]?.basis;
  const given = seen === undefined ? undefined : givenTo(step, run);
  return given !== undefined && seen === basisOf({ answers: run.answers[step.id] ?? {}, given });
}
