import type { Way } from '../model/phase.ts';
import type { Plan } from '../model/plan.ts';
import { basisOf } from '../model/progress/basis.ts';
import { planOf } from '../model/run.ts';
import type { Situation, Step } from '../model/step.ts';
import type { Engine } from './engine.ts';
import { isVouchedFor, note } from './noting.ts';
import { toApply, toUndo } from './situation.ts';

/** A way to go through the steps. All that differs between bringing them about and taking them back is said here. */
export interface Direction {
  readonly is: Way;
  /** What a step is told: it plans accordingly. Undefined where there is nothing for it to plan. */
  situationOf(step: Step, engine: Engine): Situation | undefined;
  /** The steps that have to be seen before this one is. */
  needs(step: Step): readonly Step[];
  /** The plan that stands without a look. */
  known(step: Step, situation: Situation, engine: Engine): Plan | undefined;
  /** Keeps what a look has shown. Gives the plan that counts. */
  note(step: Step, seen: Plan, situation: Situation, engine: Engine): Promise<Plan>;
  /** How a step in which nothing is left to do is seen once more. */
  readonly afterwards?: Direction;
}

/** Brings the steps about. */
export const applying: Direction = {
  is: 'apply',
  situationOf: toApply,
  needs: ({ dependsOn }) => Object.values(dependsOn),
  known: (step, situation, engine) =>
    isVouchedFor(step, engine, basisOf(situation)) ? planOf(engine.ports.run(), step.id) : undefined,
  note,
};

/**
 * Takes back what the run made in them. Nothing that is seen on the way is written down, tied or waived: how a step
 * stands is what applying sees of it, once it is taken back.
 */
export const undoing: Direction = {
  is: 'undo',
  situationOf: toUndo,
  needs: () => [],
  known: () => undefined,
  note: async (_, seen) => seen,
  afterwards: applying,
};
