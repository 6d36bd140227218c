import { undoOf } from '../model/phase.ts';
import { type Plan, standing } from '../model/plan.ts';
import { undoable } from '../model/progress/undoing.ts';
import { made, type Run } from '../model/run.ts';
import type { AppliedChange, Step } from '../model/step.ts';
import { defined } from '../model/text/defined.ts';
import { unreachable } from '../model/text/unreachable.ts';
import type { Stop } from './apply.ts';
import type { Ask, UndoItem } from './ask.ts';
import { conclude } from './conclude.ts';
import { undoing } from './direction.ts';
import type { Engine } from './engine.ts';
import { identify, takeUp } from './identify.ts';
import { observeStep, see, situationOf } from './observe.ts';
import { type Course, runSteps, type Takes, take, takes, withCredentials } from './run-steps.ts';
import { type StopReason, troubleOf } from './stop-reason.ts';

/** `back`: the operator read what would be taken back, and would rather not. */
export type UndoEnd = 'undone' | 'left' | 'back';

/**
 * Takes back what this run made, the last first: shows all of it, then one step after the other, each change confirmed
 * by itself. What was taken back is written down step by step, so that an undo that was left or killed goes on.
 * Credentials that fail are asked for anew. Throws what `ports.record` throws.
 */
export async function undoRun(steps: readonly Step[], engine: Engine): Promise<UndoEnd> {
  const { ports } = engine;
  const agreed = await agree(steps, engine);
  if (agreed !== 'agreed') return agreed;
  const all = undoable(steps, ports.run());
  await ports.record({ type: 'undo-began', steps: all.map(({ id }) => id) });
  if ((await runSteps(courseOf(steps, engine), engine)) === 'left') return 'left';
  const [first] = steps;
  if (first) await ports.ask({ is: 'undone', step: all[0] ?? first, ...staying(steps, ports.run()) });
  return 'undone';
}

/** Shows what would be done: as the journal tells it, and, before it begins, as AWS shows it now. */
async function agree(steps: readonly Step[], engine: Engine): Promise<'agreed' | 'left' | 'back'> {
  const { ports, live } = engine;
  let seen: ReadonlyMap<string, Plan> | undefined;
  // Where credentials are in hand there is nothing to accept first.
  let ready = undoable(steps, ports.run()).every(({ actor }) => live.has(actor));
  for (;;) {
    if (ready) {
      seen = await lookAtAll(steps, engine);
      if (!seen) return 'left';
    }
    const items = undoable(steps, ports.run()).map((step): UndoItem => {
      const plan = seen?.get(step.id);
      return { step, made: made(ports.run(), step.id), ...defined({ plan }) };
    });
    const step = items[0]?.step ?? steps[0];
    if (!step) return 'back';
    const { stays } = staying(steps, ports.run());
    const reply = await ports.ask({ is: 'undo', step, items, stays, looked: seen !== undefined });
    if (reply.do === 'leave') return 'left';
    if (reply.do === 'decline') return 'back';
    if (reply.do === 'go-on' && seen) return 'agreed';
    ready = true;
  }
}

/**
 * How the steps' undo will stand once those before them are taken back: of the first one, and of those whose actor's
 * credentials are at hand. Somebody else's are asked for when their turn comes, who may be another person after a
 * hand-off. Undefined when the operator leaves.
 */
async function lookAtAll(
  steps: readonly Step[],
  engine: Engine,
): Promise<ReadonlyMap<string, Plan> | undefined> {
  const all = new Map<string, Plan>();
  const goesFirst: AppliedChange[] = [];
  for (const [n, step] of undoable(steps, engine.ports.run()).entries()) {
    const lookAt = async (): Promise<void> => {
      await conclude(step, engine);
      const situation = situationOf(step, engine, undoing);
      if (situation) all.set(step.id, await see(step, { ...situation, goesFirst }, engine));
    };
    const ready = n === 0 ? 'yes' : await takeUp(step.actor, step, engine);
    if (ready === 'left') return undefined;
    if (ready === 'yes') if (!(await withItsCredentials(step, engine, lookAt))) return undefined;
    goesFirst.push(...made(engine.ports.run(), step.id));
  }
  return all;
}

/** What is left of this run, and what was there before it. */
function staying(steps: readonly Step[], run: Run): Pick<Extract<Ask, { is: 'undone' }>, 'items' | 'stays'> {
  return {
    items: undoable(steps, run).map((step) => ({ step, made: made(run, step.id) })),
    stays: steps.flatMap((step) => step.stays?.(made(run, step.id), run.observations[step.id]?.plan) ?? []),
  };
}

/** One step after the other, the last first, but for those that are left as they are. */
const courseOf = (steps: readonly Step[], engine: Engine): Course<never> => ({
  direction: undoing,
  next: () => {
    const run = engine.ports.run();
    return undoable(steps, run).find(({ id }) => !undoOf(run)?.kept.includes(id));
  },
  before: async (step) => ((await hasItsCredentials(step, engine)) ? 'perform' : 'left'),
  after: async (step, stop) => ((await goesOn(step, stop, engine)) ? undefined : 'left'),
});

/** False when the operator leaves. */
async function goesOn(step: Step, stop: Stop, engine: Engine): Promise<boolean> {
  const { ports } = engine;
  switch (stop) {
    case 'left':
      return false;
    case 'done': {
      const gone = made(ports.run(), step.id).map(({ attempt }) => attempt);
      await ports.record({ type: 'taken-back', step: step.id, made: gone });
      return true;
    }
    case 'failed': {
      // What AWS will never take back of somebody who is gone is no obstacle.
      const after = await observeStep(step, engine, undoing);
      if (after && standing(after) === 'done') return true;
      return trouble(step, stop, engine);
    }
    case 'by-hand':
    case 'blocked':
    case 'unknown':
    case 'unseen':
    case 'declined':
    case 'cannot-tell':
    case 'under-way':
      return trouble(step, stop, engine);
    case 'again':
    case 'waiting':
    case 'to-do':
    case 'credentials':
    case 'question':
      return true; // looked at anew
    default:
      return unreachable(stop);
  }
}
async function trouble(step: Step, stop: StopReason, engine: Engine): Promise<boolean> {
  const plan = (await observeStep(step, engine, undoing)) ?? { goals: [] };
  const reply = await engine.ports.ask(troubleOf(step, stop, plan, engine));
  return take(undoTakes, reply, { step, stop, engine });
}
const undoTakes: Takes = {
  ...takes,
  keep: async (_, { step, engine: { ports } }) => {
    const kept = made(ports.run(), step.id).map(({ attempt }) => attempt);
    await ports.record({ type: 'kept', step: step.id, made: kept });
    return true;
  },
};

/** Whoever made it takes it back. False when the operator leaves. */
export async function hasItsCredentials(step: Step, engine: Engine): Promise<boolean> {
  const ready = await takeUp(step.actor, step, engine);
  return ready === 'no' ? identify({ step, actor: step.actor }, engine) : ready === 'yes';
}
/** Works with them, as often as it takes. False when the operator leaves. */
async function withItsCredentials(
  step: Step,
  engine: Engine,
  work: () => Promise<unknown>,
): Promise<boolean> {
  for (;;) {
    if (!(await hasItsCredentials(step, engine))) return false;
    const done = await withCredentials(step, engine, async () => {
      await work();
      return 'done' as const;
    });
    if (done !== 'new') return done === 'done';
  }
}
