import type { Actor } from '../call.ts';
import { type Drift, driftOf } from '../drift.ts';
import { factsOf } from '../operations.ts';
import { type Change, isChange, type Plan, type Standing, standing } from '../plan.ts';

/**
 * How a step stands, and what it would change, before anything is changed. `later`: part of it can be looked at only once
 * a change before it is made. `unseen`: nobody could look, or what it needs is not known yet: `why`, a sentence.
 */
export type Forecast = {
  readonly step: string;
  readonly title: string;
  readonly actor: Actor;
} & (
  | { readonly stands: Exclude<Standing, 'question'> | 'later'; readonly plan: Plan }
  | { readonly stands: 'question'; readonly plan: Plan; readonly asks: Asks }
  | { readonly stands: 'unseen'; readonly why: string }
);
/** A question that was not answered. `key`: that of the answers file. `says`: what to write there, a sentence a line. */
export interface Asks {
  readonly key: string;
  readonly says: readonly string[];
}
/** Every step of a run in its order, each planned on what the steps before it give or will give. JSON. */
export type RunPlan = readonly Forecast[];

/** The changes of a step, in their order, also where something else of it is still in the way. */
export const changesIn = (forecast: Forecast): readonly Change[] =>
  forecast.stands === 'unseen' ? [] : forecast.plan.goals.filter((goal) => isChange(goal));

/** How many goals and steps of each kind a plan has. */
export interface Sum {
  readonly make: number;
  readonly replace: number;
  readonly remove: number;
  readonly warnings: number;
  readonly byHand: number;
  readonly blocked: number;
  readonly unanswered: number;
  readonly unknown: number; // steps that nobody could look at, and goals that could not be looked at
}
/** Sums a plan up. `before` decides whether a change replaces something or makes it. */
export function sumOf(plan: RunPlan): Sum {
  const changes = plan.flatMap(changesIn);
  const kinds = changes.map(kindOf);
  const goals = plan.flatMap((one) => (one.stands === 'unseen' ? [] : one.plan.goals));
  const count = (is: string): number => goals.filter((goal) => goal.is === is).length;
  const unknown = plan
    .flatMap((one) => (one.stands === 'unseen' || one.stands === 'later' ? [] : one.plan.goals))
    .filter(({ is }) => is === 'unknown').length;
  return {
    make: kinds.filter((kind) => kind === 'make').length,
    replace: kinds.filter((kind) => kind === 'replace').length,
    remove: kinds.filter((kind) => kind === 'remove').length,
    warnings: count('warning'),
    byHand: count('by-hand'),
    blocked: count('wrong'),
    unanswered: plan.filter(({ stands }) => stands === 'question').length,
    unknown: unknown + plan.filter(({ stands }) => stands === 'unseen').length,
  };
}
/** What becomes of AWS by a change: something comes, takes the place of something, or goes. */
export function kindOf({ call, before }: Change): 'make' | 'replace' | 'remove' {
  const { effect } = factsOf(call.operation);
  if (effect === 'removes') return 'remove';
  return before === undefined || before === '' ? 'make' : 'replace';
}

/** What moved in a step between two plans. `step`: its id. */
export interface Moved extends Drift {
  readonly step: string;
}
/**
 * What a plan says that an earlier one did not, step by step: empty where all that was planned still stands. How things
 * stand and what would be called both count; the words of an evidence count as what AWS shows.
 */
export function movedSince(was: RunPlan, now: RunPlan): readonly Moved[] {
  const ids = [...new Set([...was, ...now].map(({ step }) => step))];
  return ids.flatMap((step): readonly Moved[] => {
    const [before, after] = [was, now].map((plan) => plan.find((one) => one.step === step));
    const title = before?.title ?? after?.title ?? step;
    const [old, seen] = [planIn(before), planIn(after)];
    if (!old || !seen) {
      const [is, will] = [describeStands(before), describeStands(after)];
      return is === will ? [] : [{ step, goal: '', says: title, before: is, found: will }];
    }
    const gone = old.goals.filter(({ id }) => !seen.goals.some((goal) => goal.id === id));
    return [
      ...driftOf(
        old.goals.filter((goal) => isChange(goal)),
        old,
        seen,
      ).map((drift) => ({ step, ...drift })),
      // A plan that stops at a question leaves goals out. Of two that were carried through that proves something.
      ...gone.flatMap((goal) =>
        goal.is === 'change'
          ? []
          : [{ step, goal: goal.id, says: goal.says, before: 'checked', found: 'no longer asked for' }],
      ),
    ];
  });
}
const planIn = (forecast: Forecast | undefined): Plan | undefined =>
  forecast === undefined || forecast.stands === 'unseen' ? undefined : forecast.plan;
const describeStands = (forecast: Forecast | undefined): string => {
  if (forecast === undefined) return 'not a part of the run';
  return forecast.stands === 'unseen' ? `not checked: ${forecast.why}` : describe[standing(forecast.plan)];
};
const describe: Readonly<Record<Standing, string>> = {
  done: 'done',
  'to-do': 'to do',
  blocked: 'blocked',
  unknown: 'not known',
  'by-hand': 'to be done by hand',
  question: 'to be decided',
};
