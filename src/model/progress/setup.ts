import { type Call, type Deferred, isAfter, replaceAfter, valueIn } from '../call.ts';
import { plainCall } from '../evidence/head-tag.ts';
import { isWrite } from '../operations.ts';
import { type Goal, isChange } from '../plan.ts';
import { made, pending, planOf, type Run } from '../run.ts';
import type { Situation, Step } from '../step.ts';
import { defined } from '../text/defined.ts';
import { partsOf } from './applicable-steps.ts';
import { outputs } from './outputs.ts';
import { refusals } from './refused.ts';

/**
 * How a call of the set-up stands. `there`: AWS shows its effect. `to-do`: it is still to be made. `as-found`: by the
 * operator's decision something else is there, and stays. `unknown`: it was sent, or could not be looked at.
 */
type Stands = 'there' | 'to-do' | 'as-found' | 'unknown';
/** One of the calls that make up the set-up, made or not. */
export interface SetupCall {
  readonly step: Step;
  readonly id: string; // the goal's, within the step
  readonly says: string;
  readonly call: Call; // what other calls tell stands in it as `after`, known or not
  readonly risk: 'routine' | 'dangerous';
  readonly consequences: readonly string[];
  readonly stands: Stands;
  readonly ours: boolean; // this run made it
  /** As this run sent them, with the one that says how far the journal was: what keeps the set keeps that, too. */
  readonly tags?: unknown;
  /** Something of its step is otherwise than the step would make it, and stays so by the operator's decision. */
  readonly keeps: boolean;
}
/** All that a run sets up, as calls, whether they are made or not. Pure. */
export interface Setup {
  readonly run: Run;
  readonly calls: readonly SetupCall[];
  /** What a call told, where it is known: by `nameOf` of the value that stands for it. */
  readonly values: ReadonlyMap<string, string>;
  /** What a run wants that is no call, or that nobody knows yet: a sentence each. */
  readonly besides: readonly string[];
}

/** A value that a call tells, by name: 'permission-set/set PermissionSet.PermissionSetArn'. */
export const nameOf = ({ step = '', $after, path }: Deferred): string => `${step}/${$after} ${path}`;

/**
 * Every call of a run's steps, as if none of it was there: each step's plan on its untouched state. How each stands is
 * what the run last saw; what AWS told of it is taken from there, and from the replies.
 */
export function setupOf(steps: readonly Step[], run: Run): Setup {
  const values = toldBy(run);
  const gives = new Map<string, unknown>();
  const really = new Map<string, unknown>();
  const calls: SetupCall[] = [];
  const besides: string[] = [];
  for (const step of partsOf(steps, run)) {
    const seen = planOf(run, step.id);
    gives.set(step.id, seen?.gives);
    really.set(step.id, seen?.gives);
    if (seen?.gives === undefined) {
      if (step.calls.some(isWrite)) besides.push(`${step.title}: the run does not know now what it takes.`);
      continue;
    }
    const at = situationOf(step, run, gives);
    const plan = at && step.fromScratch(seen.gives, at);
    if (!plan) continue;
    gives.set(step.id, plan.gives);
    pair(plan.gives, seen.gives, values);
    const own = made(run, step.id);
    const known = idsOf(step, run, seen.gives, really);
    for (const [n, goal] of plan.goals.filter((one) => isChange(one)).entries()) {
      const ids = [goal.id, ...(known[n] === undefined ? [] : [known[n]])];
      const mine = own.findLast(({ change }) => ids.includes(change));
      calls.push({
        step,
        ...{ id: goal.id, says: goal.says, risk: goal.risk, consequences: goal.consequences ?? [] },
        call: plainCall(mine ? sent(goal.call, mine.call) : goal.call),
        stands: standsOf(step, ids, seen.goals, run),
        ours: mine !== undefined,
        ...defined({ tags: mine && valueIn(mine.call, 'Tags') }),
        keeps: seen.goals.some((one) => one.is === 'warning' && isOtherwise(one, plan.goals)),
      });
    }
    const wanted = new Set(plan.goals.map(({ id }) => id));
    besides.push(...seen.goals.filter(({ id }) => wanted.has(id)).flatMap(decisionsIn));
  }
  return { run, calls, values, besides };
}

