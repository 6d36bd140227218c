import type { Unusable } from '../model/identity.ts';
import { undoOf } from '../model/phase.ts';
import { type Plan, standing } from '../model/plan.ts';
import { undoable } from '../model/progress/undoing.ts';
import { CredentialsFailed, problemOf } from '../model/reader.ts';
import { made, type Run } from '../model/run.ts';
import type { Made, Step } from '../model/step.ts';
import { unreachable } from '../model/text/unreachable.ts';
import { perform, type Stop } from './apply.ts';
import type { Ask, Reply, TakeBack } from './ask.ts';
import { conclude } from './conclude.ts';
import { consentOf } from './consent.ts';
import { undoing } from './direction.ts';
import type { Engine } from './engine.ts';
import { identify, takeUp } from './identify.ts';
import { look, see, situationOf } from './observe.ts';
import { setAside, type Trouble, troubleOf } from './stop-reason.ts';

/** `back`: the operator read what would be taken back, and would rather not. */
export type UndoEnd = 'undone' | 'left' | 'back';

/**
 * Takes back what this run made, the last first: shows all of it, then one step after the other, each change confirmed
 * by itself. What was taken back is written down step by step, so that an undo that was left or killed goes on.
 * Credentials that fail are asked for anew. Throws what `ports.record` throws.
 */
export async function takeBack(steps: readonly Step[], engine: Engine): Promise<UndoEnd> {
  const { ports } = engine;
  const agreed = await agree(steps, engine);
  if (agreed !== 'agreed') return agreed;
  const all = undoable(steps, ports.run());
  await ports.record({ type: 'undo-began', steps: all.map(({ id }) => id) });
  for (;;) {
    const run = ports.run();
    const step = undoable(steps, run).find(({ id }) => !undoOf(run)?.kept.includes(id));
    if (!step) break;
    if (!(await withCredentials(step, engine, () => takeBackStep(step, engine)))) return 'left';
  }
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
    const items = undoable(steps, ports.run()).map((step): TakeBack => {
      const plan = seen?.get(step.id);
      return { step, made: made(ports.run(), step.id), ...(plan ? { plan } : {}) };
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
  const goesFirst: Made[] = [];
  for (const [n, step] of undoable(steps, engine.ports.run()).entries()) {
    const lookAt = async (): Promise<true> => {
      await conclude(step, engine);
      const situation = situationOf(step, engine, undoing);
      if (situation) all.set(step.id, await see(step, { ...situation, goesFirst }, engine));
      return true;
    };
    if (n === 0 || (await takeUp(step.actor, engine)))
      if (!(await withCredentials(step, engine, lookAt))) return undefined;
    goesFirst.push(...made(engine.ports.run(), step.id));
  }
  return all;
}

/** What is left of this run, and what was there before it. */
function staying(steps: readonly Step[], run: Run): Pick<Extract<Ask, { is: 'undone' }>, 'items' | 'stays'> {
  return {
    items: undoable(steps, run).map((step) => ({ step, made: made(run, step.id) })),
    stays: steps.flatMap((step) => step.stays?.(made(run, step.id), run.looks[step.id]?.plan) ?? []),
  };
}

/** False when the operator leaves. */
async function takeBackStep(step: Step, engine: Engine): Promise<boolean> {
  const { ports } = engine;
  const stop = await perform(step, engine, consentOf(engine), undoing);
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
      const after = await look(step, engine, undoing);
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
async function trouble(step: Step, stop: Trouble, engine: Engine): Promise<boolean> {
  const { ports } = engine;
  const plan = (await look(step, engine, undoing)) ?? { goals: [] };
  return take(await ports.ask(troubleOf(step, stop, plan, engine)), step, stop, engine);
}

async function take(reply: Reply, step: Step, stop: Stop, engine: Engine): Promise<boolean> {
  const { ports } = engine;
  switch (reply.do) {
    case 'leave':
      return false;
    case 'keep': {
      const kept = made(ports.run(), step.id).map(({ attempt }) => attempt);
      await ports.record({ type: 'kept', step: step.id, made: kept });
      return true;
    }
    case 'set-aside':
      if (stop === 'cannot-tell') await setAside(reply, step, engine);
      return true;
    case 'switch':
      engine.live.delete(reply.actor);
      engine.forgotten.add(reply.actor);
      return identify({ step, actor: reply.actor }, engine);
    case 'again':
    case 'go-on':
    case 'use':
    case 'log-in':
    case 'run-in-terminal':
    case 'answer':
    case 'confirm':
    case 'decline':
    case 'undo':
    case 'withdraw':
    case 'waive':
      engine.missed.clear(); // somebody may have mended it
      return true;
    default:
      return unreachable(reply);
  }
}

/** Works with the credentials of the step's actor, and asks for others where they fail. False when the operator leaves. */
async function withCredentials(step: Step, engine: Engine, work: () => Promise<boolean>): Promise<boolean> {
  const { actor } = step;
  let problem: Unusable | undefined;
  for (;;) {
    const ready =
      (problem === undefined && (await takeUp(actor, engine))) ||
      (await identify({ step, actor, ...(problem ? { problem } : {}) }, engine));
    if (!ready) return false;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof CredentialsFailed)) throw error;
      engine.ports.show({ is: 'idle' });
      engine.live.delete(error.actor);
      problem = problemOf(error);
    }
  }
}
