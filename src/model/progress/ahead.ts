import { type Actor, type Deferred, replaceAfter } from '../call.ts';
import { factsOf, type WriteOperation } from '../operations.ts';
import { undoOf, type Way, wayNow, wayOf } from '../phase.ts';
import { type Change, isChange, type Plan, standing } from '../plan.ts';
import { made, pending, planOf, type Run } from '../run.ts';
import type { AppliedChange, Foretold, Step } from '../step.ts';
import { defined } from '../text/defined.ts';
import { formatCount } from '../text/format-count.ts';
import { isWanted } from './applicable-steps.ts';
import { restsOnNow } from './basis.ts';
import { reverseOf } from './reverse.ts';
import { leftToUndo } from './undoing.ts';

/**
 * One confirmation that is ahead. `is`: 'planned' by a look at AWS; 'expected' in every run in which it is not so
 * already; 'possible' only in some runs, of which `needed` says which.
 */
export interface ChangeAhead {
  readonly is: 'planned' | 'expected' | 'possible';
  readonly step: Step;
  readonly actor: Actor;
  readonly operation: WriteOperation;
  /** In words; a confirmation of several calls has several. */
  readonly says: readonly string[];
  readonly risk: 'routine' | 'dangerous';
  /** The calls, where they are known: each with its input, its consequences and its way in the console. */
  readonly calls: readonly Change[];
  /** Questions that are still to be answered before it: sentences. */
  readonly asked: readonly string[];
  /** What is known only after an earlier change, in words. */
  readonly later: readonly string[];
  readonly needed?: string;
  readonly each?: string;
  /** Of a call that nobody has planned yet, what it would send, as far as the step tells. */
  readonly input?: Foretold['input'];
}
/** What is ahead of a run, as far as it is known now. Nothing is asked of AWS for it. */
export interface Ahead {
  readonly way: Way;
  /** Confirmations that were carried out. */
  readonly made: number;
  /** Planned and expected, in the order in which they come. */
  readonly changes: readonly ChangeAhead[];
  /** Only in some runs: not counted. */
  readonly possible: readonly ChangeAhead[];
  /** Every one of `changes` was planned by a look. Else there may be fewer: what AWS has already is not made again. */
  readonly exact: boolean;
  /** Whose credentials the changes take, in the order in which they are needed. */
  readonly actors: readonly Actor[];
}

/** What is ahead of a run, in the direction in which it goes. `now`: the step that is asked about, with its plan. */
export function aheadOf(steps: readonly Step[], run: Run, now?: Asked): Ahead {
  const way = wayNow(run);
  const all = way === 'undo' ? aheadBack(steps, run, now) : steps.flatMap((step) => aheadIn(step, run));
  const changes = all.filter(({ is }) => is !== 'possible');
  return {
    way,
    changes,
    possible: all.filter(({ is }) => is === 'possible'),
    made: confirmationsMade(run, way),
    exact: changes.every(({ is }) => is === 'planned'),
    actors: [...new Set(changes.map(({ actor }) => actor))],
  };
}

interface Asked {
  readonly step: Step;
  readonly plan: Plan;
}

/** '4 changes ahead', or 'up to 4 changes ahead' where some were not looked at yet. */
export function countAhead({ changes, exact }: Ahead): string {
  const { length } = changes;
  if (length === 0) return 'no changes ahead';
  return `${exact ? '' : 'up to '}${formatCount(length)} ${length === 1 ? 'change' : 'changes'} ahead`;
}
/** Of the change that is to be confirmed now: '2 of 4', or '2 of up to 4'. */
export function changeNumber({ made: before, changes, exact }: Ahead): string {
  const all = before + Math.max(1, changes.length);
  return `${formatCount(before + 1)} of ${exact ? '' : 'up to '}${formatCount(all)}`;
}

function aheadIn(step: Step, run: Run): readonly ChangeAhead[] {
  const wanted = isWanted(step, run);
  if (wanted === false) return [];
  const plan = restsOnNow(step, run) ? planOf(run, step.id) : undefined;
  const left = plan ? plannedIn(step, plan, run) : [];
  const told = (step.foretells?.changes ?? []).filter((one) => isOpen(one, plan));
  const rest = told.map((one) => foretold(one, step, run, wanted));
  // In the step's own order, as far as what it foretells tells of it.
  const order = (step.foretells?.changes ?? []).map(({ operation }) => operation);
  const place = ({ operation }: ChangeAhead): number => order.indexOf(operation);
  return rest.length === 0 ? left : [...left, ...rest].toSorted((a, b) => place(a) - place(b));
}

/** A plan that came to its end lists every goal. Any other may hide what it cannot tell yet. */
function isOpen({ goal, operation }: Foretold, plan: Plan | undefined): boolean {
  if (!plan) return true;
  if (['done', 'to-do'].includes(standing(plan))) return false;
  if (plan.goals.some((one) => isChange(one) && one.call.operation === operation)) return false;
  const found = goal === undefined ? undefined : plan.goals.find(({ id }) => id === goal);
  return found === undefined || !['met', 'warning', 'by-hand'].includes(found.is);
}

