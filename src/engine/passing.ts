import { isUndoing } from '../model/phase.ts';
import type { Plan } from '../model/plan.ts';
import { describeNotSent } from '../model/progress/not-sent.ts';
import { orphanedChanges, thereBefore } from '../model/progress/orphaned-changes.ts';
import { planOf } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import { defined } from '../model/text/defined.ts';
import type { Ask } from './ask.ts';
import type { Engine } from './engine.ts';
import { isCurrent } from './observe.ts';

/** The question about a step that is done. */
export function doneWith(step: Step, plan: Plan, engine: Engine): Extract<Ask, { readonly is: 'done' }> {
  const before = thereBefore(step, plan, engine.ports.run()).map(({ id }) => id);
  return {
    ...{ is: 'done', step, plan },
    ...defined({
      passes: mayPass(step, engine) ? true : undefined,
      before: before.length === 0 ? undefined : before,
    }),
  };
}

/**
 * Whether nothing in a done step has to be read: every goal was seen met in this start of the program, by the accepted
 * identity of the one whose step it is; with no warning (a waiver and a decision are one), nothing that was there before
 * and is used, nothing that changed, or was planned and not done. Never while a run is undone, nor after a hand-off:
 * there somebody reads who has not seen it.
 */
export function mayPass(step: Step, engine: Engine): boolean {
  const run = engine.ports.run();
  const look = run.observations[step.id];
  const plan = planOf(run, step.id);
  if (!look || !plan || look.remembered || isUndoing(run) || run.handoff) return false;
  if (!engine.live.has(step.actor) || look.eyes !== step.actor || !isCurrent(step, engine)) return false;
  return (
    plan.goals.every(({ is }) => is === 'met') &&
    thereBefore(step, plan, run).length === 0 &&
    orphanedChanges(step, run).length === 0 &&
    describeNotSent(step.id, run).length === 0 &&
    run.since?.[step.id] === undefined &&
    (run.older?.differs[step.id] ?? []).length === 0
  );
}

/** What was seen in it, for the log: a sentence each. */
export const seenIn = (step: Step, { ports }: Engine): readonly string[] =>
  (planOf(ports.run(), step.id)?.goals ?? []).map((goal) =>
    goal.is === 'met' ? `${goal.says} (${goal.found})` : goal.says,
  );
