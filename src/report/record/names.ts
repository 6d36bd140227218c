import type { Attempt } from '../../model/attempt.ts';
import { type Question, valuesOf } from '../../model/question.ts';
import { planOf, type Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import type { Names } from '../lines.ts';

/** How the events of a run are told to people: by what steps, questions and changes are called, never by their ids. */
export function namesOf(run: Run, steps: readonly Step[]): Names {
  const known = new Map(steps.map((step) => [step.id, step]));
  const stepOf = (id: string): Step | undefined => known.get(id);
  const saysOf = sayingsOf(run.attempts);
  const attempts = firstBy(run.attempts, ({ intent }) => intent.attempt);
  const sent = firstBy(run.attempts, ({ intent }) => keyOf(intent.step, intent.change));
  return {
    step: (id) => quoted(stepOf(id)?.title ?? id),
    question: (id, name) => `“${stepOf(id)?.questions[name]?.says ?? name}”`,
    answer: (id, name, answer) => answerIn(run, stepOf(id)?.questions[name], answer),
    goal: (id, goal) =>
      quoted(planOf(run, id)?.goals.find((one) => one.id === goal)?.says ?? stepOf(id)?.title ?? id),
    change: (id, change, planned = []) =>
      planned.find((one) => one.change === change)?.says ??
      sent.get(keyOf(id, change))?.intent.says ??
      planOf(run, id)?.goals.find((one) => one.id === change)?.says ??
      `a change of ${quoted(stepOf(id)?.title ?? id)}`,
    attempt: (id) => {
      const attempt = attempts.get(id);
      return quoted(attempt ? saysOf(attempt) : id);
    },
  };
}
/** An account by its name, where AWS told it, and its id. */
export const accountIn = ({ names }: Pick<Run, 'names'>, id: string): string =>
  Object.hasOwn(names, id) && names[id] !== id ? `${names[id]} (${id})` : id;
/** An answer as it was meant: an account by its name, several one after the other. */
function answerIn(run: Run, question: Question | undefined, answer: string): string {
  if (question?.as === 'attestation') return answer === 'attested' ? 'yes (attested)' : answer;
  const { called = {} } = question ?? {};
  return (question?.as === 'several' ? valuesOf(answer) : [answer])
    .map((one) => (Object.hasOwn(called, one) ? called[one] : accountIn(run, one)))
    .join(', ');
}
const quoted = (text: string): string => `“${text.replace(/[?.]$/, '')}”`;

/** The first of each. */
function firstBy<T>(all: readonly T[], keyIn: (one: T) => string): ReadonlyMap<string, T> {
  const first = new Map<string, T>();
  for (const one of all) {
    const key = keyIn(one);
    if (!first.has(key)) first.set(key, one);
  }
  return first;
}
const keyOf = (step: string, text: string): string => JSON.stringify([step, text]);

/** What an attempt of these does; where the same was sent more than once, which time it was. */
export function sayingsOf(attempts: readonly Attempt[]): (attempt: Attempt) => string {
  const groups = new Map<string, { times: number; readonly nth: Map<string, number> }>();
  for (const { intent } of attempts) {
    const key = keyOf(intent.step, intent.says);
    const same = groups.get(key) ?? { times: 0, nth: new Map<string, number>() };
    groups.set(key, same);
    same.times += 1;
    if (!same.nth.has(intent.attempt)) same.nth.set(intent.attempt, same.times);
  }
  return ({ intent: { step, says, attempt } }) => {
    const same = groups.get(keyOf(step, says));
    return same && same.times > 1 ? `${says} (attempt ${same.nth.get(attempt) ?? 0})` : says;
  };
}