/** A value that another call tells, where it is known. */
export const knownValue = ({ values }: Setup, value: unknown): unknown =>
  replaceAfter(value, (after) => values.get(nameOf(after)) ?? after);

/** Of one that is a warning in any case nothing was decided. */
const isOtherwise = ({ id }: Goal, goals: readonly Goal[]): boolean =>
  goals.some((goal) => goal.id === id && goal.is !== 'warning');

const decisionsIn = (goal: Goal): readonly string[] => {
  switch (goal.is) {
    case 'warning':
      return [`${goal.says}: ${goal.found}.`];
    case 'by-hand':
      return [`By hand: ${goal.says} (${goal.console}).`];
    default:
      return [];
  }
};

function standsOf(step: Step, ids: readonly string[], goals: readonly Goal[], run: Run): Stands {
  if (pending(run, step.id).some(({ intent }) => ids.includes(intent.change))) return 'unknown';
  switch (goals.find((goal) => ids.includes(goal.id))?.is) {
    case 'met':
      return 'there';
    case 'change':
      return 'to-do';
    case 'warning':
      return 'as-found';
    default:
      return 'unknown';
  }
}

/** What the same goals are called with what is known: who is there has an id, and who is not yet has a name. */
function idsOf(
  step: Step,
  run: Run,
  gives: unknown,
  really: ReadonlyMap<string, unknown>,
): readonly string[] {
  const at = situationOf(step, run, really);
  const goals = (at && step.fromScratch(gives, at)?.goals) ?? [];
  return goals.filter((goal) => isChange(goal)).map(({ id }) => id);
}

function situationOf(step: Step, run: Run, gives: ReadonlyMap<string, unknown>): Situation | undefined {
  const given: Record<string, unknown> = {};
  for (const [name, need] of Object.entries(step.dependsOn)) {
    const told = gives.get(need.id);
    if (told === undefined && !need.appliesWhen) return undefined;
    if (told !== undefined) given[name] = told;
  }
  const refused = refusals(run, step.id);
  const answers = run.answers[step.id] ?? {};
  return { answers, given, hints: {}, run: run.id, ...defined({ refused }) };
}

/** The call as it was sent, but that what another one tells stays what that one tells. */
const sent = (planned: Call, { operation, input }: Call): Call =>
  operation === planned.operation
    ? ({
        operation,
        input: Object.fromEntries(
          Object.entries(input).map(([name, value]) => {
            const was = (planned.input as Readonly<Record<string, unknown>>)[name];
            return [name, isAfter(was) ? was : value];
          }),
        ),
      } as Call)
    : planned;

/** The texts in AWS's replies to this run's calls. */
function toldBy(run: Run): Map<string, string> {
  const all = new Map<string, string>();
  const walk = (name: string, value: unknown, path: readonly string[]): void => {
    if (typeof value === 'string') all.set(`${name} ${path.join('.')}`, value);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(name, inner, [...path, key]);
  };
  for (const [name, output] of outputs(run)) walk(name, output, []);
  return all;
}

/** Where a plan from scratch has a value that is known later, what was really seen has that value. */
function pair(scratch: unknown, seen: unknown, values: Map<string, string>): void {
  if (isAfter(scratch)) {
    if (typeof seen === 'string') values.set(nameOf(scratch), seen);
    return;
  }
  if (typeof scratch !== 'object' || scratch === null || typeof seen !== 'object' || seen === null) return;
  for (const [key, value] of Object.entries(scratch))
    pair(value, (seen as Readonly<Record<string, unknown>>)[key], values);
}
