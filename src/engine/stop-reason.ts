import type { Attempt } from '../model/attempt.ts';
import { isChange, type Plan } from '../model/plan.ts';
import { pending } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import { defined } from '../model/text/defined.ts';
import { unreachable } from '../model/text/unreachable.ts';
import type { Stop } from './apply.ts';
import type { Ask, Reply } from './ask.ts';
import type { Engine } from './engine.ts';
import { withUnseen } from './shown.ts';

/** Why a step stands still until somebody sees to it. */
export type StopReason = Extract<
  Stop,
  'by-hand' | 'blocked' | 'unknown' | 'failed' | 'unseen' | 'declined' | 'cannot-tell' | 'under-way'
>;

/** The ask for a step that stands still: what the operator is told of it, and decides. `plan`: as it was last seen. */
export function troubleOf(step: Step, stop: StopReason, plan: Plan, { ports, untold }: Engine): Ask {
  const run = ports.run();
  const attempts = pending(run, step.id);
  switch (stop) {
    case 'by-hand':
    case 'blocked':
    case 'unknown':
    case 'declined':
      return { is: stop, step, plan };
    case 'unseen':
      return { is: 'blocked', step, plan: withUnseen(plan, step, run) };
    case 'failed': {
      const newest = new Map<string, Attempt>();
      for (const attempt of run.attempts)
        if (attempt.intent.step === step.id) newest.set(attempt.intent.change, attempt);
      const failed = [...newest.values()].filter(({ state }) => state === 'failed' || state === 'refused');
      // Those that are still to do; what was refused earlier may not be wanted any more.
      const still = failed.filter(({ intent }) =>
        plan.goals.some((goal) => isChange(goal) && goal.id === intent.change),
      );
      return { is: 'failed', step, plan, attempts: still.length > 0 ? still : failed.slice(-1) };
    }
    case 'cannot-tell':
      return { is: stop, step, plan, attempts };
    case 'under-way': {
      const why = attempts.flatMap(({ intent }) => untold.get(intent.attempt) ?? [])[0];
      return { is: stop, step, attempts, ...defined({ untold: why }) };
    }
    default:
      return unreachable(stop);
  }
}

/**
 * The operator has looked for a change of which nobody can tell, and goes on: the attempt ends 'set-aside'. One that is
 * not open in this step is left as it is.
 */
export async function setAside(
  { attempt, why }: Extract<Reply, { do: 'set-aside' }>,
  step: Step,
  { ports }: Engine,
): Promise<void> {
  const open = pending(ports.run(), step.id).find(({ intent }) => intent.attempt === attempt);
  if (open) await ports.record({ type: 'ended', attempt, outcome: { ended: 'set-aside', why } });
}
