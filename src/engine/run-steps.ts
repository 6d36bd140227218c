import { CredentialsError, problemOf } from '../model/reader.ts';
import type { Step } from '../model/step.ts';
import { perform, type Stop } from './apply.ts';
import type { Reply } from './ask.ts';
import { consentOf } from './consent.ts';
import type { Direction } from './direction.ts';
import { awsOf, type Engine } from './engine.ts';
import { identify } from './identify.ts';
import { setAside } from './stop-reason.ts';

/** How the steps are gone through: in which direction, in which order, and what follows where one goes no further. */
export interface Course<End extends string> {
  readonly direction: Direction;
  /** The step to go on with. Undefined where none is left. */
  next(): Step | undefined;
  /** Sees to it that it can be performed: 'look-again' where something else was done instead. */
  before(step: Step): Promise<'perform' | 'look-again' | 'left'>;
  /** Where it went no further: asks what there is to ask. Undefined: on, to the next. */
  after(step: Step, stop: Stop): Promise<End | 'left' | undefined>;
}

/**
 * Performs one step after the other until none is left, 'through', or the course comes to an end. Credentials that fail
 * are asked for anew: 'left' where the operator leaves instead. Throws what `ports.record` throws.
 */
export async function runSteps<End extends string>(
  course: Course<End>,
  engine: Engine,
): Promise<End | 'left' | 'through'> {
  try {
    return await goThrough(course, engine);
  } finally {
    await engine.telling.over();
  }
}
async function goThrough<End extends string>(
  course: Course<End>,
  engine: Engine,
): Promise<End | 'left' | 'through'> {
  const { direction } = course;
  for (;;) {
    const step = course.next();
    if (!step) return 'through';
    const end = await withCredentials(step, engine, async () => {
      const ready = await course.before(step);
      if (ready !== 'perform') return ready === 'left' ? 'left' : undefined;
      const stop = await perform(step, engine, consentOf(engine), direction);
      // A person takes a while to read how it ended, and may not come back. Nobody else does: there it goes out beside
      // the next step's reads.
      const aside = engine.ports.unattended === true;
      if (stop === 'done' && !aside) anchor(step, engine);
      const end = await course.after(step, stop);
      if (stop === 'done' && aside) anchor(step, engine);
      return end;
    });
    if (end !== undefined && end !== 'new') return end;
  }
}

/** So long is waited for AWS to be told, in milliseconds. */
const anchoring = { within: 5_000 };
/**
 * Tells AWS how far the journal is, where CloudTrail keeps it. That informs: if it fails, the step has ended all the same,
 * and who matches the journal with CloudTrail later is told that it is not anchored. What is recorded next waits for it.
 */
function anchor({ actor: own }: Step, engine: Engine): void {
  const { ports, live, telling } = engine;
  const actor = live.has(own) ? own : [...live.keys()][0];
  const head = ports.head?.();
  if (!head || actor === undefined) return;
  const aws = awsOf(engine, actor);
  const tell = aws.anchor;
  if (!tell) return;
  telling.begin(async (record) => {
    const told = await tell({ run: ports.run().id, head: head.hash }, anchoring).catch(() => undefined);
    // What was written meanwhile is not what AWS was told.
    if (told && ports.head?.()?.hash === head.hash)
      await record({ type: 'anchored', record: head.record, head: head.hash, actor, ...told });
  });
}

/**
 * Does it. 'new' where credentials failed, and others were accepted; 'left' where the operator leaves. Throws what else the
 * work throws, and what `identify` does.
 */
export async function withCredentials<T>(
  step: Step,
  engine: Engine,
  work: () => Promise<T>,
): Promise<T | 'new' | 'left'> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CredentialsError)) throw error;
    const { actor } = error;
    engine.ports.show({ is: 'idle' });
    engine.live.delete(actor);
    return (await identify({ step, actor, problem: problemOf(error) }, engine)) ? 'new' : 'left';
  }
}

interface At {
  readonly step: Step;
  readonly stop: Stop;
  readonly engine: Engine;
}
/** What each reply does where a step stands still. False: the operator leaves. */
export type Takes = {
  readonly [D in Reply['do']]: (reply: Extract<Reply, { readonly do: D }>, at: At) => Promise<boolean>;
};
const again = async (_: Reply, { engine }: At): Promise<boolean> => {
  engine.missed.clear(); // somebody may have mended it
  return true;
};
/** What they do in both directions: those that make no sense count as 'again'. */
export const takes: Takes = {
  ...{ again, 'go-on': again, answer: again, waive: again, withdraw: again, keep: again, undo: again },
  ...{ use: again, 'log-in': again, 'run-in-terminal': again, code: again, confirm: again, decline: again },
  leave: async () => false,
  'set-aside': async (reply, { step, stop, engine }) => {
    if (stop === 'cannot-tell') await setAside(reply, step, engine);
    return true;
  },
  switch: async ({ actor }, { step, engine }) => {
    engine.live.delete(actor);
    engine.forgotten.add(actor);
    return identify({ step, actor }, engine);
  },
};
/** Does what the operator replied. False where the operator leaves. */
export const take = (all: Takes, reply: Reply, at: At): Promise<boolean> =>
  (all[reply.do] as (reply: Reply, at: At) => Promise<boolean>)(reply, at);
