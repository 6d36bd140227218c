import { preflight, preflightInforms } from '../model/access/preflight.ts';
import { actionsFor, deniedGoals } from '../model/access/preflight-goals.ts';
import { isChange, type Plan, standing } from '../model/plan.ts';
import { Refused, Unclear } from '../model/reader.ts';
import type { Situation, Step } from '../model/step.ts';
import { type Engine, eyesFor } from './engine.ts';

/**
 * The plan, with what the acting credentials' policies deny of it: no change is offered that would be refused, nor one
 * after which a needed one would be. A simulation that cannot be had stops nothing. Throws `CredentialsFailed`.
 */
export async function preflown(step: Step, plan: Plan, { eyes }: Situation, engine: Engine): Promise<Plan> {
  if (eyes !== step.actor || standing(plan) !== 'to-do') return plan;
  const changes = plan.goals.filter((goal) => isChange(goal));
  const input = Object.assign({}, ...changes.map(({ call }) => call.input)) as Record<string, unknown>;
  try {
    const { binding } = engine.ports.run();
    const way = eyesFor(engine, eyes, step.id, preflightInforms);
    const seen = await preflight(way, actionsFor(changes), { binding, input });
    return { ...plan, goals: [...plan.goals, ...deniedGoals(seen, step.actor)] };
  } catch (error) {
    if (error instanceof Refused || error instanceof Unclear) return plan;
    throw error;
  }
}
