import type { Plan } from '../../model/plan.ts';
import { describeLeftover } from '../../model/progress/orphaned-changes.ts';
import type { Step } from '../../model/step.ts';
import type { Start } from './start.ts';
import { sentence } from './stop-messages.ts';

interface Seen {
  readonly step: Step;
  readonly plan: Plan;
}
/** What holds and is to be read all the same: each once, the first time before anything is changed on it. */
export function sayWarnings({ step, plan }: Seen, { sayOnce }: Start): void {
  for (const goal of plan.goals)
    if (goal.is === 'warning') sayOnce(`read this    ${step.id}: ${goal.says}: ${sentence(goal.found)}`);
}

/** All that a screen says beside its question: each once. */
export function sayBeside(seen: Seen, start: Start): void {
  sayWarnings(seen, start);
  for (const note of seen.plan.notes ?? []) start.sayOnce(`note         ${seen.step.id}: ${note}`);
}

export function sayLeftover(step: Step, { run, sayOnce }: Start): void {
  for (const says of describeLeftover(step, run())) sayOnce(`read this    ${step.id}: ${says}`);
}

/** What is attested is said: nobody has to take the file's word for what was to be read. */
export function readOut({ id, document }: Step, say: (line: string) => void): void {
  for (const text of document.says) say(`read         ${id}: ${text}`);
}
