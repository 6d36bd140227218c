import type { Actor } from '../model/call.ts';
import { management, memberAccountIn, memberIn, otherThan } from '../model/identity.ts';
import type { Open, Plan } from '../model/plan.ts';
import { standing, waive } from '../model/plan.ts';
import { partsOf } from '../model/progress/applicable-steps.ts';
import { isGuarded, numberTyped, valuesOf } from '../model/question.ts';
import { OutcomeUnknown, RequestRejected } from '../model/reader.ts';
import { pending, planOf } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import { isOneOf } from '../model/text/account-id.ts';
import { defined } from '../model/text/defined.ts';
import { unreachable } from '../model/text/unreachable.ts';
import type { Stop } from './apply.ts';
import type { Ask, Reply } from './ask.ts';
import { withdraw } from './consent.ts';
import { applying } from './direction.ts';
import type { Engine } from './engine.ts';
import { eyesFor } from './engine.ts';
import { identify, takeUp } from './identify.ts';
import { foresee, isCurrent, situationOf, survey } from './observe.ts';
import { doneWith, mayPass, seenIn } from './passing.ts';
import { type Course, runSteps, type Takes, take, takes } from './run-steps.ts';
import { eyesOf } from './situation.ts';
import { troubleOf } from './stop-reason.ts';
import { undoRun } from './undo.ts';

/** `undone`: the operator chose to take the run back. */
export type End = 'finished' | 'left' | 'undone';

/**
 * Leads through the steps in order, from the first that is not done, until all are or the operator leaves. The last
 * step closes the run: before it, every other step is seen once more. Credentials that fail are asked for anew. Throws
 * what `ports.record` throws, and an Error where a step asks a question that it does not have.
 */
export async function walk(steps: readonly Step[], engine: Engine): Promise<End> {
  const end = await runSteps(courseOf(steps, engine), engine);
  return end === 'through' ? 'finished' : end;
}

/** From the first step that is not done, and the last one whatever it is. */
function courseOf(steps: readonly Step[], engine: Engine): Course<'finished' | 'undone'> {
  const { ports } = engine;
  const parts = (): readonly Step[] => partsOf(steps, ports.run());
  let surveyed = -1; // the number of attempts when everything was last seen together
  return {
    direction: applying,
    next: () => parts().find((s) => !isBehind(s, engine)) ?? steps.at(-1),
    before: async (step) => {
      if (!(await credentialsFor(step, parts(), engine))) return 'left';
      if (step !== steps.at(-1) || surveyed === ports.run().attempts.length) return 'perform';
      surveyed = ports.run().attempts.length;
      await survey(steps.slice(0, -1), engine);
      return 'look-again';
    },
    after: async (step, stop) => {
      const last = step === steps.at(-1);
      const reply = await ask(step, stop, last, engine);
      if (reply === undefined) return undefined;
      if (reply.do === 'undo' && stop === 'done') {
        const end = await undoRun(steps, engine);
        return end === 'back' ? undefined : end;
      }
      if (last && stop === 'done' && (reply.do === 'go-on' || reply.do === 'leave')) {
        await ports.record({ type: 'read', step: step.id });
        return 'finished';
      }
      // Who cannot go on here does the rest by hand, or hands it on. It is seen only now: a refusal is told at once.
      if (reply.do === 'leave' && ['failed', 'blocked', 'unseen'].includes(stop))
        await foresee(parts(), engine);
      return (await take(takesOn, reply, { step, stop, engine })) ? undefined : 'left';
    },
  };
}

/** Done, as it is known to stand on what the run says now, and read by the operator. */
function isBehind(step: Step, engine: Engine): boolean {
  const run = engine.ports.run();
  const plan = planOf(run, step.id);
  return (
    isCurrent(step, engine) &&
    plan !== undefined &&
    standing(plan) === 'done' &&
    pending(run, step.id).length === 0 &&
    run.read.includes(step.id)
  );
}

/** Sees to it that somebody can look. False when the operator leaves. Throws what `identify` does. */
export async function credentialsFor(step: Step, parts: readonly Step[], engine: Engine): Promise<boolean> {
  if (step.observedBy === 'none') return true;
  const open = pending(engine.ports.run(), step.id).length > 0;
  const mine = await takeUp(step.actor, step, engine);
  if (mine !== 'no') return mine === 'yes';
  if (step.observedBy === 'actor' || open) return identify({ step, actor: step.actor }, engine);
  const other = otherThan(step.actor, engine.steps);
  const others = await takeUp(other, step, engine);
  if (others !== 'no') return others === 'yes';
  return identify({ step, actor: delegateAlone(parts, engine) }, engine);
}

/** The delegated administrator, where it is known who that is and the rest is left for them alone. */
function delegateAlone(parts: readonly Step[], { ports }: Engine): Actor | undefined {
  const { binding, observations, waived } = ports.run();
  if (memberAccountIn(binding) === undefined) return undefined;
  const left = parts.filter(({ id, observedBy }) => {
    const look = observations[id];
    return observedBy !== 'none' && !(look && standing(waive(look.plan, waived[id] ?? {})) === 'done');
  });
  return left.length > 0 && left.every(({ actor }) => actor !== management) ? memberIn(left) : undefined;
}

