import { pending, type Run } from '../run.ts';
import type { Phase, Step } from '../step.ts';

/**
 * What the steps give that a step needs, by its own names for them. Undefined while one of them cannot even foretell
 * it; a step that the run has not is left out.
 */
export function givenTo(step: Step, run: Run): Readonly<Record<string, unknown>> | undefined {
  const given: Record<string, unknown> = {};
  for (const [name, need] of Object.entries(step.dependsOn)) {
    if (isWanted(need, run) === false) continue;
    const gives = run.observations[need.id]?.plan.gives;
    if (gives === undefined) return undefined;
    given[name] = gives;
  }
  return given;
}

/** Whether the run has this step, by what was last seen. Undefined: it is not known yet. */
export function isWanted(step: Step, run: Run): boolean | undefined {
  if (!step.appliesWhen) return true;
  const given = givenTo(step, run);
  return given && step.appliesWhen(given);
}

/** Whether the run has a step, or had it when it sent something of which it is not known how it ended. */
export const isPart = (step: Step, run: Run): boolean =>
  isWanted(step, run) === true || pending(run, step.id).length > 0;

/** The steps that the run has, in their order: those that may not be wanted are left out until it is known. */
export const partsOf = (steps: readonly Step[], run: Run): readonly Step[] =>
  steps.filter((step) => isPart(step, run));
/** The same under the document's headings; one that has no step left is left out. */
export const phasesOf = (phases: readonly Phase[], run: Run): readonly Phase[] =>
  phases
    .map(({ title, steps }) => ({ title, steps: partsOf(steps, run) }))
    .filter(({ steps }) => steps.length > 0);
