import { type Plan, standing, waive, wrong } from '../model/plan.ts';
import { basisOf } from '../model/progress/basis.ts';
import { changedSince } from '../model/progress/handoff.ts';
import { planOf } from '../model/run.ts';
import type { Binding, Situation, Step } from '../model/step.ts';
import { defined } from '../model/text/defined.ts';
import { type Engine, same } from './engine.ts';

/**
 * The step is about credentials that are not in hand, and whoever had them saw it done on what the run says now: the
 * journal's word is taken, so that somebody without them can go on with what is theirs.
 */
export function isVouchedFor(step: Step, engine: Engine, basis: string): boolean {
  if (step.observedBy !== 'actor' || engine.live.has(step.actor)) return false;
  const run = engine.ports.run();
  const look = run.observations[step.id];
  const plan = planOf(run, step.id);
  return look?.basis === basis && plan !== undefined && standing(plan) === 'done';
}

/**
 * Writes down what a look has shown, where it is news, and ties the run to what a step that is done has found. Gives the
 * plan with the operator's waivers applied.
 */
export async function note(step: Step, seen: Plan, situation: Situation, { ports }: Engine): Promise<Plan> {
  const basis = basisOf(situation);
  const done = standing(waive(seen, ports.run().waived[step.id] ?? {})) === 'done';
  const binding = done ? step.bindingOf(seen.gives) : {};
  const clash = clashOf(ports.run().binding, binding);
  const plan = clash === undefined ? seen : { goals: [clash] };
  const before = ports.run().observations[step.id];
  const { handoff } = ports.run();
  const since = handoff && situation.eyes && changedSince(ports.run(), step.id, plan);
  if (since) await ports.record({ type: 'changed-since', step: step.id, handoff: handoff.id, ...since });
  const other = before && before.eyes !== situation.eyes;
  if (!before || other || before.remembered || before.basis !== basis || !same(told(plan), told(before.plan)))
    await ports.record({
      type: 'looked',
      step: step.id,
      plan,
      basis,
      ...defined({ eyes: situation.eyes }),
    });
  if (clash === undefined && isNew(ports.run().binding, binding))
    await ports.record({ type: 'bound', binding });
  return waive(plan, ports.run().waived[step.id] ?? {});
}

/** What people are called in it, journals of earlier versions do not say: that alone is no news. */
const told = ({ people: _, ...plan }: Plan): Plan => plan;

const flat = ({ accounts, ...rest }: Binding): Readonly<Record<string, string>> => ({ ...rest, ...accounts });
const isNew = (known: Binding, found: Binding): boolean =>
  Object.keys(flat(found)).some((what) => flat(known)[what] === undefined);
function clashOf(known: Binding, found: Binding) {
  const is = flat(known);
  const other = Object.entries(flat(found)).find(
    ([what, value]) => is[what] !== undefined && is[what] !== value,
  );
  if (!other) return undefined;
  const [what, value] = other;
  const name = what in { organization: 1, instance: 1, region: 1 } ? what : `${what} account`;
  return wrong(
    'run',
    'This is what the run was begun for',
    `the run belongs to ${name} ${is[what]}, and this is ${value}`,
    `Use credentials of the run’s organization, or begin a new run with --new.`,
  );
}
