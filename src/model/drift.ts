import type { Json } from './call.ts';
import { plainCall } from './evidence/head-tag.ts';
import type { Change, Goal, Plan } from './plan.ts';
import { defined } from './text/defined.ts';
import { followsFrom } from './text/follows-from.ts';
import { unmarked } from './text/own-commands.ts';
import { unreachable } from './text/unreachable.ts';

/** Something that was changed in AWS while the operator was deciding: how it was, how it is, and what was agreed to. */
export interface Drift {
  readonly goal: string;
  readonly says: string;
  readonly before: string;
  readonly found: string;
  /** What was confirmed; absent for what nobody was about to change. */
  readonly wanted?: string;
}

/**
 * What differs between the plan that was confirmed and the one a moment later: empty where what was agreed to still
 * stands. `seen`: the plan that was shown; `confirmed`: the changes of it that were agreed to. A goal that is gone, and
 * that nobody was about to change, proves nothing and is left out.
 */
export function driftOf(confirmed: readonly Change[], seen: Plan, now: Plan): readonly Drift[] {
  const ids = [...new Set([...seen.goals, ...now.goals].map(({ id }) => id))];
  return ids.flatMap((id): readonly Drift[] => {
    const [was, is] = [seen, now].map(({ goals }) => plainGoal(goals.find((goal) => goal.id === id)));
    if (plainJson(was) === plainJson(is)) return [];
    const change = confirmed.find((one) => one.id === id);
    // A plan that stops at a question leaves goals out: that proves nothing.
    if (!is && !change) return [];
    const [before, found] = both(was, is);
    const says = change?.says ?? is?.says ?? was?.says ?? id;
    return [{ goal: id, says, before, found, ...defined({ wanted: change && wantedBy(change) }) }];
  });
}

/** Without what only says when it was planned. */
const plainGoal = (goal: Goal | undefined): Goal | undefined =>
  goal?.is === 'change' ? { ...goal, call: plainCall(goal.call) } : goal;

/** Of what a journal kept, commands are not marked. */
const plainJson = (goal: Goal | undefined): string =>
  goal === undefined ? '' : unmarked(JSON.stringify(goal));

/** Two changes are told apart by what they replace, else by what follows from them. */
function both(was: Goal | undefined, is: Goal | undefined): readonly [string, string] {
  if (was?.is !== 'change' || is?.is !== 'change') {
    const before = was?.is === 'change' && was.before !== undefined ? textOf(was.before) : stands(was);
    return [before, stands(is)];
  }
  const [a, b] = [textOf(was.before), textOf(is.before)];
  if (a !== b) return [a, b];
  const [x, y] = [JSON.stringify(was.call.input), JSON.stringify(is.call.input)];
  if (x !== y) return [x, y];
  return [followsFrom(was).join(' '), followsFrom(is).join(' ')];
}
const textOf = (before: Json | undefined): string =>
  before === undefined || before === ''
    ? 'nothing'
    : typeof before === 'string'
      ? before
      : JSON.stringify(before);

const wantedBy = ({ call }: Change): string =>
  'InlinePolicy' in call.input && typeof call.input.InlinePolicy === 'string'
    ? call.input.InlinePolicy
    : JSON.stringify(call.input);

/** How a goal stands, in a few words. */
function stands(goal: Goal | undefined): string {
  switch (goal?.is) {
    case undefined:
      return 'none';
    case 'met':
    case 'warning':
    case 'wrong':
      return goal.found;
    case 'unknown':
      return `could not be checked: ${goal.why}`;
    case 'change':
      return `still to be done (${textOf(goal.before)} there)`;
    case 'by-hand':
      return 'to be done by hand';
    case 'open':
      return goal.found === undefined ? 'something that has to be decided' : textOf(goal.found);
    default:
      return unreachable(goal);
  }
}

/** What one plan wants and another does not, in sentences. How things stand makes no difference: what is wanted does. */
function planDifferences(before: Plan, now: Plan): readonly string[] {
  const named = (plan: Plan, id: string): Goal | undefined => plan.goals.find((goal) => goal.id === id);
  const call = (goal: Goal): string => (goal.is === 'change' ? JSON.stringify(plainCall(goal.call)) : '');
  return [
    ...now.goals.flatMap((goal) => {
      const old = named(before, goal.id);
      if (!old) return [`New: ${goal.says}`];
      const changed = call(old) !== '' && call(goal) !== '' && call(old) !== call(goal);
      return changed ? [`Another call: ${goal.says}`] : [];
    }),
    ...before.goals.flatMap(({ id, says }) => (named(now, id) ? [] : [`No longer: ${says}`])),
  ];
}

/** What the version before this one saw done, and has not been looked at since; and what it planned otherwise, to be read. By step. */
export interface Older<Seen> {
  readonly program: string;
  readonly done: Readonly<Record<string, Seen>>;
  readonly differs: Readonly<Record<string, readonly string[]>>;
}
interface Seen {
  readonly plan: Plan;
  readonly basis: string;
}
/** The first look of this version at a step is held against the last one of the version before, where both were told the same. Pure. */
export function compareWithOlder<S extends Seen>(older: Older<S>, step: string, now: S): Older<S> {
  const { [step]: before, ...done } = older.done;
  if (!before) return older;
  const differ = before.basis === now.basis ? planDifferences(before.plan, now.plan) : [];
  return {
    ...older,
    ...{ done: done as Older<S>['done'] },
    differs: differ.length === 0 ? older.differs : { ...older.differs, [step]: differ },
  };
}
