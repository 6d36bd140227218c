import { describeUnseen } from '../model/access/refusals.ts';
import type { Attempt } from '../model/attempt.ts';
import { type Change, changes, isChange, type Plan, standing, wrong } from '../model/plan.ts';
import { refusalOf } from '../model/progress/refused.ts';
import { isWantedAnew, sentBefore } from '../model/progress/sent-before.ts';
import type { Run } from '../model/run.ts';
import type { Situation, Step } from '../model/step.ts';
import type { Direction } from './direction.ts';
import { type Engine, pauseOf, same, since } from './engine.ts';
import { observeStep, silence } from './observe.ts';

/**
 * AWS says of some of these changes that it is so already. Looks, for as long as AWS may take to show it, and sends
 * nothing. 'unseen': it is still planned then. Throws as `observeStep` does.
 */
export async function untilShown(
  step: Step,
  planned: readonly Change[],
  engine: Engine,
  direction: Direction,
): Promise<'shown' | 'unseen'> {
  const { ports, patience } = engine;
  let began = ports.now();
  for (let n = 0, silent = false; ; n++) {
    began = Math.min(began, ports.now()); // the clock may be set back meanwhile
    if (ports.now() - began >= patience.toShow) return silent ? 'shown' : 'unseen';
    ports.show({ is: 'waiting-to-show', step: step.id, attempts: [], since: began });
    await ports.sleep(pauseOf(engine, n));
    const plan = await observeStep(step, engine, direction);
    silent = plan === undefined || silence(plan) !== undefined;
    const left = plan && !silent ? changes(plan) : planned;
    if (!left.some(({ call }) => planned.some((one) => same(one.call, call)))) return 'shown';
  }
}

/**
 * The plan in which what AWS says is there, and does not show, stands in the way: that change is a goal that is wrong.
 */
export const withUnseen = (plan: Plan, step: Step, { attempts }: Run): Plan => ({
  ...plan,
  goals: plan.goals.map((goal) => {
    if (!isChange(goal)) return goal;
    const mine = attempts.filter(({ intent }) => intent.step === step.id && intent.change === goal.id);
    const last = mine.at(-1);
    if (last?.outcome?.ended !== 'refused' || refusalOf(last) !== 'already') return goal;
    const { found, remedy } = describeUnseen(last.intent.call);
    const { code, why, requestId } = last.outcome;
    const lost = mine.find(({ state }) => state === 'lapsed');
    const ours = lost
      ? ` This run sent the same at ${new Date(lost.intent.at).toISOString()} and got no usable answer: it may be this run’s own.`
      : '';
    return wrong(
      goal.id,
      goal.says,
      `${found} (${code}: ${why}${requestId ? ` Request ${requestId}.` : ''})${ours}`,
      remedy,
    );
  }),
});

// What AWS shows may be how it was before a change of this run: for a while after it, old copies answer too.

/** Was it seen done within that while? `began`: when the step was gone at, where the clock does not tell. */
const isRecent = ({ state, endedAt = 0 }: Attempt, { ports, patience }: Engine, began: number): boolean =>
  state === 'verified' && since(endedAt, began, ports.now()) < patience.toShow;

/** Whether something may look wrong only because an old copy answers. */
export const isOld = (plan: Plan, engine: Engine, began: number): boolean =>
  standing(plan) === 'blocked' &&
  plan.goals.every((goal) => goal.is !== 'wrong' || goal.soon) &&
  engine.ports.run().attempts.some((one) => isRecent(one, engine, began));

/**
 * Whether a question may stand only because an old copy answers: the step's own answers are those under which this run
 * made its change, and then there was nothing to ask. `situation`: how the plan came about.
 */
export function isAskedLate(
  { plan, step, situation }: { readonly plan: Plan; readonly step: Step; readonly situation: Situation },
  engine: Engine,
  began: number,
): boolean {
  if (standing(plan) !== 'question') return false;
  const { attempts, undone } = engine.ports.run();
  const asked = plan.goals.flatMap(({ is, id }) => (is === 'open' ? [id] : []));
  return attempts.some(
    (one) =>
      one.intent.step === step.id &&
      asked.includes(one.intent.change) &&
      same(one.intent.situation.answers, situation.answers) &&
      !undone.includes(one.intent.attempt) &&
      isRecent(one, engine, began),
  );
}

/**
 * Was the same effect seen within the time in which AWS may still answer from an old copy? What was taken back since, or
 * made anew since it was taken back, is planned with good reason.
 */
export const lately = (step: Step, change: Change, engine: Engine, began: number): boolean =>
  sentBefore(step.id, change, engine.ports.run()).some(
    (one) => isRecent(one, engine, began) && !isWantedAnew(one, engine.ports.run()),
  );
