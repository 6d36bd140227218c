import { permissionsOf } from '../model/access/permissions.ts';
import { preflight, preflightCalls } from '../model/access/preflight.ts';
import { actionsFor, deniedGoals, permissionsGoal } from '../model/access/preflight-goals.ts';
import { isChange, type Plan, standing } from '../model/plan.ts';
import { type Aws, OutcomeUnknown, RequestRejected } from '../model/reader.ts';
import type { Ahead, Situation, Step } from '../model/step.ts';
import { type Engine, eyesFor } from './engine.ts';

/** A plan as a step makes it. */
type Seen = Awaited<ReturnType<Step['observeAndPlan']>>;

/**
 * The plan, with what the acting credentials' policies say of it and of what is ahead: no change is offered that would be
 * refused, nor one after which a needed one would be. A simulation that cannot be had stops nothing. `way`: that of the
 * look. Throws `CredentialsError`, and `OutcomeUnknown` and refusals that pass where who acts is not told.
 */
export async function withPreflight(
  step: Step,
  { ahead, ...plan }: Seen,
  way: Aws,
  { eyes }: Pick<Situation, 'eyes'>,
  engine: Engine,
): Promise<Plan> {
  if (eyes !== step.actor) return plan;
  const full = ahead ? await foreseen(step, plan, ahead, { way, engine }) : plan;
  // Who acts is asked once more for what is about to be offered.
  return standing(plan) === 'to-do'
    ? withDenied(step, full, { way: eyesFor(engine, eyes, step.id), engine })
    : full;
}
interface With {
  readonly way: Aws;
  readonly engine: Engine;
}

/** With the goal that says of everything the actor may have to do whether it may. */
async function foreseen(step: Step, plan: Plan, ahead: Ahead, { way, engine }: With): Promise<Plan> {
  const { after, optional = false } = ahead;
  const steps = engine.steps.filter(({ appliesWhen }) => !optional || appliesWhen !== undefined);
  const { reads, writes, spare, besides } = permissionsOf(steps, step.actor, { optional });
  const asks = new Set<string>(preflightCalls); // whether these are allowed shows by itself
  const actions = [...reads, ...writes, ...spare, ...besides].filter((action) => !asks.has(action));
  const goal = permissionsGoal(await preflight(way, actions, ahead), step.actor);
  const at = after === undefined ? plan.goals.length : plan.goals.findIndex(({ id }) => id === after) + 1;
  return { ...plan, goals: plan.goals.toSpliced(at, 0, goal) };
}

/** With a goal that stops the step for each action that its changes need and that is denied. */
async function withDenied(step: Step, plan: Plan, { way, engine }: With): Promise<Plan> {
  const changes = plan.goals.filter((goal) => isChange(goal));
  const input = Object.assign({}, ...changes.map(({ call }) => call.input)) as Record<string, unknown>;
  try {
    const seen = await preflight(way, actionsFor(changes), { binding: engine.ports.run().binding, input });
    return { ...plan, goals: [...plan.goals, ...deniedGoals(seen, step.actor)] };
  } catch (error) {
    if (error instanceof RequestRejected || error instanceof OutcomeUnknown) return plan;
    throw error;
  }
}