/** Puts the question that a stop raises. Undefined where there is none: on to the next step. */
async function ask(step: Step, stop: Stop, last: boolean, engine: Engine): Promise<Reply | undefined> {
  const { ports } = engine;
  const plan = planOf(ports.run(), step.id) ?? { goals: [] };
  switch (stop) {
    case 'left':
      return { do: 'leave' };
    case 'again':
    case 'waiting':
    case 'to-do':
      return undefined;
    case 'credentials':
      return (await identify({ step, actor: step.actor }, engine)) ? undefined : { do: 'leave' };
    case 'done':
      if (last) return ports.ask({ is: 'finished', step, plan });
      if (ports.run().read.includes(step.id)) return undefined;
      // Where nothing was looked at there is nothing to read: the operator has just answered it.
      return step.observedBy === 'none' ? { do: 'go-on' } : ports.ask(doneWith(step, plan, engine));
    case 'question':
      return ports.ask(questionOf(step, plan, engine));
    case 'by-hand':
    case 'blocked':
    case 'unknown':
    case 'failed':
    case 'unseen':
    case 'declined':
    case 'cannot-tell':
    case 'under-way':
      return ports.ask(troubleOf(step, stop, plan, engine));
    default:
      return unreachable(stop);
  }
}

/** The question of a plan's first goal that is open. Throws an Error where the step has no such question. */
export function questionOf(step: Step, plan: Plan, engine: Engine): Ask {
  const goal = plan.goals.find((g): g is Open => g.is === 'open');
  const question = goal && step.questions[goal.question];
  if (!goal || !question)
    throw new Error(`${step.id} asks a question that it does not have: ${goal?.question}`);
  const eyes = eyesOf(step, engine);
  const choices = () => {
    const situation = situationOf(step, engine);
    const rows =
      situation === undefined || eyes === undefined
        ? undefined
        : step.choicesOf(goal.question, eyesFor(engine, eyes, step.id), situation);
    return rows ?? (async function* () {})();
  };
  const listed = question.as === 'choice' || question.as === 'several';
  return {
    is: 'question',
    step,
    plan,
    goal,
    question,
    ...defined({ choices: listed ? choices : undefined }),
  };
}

const takesOn: Takes = {
  ...takes,
  'go-on': async (reply, { step, stop, engine }) => {
    const { ports } = engine;
    if (stop !== 'done') return true;
    const passed = reply.passed === true && mayPass(step, engine) ? seenIn(step, engine) : undefined;
    await ports.record({ type: 'read', step: step.id, ...defined({ passed }) });
    return true;
  },
  answer: async (reply, { step, engine }) => {
    const { ports } = engine;
    const goal = planOf(ports.run(), step.id)?.goals.find((g) => g.is === 'open');
    if (goal?.is !== 'open' || !(await mayAnswer(reply, step, engine))) return true;
    const { answer, typed } = reply;
    const own = typed !== undefined || step.questions[goal.question]?.as === 'text' ? 'typed' : 'key';
    const how = { ...defined({ typed }), by: reply.by ?? own };
    await ports.record({ type: 'answered', step: step.id, question: goal.question, answer, ...how });
    return true;
  },
  withdraw: async ({ step, question }, { engine }) => {
    await withdraw(step, question, engine.ports);
    return true;
  },
  waive: async ({ goal: id, why }, { step, engine: { ports } }) => {
    const goal = ports.run().observations[step.id]?.plan.goals.find((one) => one.id === id);
    if (goal?.is === 'unknown' && !goal.firm)
      await ports.record({ type: 'waived', step: step.id, goal: id, why });
    return true;
  },
};

/** Whether an answer may be taken: a dangerous choice takes one of its words. Throws what listing the choices throws, but for what AWS did not answer. */
export async function mayAnswer(
  { answer, typed }: Extract<Reply, { do: 'answer' }>,
  step: Step,
  engine: Engine,
): Promise<boolean> {
  const asked = questionOf(step, planOf(engine.ports.run(), step.id) ?? { goals: [] }, engine);
  if (asked.is === 'question' && asked.question.as === 'several' && valuesOf(answer).length === 0)
    return false;
  const number = asked.is === 'question' ? numberTyped(asked.question, answer) : undefined;
  if (number !== undefined && typed !== number) return false;
  if (asked.is !== 'question' || !isGuarded(asked.question) || !asked.choices) return true;
  try {
    for await (const { value, not, danger } of asked.choices())
      if (value === answer)
        return not === undefined && (!danger || (typed !== undefined && isOneOf(danger.typed, typed)));
  } catch (error) {
    // What cannot be looked at is not taken: the next look says why, and the question comes again.
    if (!(error instanceof RequestRejected || error instanceof OutcomeUnknown)) throw error;
  }
  return false;
}
