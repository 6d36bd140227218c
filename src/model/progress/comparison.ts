import { isOfCredentials } from '../access/preflight-goals.ts';
import { type Call, type ReadyCall, valueIn } from '../call.ts';
import type { Compared, Unlooked } from '../event.ts';
import { factsOf } from '../operations.ts';
import type { Goal } from '../plan.ts';
import { describeDifference } from '../policy/policy-words.ts';
import type { Run } from '../run.ts';
import { made, planOf } from '../run.ts';
import { unreachable } from '../text/unreachable.ts';
import type { Forecast, RunPlan } from './run-plan.ts';

/**
 * Compares what a run saw done with what AWS shows now, goal by goal. A goal departs where it was met, or met with a
 * warning, and is not any more; evidence in other words is no departure, so that a tag, a description or the number of
 * somebody else's accounts is none; nor is whose credentials look. `now`: the run planned anew on its own answers.
 */
export function compareWith(run: Run, now: RunPlan): Compared {
  const all = now.map((forecast) => comparedStep(run, forecast));
  const departures = all.flatMap((one) => one.departures);
  return {
    departures,
    // A step before it departs: what hangs on it is told there.
    unseen: all.flatMap(({ unseen }) =>
      unseen.filter(({ goal }) => goal !== undefined || departures.length === 0),
    ),
    goals: all.reduce((sum, { goals }) => sum + goals, 0),
  };
}
function comparedStep(run: Run, forecast: Forecast): Compared {
  const { step, title } = forecast;
  const before = (planOf(run, step)?.goals.filter(isMet) ?? []).filter(({ id }) => !isOfCredentials(id));
  if (forecast.stands === 'unseen') {
    const unseen = before.length === 0 ? [] : [{ step, says: title, why: forecast.why }];
    return { departures: [], unseen, goals: 0 };
  }
  // A plan that stops early leaves goals out: that proves nothing of them.
  const pairs = before.flatMap((was) => {
    const is = forecast.plan.goals.find(({ id }) => id === was.id);
    return is ? [{ was, is }] : [];
  });
  return {
    departures: pairs
      .filter(({ was, is }) => departs(was, is))
      .map(({ was, is }) => ({
        ...{ step, goal: is.id, says: saysOf(was, is) },
        ...{ was: was.found, now: standsNow(is, forecast, run) },
      })),
    unseen: forecast.plan.goals.flatMap((goal): readonly Unlooked[] =>
      goal.is === 'unknown' ? [{ step, goal: goal.id, says: goal.says, why: goal.why }] : [],
    ),
    goals: pairs.length,
  };
}
const departs = (was: Goal, is: Goal): boolean =>
  is.is !== 'unknown' && (!isMet(is) || (was.is === 'met' && is.is === 'warning'));

const isMet = (goal: Goal): goal is Extract<Goal, { is: 'met' | 'warning' }> =>
  goal.is === 'met' || goal.is === 'warning';

/** What is to be decided anew says better what differs. */
const saysOf = (was: Goal, is: Goal): string => (is.is === 'open' ? is.says : was.says);

/** How it stands now, a sentence each; of a policy, what it allows beyond what this run gave, and what it does not. */
function standsNow(goal: Goal, { step, plan: { notes = [] } }: Seen, run: Run): readonly string[] {
  switch (goal.is) {
    case 'met':
    case 'warning':
    case 'wrong':
      return [goal.found];
    case 'unknown':
      return [goal.why];
    case 'by-hand':
      return [`to be done by hand: ${goal.console}`];
    case 'open': {
      if (goal.found === '') return [noPolicy];
      const given = policyGiven(run, step, goal.id);
      const differs =
        given === undefined || goal.found === undefined ? [] : describeDifference(given, goal.found);
      return differs.length > 0 ? differs : notes;
    }
    case 'change': {
      const wanted = policyIn(goal.call);
      if (wanted !== undefined && typeof goal.before === 'string')
        return goal.before === '' ? [noPolicy] : describeDifference(wanted, goal.before);
      return [`it is gone: ${goal.says}, with ${goal.call.operation}, would bring it back`];
    }
    default:
      return unreachable(goal);
  }
}
const noPolicy = 'it no longer has a policy';
type Seen = Exclude<Forecast, { stands: 'unseen' }>;

/** The policy that a call leaves a permission set with. */
function policyIn(call: Call | ReadyCall): string | undefined {
  const { worded } = factsOf(call.operation);
  const left = worded.as === 'policy' && worded.leaves !== null ? valueIn(call, worded.leaves) : undefined;
  return typeof left === 'string' ? left : undefined;
}
const policyGiven = (run: Run, step: string, change: string): string | undefined =>
  made(run, step)
    .flatMap((one) => (one.change === change ? (policyIn(one.call) ?? []) : []))
    .at(-1);
