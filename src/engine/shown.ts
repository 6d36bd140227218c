import { describeUnseen } from '../model/access/refusals.ts';
import { type Change, changes, isChange, type Plan, wrong } from '../model/plan.ts';
import { refusalOf } from '../model/progress/refused.ts';
import type { Run } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import type { Direction } from './direction.ts';
import { type Engine, pauseOf, same } from './engine.ts';
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
