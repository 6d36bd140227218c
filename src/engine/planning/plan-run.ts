import { valueIn } from '../../model/call.ts';
import { actorName, management, memberIn } from '../../model/identity.ts';
import { factsOf } from '../../model/operations.ts';
import { standing } from '../../model/plan.ts';
import { isWanted } from '../../model/progress/applicable-steps.ts';
import { type Asks, changesIn, type Forecast, type RunPlan } from '../../model/progress/run-plan.ts';
import { CredentialsError } from '../../model/reader.ts';
import { planOf } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import type { Engine } from '../engine.ts';
import { identify, takeUp } from '../identify.ts';
import { observeStep } from '../observe.ts';
import { credentialsFor, mayAnswer, questionOf } from '../walk.ts';

/** How a question stands that the operator was asked while a run was planned. */
export interface Planner {
  /** Why the last question that was left open was not answered. */
  asks(): Asks | undefined;
}

/**
 * Plans a whole run, read-only: looks at each step in order, and takes what it would give for the steps after it. The
 * answers are asked for as in a run. Records what it saw through `ports.record`, so the ports of a plan write nothing
 * down that lasts. The last step says how the run ended, and is looked at only where everything before it is done.
 * Throws what `ports.meet` and the looks throw, but for `CredentialsError`.
 */
export async function planRun(steps: readonly Step[], engine: Engine, planner: Planner): Promise<RunPlan> {
  const forecasts: Forecast[] = [];
  for (const step of steps) {
    if (isWanted(step, engine.ports.run()) === false) continue;
    const last = step === steps.at(-1);
    if (last && forecasts.some(({ stands }) => stands !== 'done')) continue;
    const appointed = appointedIn(forecasts);
    const forecast = await forecastOf(step, engine, planner, () => canLook(step, steps, appointed, engine));
    forecasts.push(laterIf(appointed, step, forecast));
  }
  return forecasts;
}

/** The account that a planned change makes the delegated administrator: until it is made, AWS shows it nothing. */
const appointedIn = (forecasts: RunPlan): unknown =>
  forecasts.flatMap(changesIn).flatMap(({ call }) => {
    const { appoints } = factsOf(call.operation);
    return appoints === null ? [] : [valueIn(call, appoints)];
  })[0];

/** Sees to it that somebody can look. Credentials that see nothing before a change of the plan leave it to the others. */
async function canLook(
  step: Step,
  steps: readonly Step[],
  appointed: unknown,
  engine: Engine,
): Promise<boolean> {
  if (appointed === undefined || step.observedBy !== 'either') return credentialsFor(step, steps, engine);
  engine.live.delete(memberIn(steps));
  const ready = await takeUp(management, step, engine);
  return ready === 'no' ? identify({ step, actor: management }, engine) : ready === 'yes';
}

/** What only those credentials can be asked is known once they are let in. */
const laterIf = (appointed: unknown, step: Step, forecast: Forecast): Forecast =>
  appointed !== undefined &&
  step.observedBy === 'actor' &&
  forecast.stands === 'unknown' &&
  forecast.plan.goals.every(({ is }) => is !== 'wrong' && is !== 'by-hand')
    ? { ...forecast, stands: 'later' }
    : forecast;

async function forecastOf(
  step: Step,
  engine: Engine,
  planner: Planner,
  ready: () => Promise<boolean>,
): Promise<Forecast> {
  const { ports } = engine;
  const { id, title, actor } = step;
  const of = { step: id, title, actor };
  const unseen = (why: string): Forecast => ({ ...of, stands: 'unseen', why });
  for (;;) {
    try {
      if (!(await ready())) return unseen(`needs credentials of the ${actorName(actor)}`);
      await observeStep(step, engine);
    } catch (error) {
      if (!(error instanceof CredentialsError)) throw error;
      return unseen(error.message);
    }
    const plan = planOf(ports.run(), id);
    if (!plan) return unseen('depends on an earlier step');
    const stands = standing(plan);
    if (stands !== 'question') return { ...of, stands, plan };
    const reply = await ports.ask(questionOf(step, plan, engine));
    const asks = planner.asks() ?? { key: id, says: [] };
    if (reply.do === 'again') continue;
    if (reply.do !== 'answer' || !(await mayAnswer(reply, step, engine)))
      return { ...of, stands, plan, asks };
    const goal = plan.goals.find((one) => one.is === 'open');
    if (goal?.is !== 'open') return { ...of, stands, plan, asks };
    await ports.record({ type: 'answered', step: id, question: goal.question, answer: reply.answer });
  }
}
