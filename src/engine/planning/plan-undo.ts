import { actorName } from '../../model/identity.ts';
import { standing } from '../../model/plan.ts';
import type { Forecast, RunPlan } from '../../model/progress/run-plan.ts';
import { undoable } from '../../model/progress/undoing.ts';
import { CredentialsError } from '../../model/reader.ts';
import { made, pending } from '../../model/run.ts';
import type { AppliedChange, Step } from '../../model/step.ts';
import { undoing } from '../direction.ts';
import type { Engine } from '../engine.ts';
import { see } from '../observe.ts';
import { hasItsCredentials } from '../undo.ts';

/**
 * Plans the undo of a run, read-only: each step in which it made something, the last first, as it will stand once those
 * before it are undone. Throws what `ports.meet` and the looks throw, but for `CredentialsError`.
 */
export async function planUndo(steps: readonly Step[], engine: Engine): Promise<RunPlan> {
  const forecasts: Forecast[] = [];
  const goesFirst: AppliedChange[] = [];
  for (const step of undoable(steps, engine.ports.run())) {
    forecasts.push(await forecastOf(step, goesFirst, engine));
    goesFirst.push(...made(engine.ports.run(), step.id));
  }
  return forecasts;
}

async function forecastOf(
  step: Step,
  goesFirst: readonly AppliedChange[],
  engine: Engine,
): Promise<Forecast> {
  const { id, title, actor } = step;
  const of = { step: id, title, actor };
  const unseen = (why: string): Forecast => ({ ...of, stands: 'unseen', why });
  // How it ended is found out, and written down, by whoever undoes it.
  if (pending(engine.ports.run(), id).length > 0) return unseen('a change was sent whose outcome is unknown');
  try {
    if (!(await hasItsCredentials(step, engine)))
      return unseen(`needs credentials of the ${actorName(actor)}`);
    const situation = undoing.situationOf(step, engine);
    if (!situation) return { ...of, stands: 'done', plan: { goals: [] } };
    const plan = await see(step, { ...situation, goesFirst: [...goesFirst] }, engine);
    const stands = standing(plan);
    return stands === 'question'
      ? { ...of, stands, plan, asks: { key: id, says: [] } }
      : { ...of, stands, plan };
  } catch (error) {
    if (!(error instanceof CredentialsError)) throw error;
    return unseen(error.message);
  }
}