/** The changes of a plan, by the confirmations that they take. What was sent already is not ahead. */
function plannedIn(step: Step, plan: Plan, run: Run): readonly ChangeAhead[] {
  const sent = pending(run, step.id).map(({ intent }) => intent.change);
  const batches: Change[][] = [];
  for (const change of plan.goals) {
    if (!isChange(change) || sent.includes(change.id)) continue;
    const last = batches.at(-1);
    if (last && change.batch !== undefined && last[0]?.batch === change.batch) last.push(change);
    else batches.push([change]);
  }
  return batches.flatMap((calls): readonly ChangeAhead[] => {
    const [first] = calls;
    if (!first) return [];
    return [
      {
        ...{ is: 'planned', step, actor: step.actor, operation: first.call.operation, calls },
        says: calls.map(({ says }) => says),
        risk: calls.some(({ risk }) => risk === 'dangerous') ? 'dangerous' : 'routine',
        asked: askedBefore(step, run),
        later: laterIn(calls, plan, run),
      },
    ];
  });
}

function foretold(one: Foretold, step: Step, run: Run, wanted: boolean | undefined): ChangeAhead {
  const { operation, says, risk, each, later = [], input } = one;
  const conditions = [wanted === undefined ? step.foretells?.appliesWhen : undefined, one.needed];
  const needed = conditions.filter((text) => text !== undefined).join(', and ');
  return {
    ...{ is: needed === '' ? 'expected' : 'possible', step, actor: step.actor, operation, risk, later },
    ...{ says: [says], calls: [], asked: askedBefore(step, run) },
    ...defined({ needed: needed || undefined, each, input }),
  };
}

/** What still has to be answered before a step can change anything: of itself, and of all that it rests on. */
function askedBefore(step: Step, run: Run, seen = new Set<string>()): readonly string[] {
  if (seen.has(step.id)) return [];
  seen.add(step.id);
  return [
    ...Object.values(step.dependsOn).flatMap((need) => askedBefore(need, run, seen)),
    ...asksOf(step, run),
  ];
}
/** What a step still asks: the questions of its plan; before there is one, those that every run answers. */
function asksOf(step: Step, run: Run): readonly string[] {
  if (isWanted(step, run) !== true) return [];
  const plan = restsOnNow(step, run) ? planOf(run, step.id) : undefined;
  const planned = plan?.goals.flatMap((goal) => (goal.is === 'open' ? [goal.question] : []));
  if (plan && ['done', 'to-do'].includes(standing(plan))) return [];
  const answered = Object.keys(run.answers[step.id] ?? {});
  const names = new Set([...(planned ?? []), ...(step.foretells?.asks ?? [])]);
  return [...names].flatMap((name) => (answered.includes(name) ? [] : (step.questions[name]?.says ?? [])));
}

/** What stands in calls and AWS has still to tell: each once, by the change that tells it. */
function laterIn(calls: readonly Change[], plan: Plan, run: Run): readonly string[] {
  const waits = new Map<string, string>();
  for (const { call } of calls)
    for (const [member, value] of Object.entries(call.input))
      replaceAfter(value, (after) => {
        waits.set(JSON.stringify(after), `${member}, after “${nameOf(after, plan, run)}”`);
        return after;
      });
  return [...waits.values()];
}
function nameOf({ step, $after }: Deferred, own: Plan, run: Run): string {
  const plan = step === undefined ? own : run.observations[step]?.plan;
  return [...(plan?.goals ?? []), ...own.goals].find(({ id }) => id === $after)?.says ?? $after;
}

/** What is still to be undone. Once it has begun, every step was looked at and shown. */
function aheadBack(steps: readonly Step[], run: Run, now: Asked | undefined): readonly ChangeAhead[] {
  const is = undoOf(run) ? 'planned' : 'expected';
  return leftToUndo(steps, run).flatMap((step) => {
    if (now?.step === step) return plannedIn(step, now.plan, run);
    return confirmedTogether(withoutParts(made(run, step.id)).toReversed()).map((all): ChangeAhead => {
      const [{ operation }] = all;
      const says = all.map(({ one }) => `Undo “${one.says}”`);
      return {
        ...{ is, step, actor: step.actor, operation, says, risk: 'dangerous' },
        ...{ calls: [], asked: [], later: [] },
      };
    });
  });
}
interface Back {
  readonly one: AppliedChange;
  readonly operation: WriteOperation;
}
type Together = readonly [Back, ...Back[]];
/** Assignments of a step are undone under one confirmation, everything else by itself. What cannot be undone is left out. */
function confirmedTogether(all: readonly AppliedChange[]): readonly Together[] {
  const groups: [Back, ...Back[]][] = [];
  for (const one of all) {
    const back = reverseOf(one, 'any');
    if (!back) continue;
    const { operation } = back;
    const last = groups.at(-1);
    const joins = last?.[0].operation === operation && factsOf(operation).worded.as === 'assignment';
    if (last && joins) last.push({ one, operation });
    else groups.push([{ one, operation }]);
  }
  return groups;
}
/** Without what was done to a thing that goes as a whole: a set's policy goes with the set. */
function withoutParts(all: readonly AppliedChange[]): readonly AppliedChange[] {
  const gone = new Set(
    all.flatMap((one) => {
      const back = factsOf(one.call.operation).effect === 'creates' ? reverseOf(one, 'any') : undefined;
      const own = Object.values(one.call.input);
      return back ? Object.values(back.input).filter((value) => !own.includes(value as never)) : [];
    }),
  );
  return all.filter(({ call }) => !Object.values(call.input).some((value) => gone.has(value as never)));
}

/** How many confirmations were carried out: one for all that was confirmed together. */
function confirmationsMade({ attempts, undone }: Run, way: Way): number {
  const done = attempts.filter(
    ({ intent, state }) =>
      state === 'verified' &&
      wayOf(intent.situation) === way &&
      (way === 'undo' || !undone.includes(intent.attempt)),
  );
  return new Set(done.map(({ intent, confirmed }) => `${intent.step} ${confirmed?.at ?? intent.attempt}`))
    .size;
}
