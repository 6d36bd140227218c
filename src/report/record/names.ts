import { type Question, valuesOf } from '../../model/question.ts';
import { type Attempt, planOf, type Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import type { Names } from '../lines.ts';

/** How the events of a run are told to people: by what steps, questions and changes are called, never by their ids. */
export function namesOf(run: Run, steps: readonly Step[]): Names {
  const stepOf = (id: string): Step | undefined => steps.find((step) => step.id === id);
  return {
    step: (id) => quoted(stepOf(id)?.title ?? id),
    question: (id, name) => `“${stepOf(id)?.questions[name]?.says ?? name}”`,
    answer: (id, name, answer) => answerIn(run, stepOf(id)?.questions[name], answer),
    goal: (id, goal) =>
      quoted(planOf(run, id)?.goals.find((one) => one.id === goal)?.says ?? stepOf(id)?.title ?? id),
    change: (id, change, planned = []) =>
      planned.find((one) => one.change === change)?.says ??
      run.attempts.find(({ intent }) => intent.step === id && intent.change === change)?.intent.says ??
      planOf(run, id)?.goals.find((one) => one.id === change)?.says ??
      `a change of ${quoted(stepOf(id)?.title ?? id)}`,
    attempt: (attempt) => quoted(describeAttempt(run, attempt) ?? attempt),
  };
}
/** An account by its name, where AWS told it, and its id. */
export const accountIn = ({ names }: Pick<Run, 'names'>, id: string): string =>
  Object.hasOwn(names, id) && names[id] !== id ? `${names[id]} (${id})` : id;
/** An answer as it was meant: an account by its name, several one after the other. */
function answerIn(run: Run, question: Question | undefined, answer: string): string {
  if (question?.as === 'attestation') return answer === 'attested' ? 'yes (attested)' : answer;
  return (question?.as === 'several' ? valuesOf(answer) : [answer])
    .map((one) => accountIn(run, one))
    .join(', ');
}
const quoted = (text: string): string => `“${text.replace(/[?.]$/, '')}”`;

function describeAttempt({ attempts }: Run, id: string): string | undefined {
  const one = attempts.find(({ intent }) => intent.attempt === id);
  return one && saysOf(one, attempts);
}
/** What it does; where the same was sent more than once, which time it was. */
export function saysOf({ intent }: Attempt, attempts: readonly Attempt[]): string {
  const same = attempts.filter(
    (other) => other.intent.step === intent.step && other.intent.says === intent.says,
  );
  const nth = same.findIndex((other) => other.intent.attempt === intent.attempt) + 1;
  return same.length > 1 ? `${intent.says} (attempt ${nth})` : intent.says;
}
