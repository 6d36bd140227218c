import type { Attempt } from '../attempt.ts';
import { type ReadyCall, valueIn } from '../call.ts';
import { bringsWhat, type Facts, factsOf } from '../operations.ts';
import { type Way, wayNow, wayOf } from '../phase.ts';
import { isChange } from '../plan.ts';
import { planOf, type Run } from '../run.ts';
import type { Step, Unprovisioned } from '../step.ts';
import { commandLine } from './cli-command.ts';
import { describeByHand, whereOf } from './cli-target.ts';

/** So long AWS may still list accounts from an old copy, in milliseconds. */
const staleFor = 600_000;

/** AWS took it, or the operator says that it may have. */
const isTaken = ({ state }: Attempt): boolean => ['accepted', 'verified', 'set-aside'].includes(state);
/** Under way, or AWS says that it succeeded. */
const isUnderWay = ({ state }: Attempt): boolean => ['accepted', 'settled', 'verified'].includes(state);
const mayCount = ({ state }: Attempt): boolean => !['refused', 'lapsed', 'failed'].includes(state);

type Later = Exclude<Facts['takesHold'], 'at-once'>;
/** The permission set that a call brings into the accounts. */
function broughtSet(call: ReadyCall): string | undefined {
  const what = bringsWhat(call.operation);
  return what === undefined ? undefined : String(valueIn(call, what));
}

/**
 * Permission sets whose inline policy this run changed, and that it has not brought into accounts since: AWS does so
 * only when asked (API reference, PutInlinePolicyToPermissionSet). By the journal: a listing may still show how it was
 * before. `way`: the one they were changed in. `now`: milliseconds since 1970.
 */
export function unprovisioned(run: Run, way: Way, now: number): readonly Unprovisioned[] {
  return lastPuts(run, way).map(({ put, set, before, after }) => {
    const at = put.endedAt ?? put.intent.at;
    const { reaches } = put.intent;
    return {
      ...{ set, at },
      had: hadIt({ put, set, before }, run),
      listed: reaches === undefined || now - at <= staleFor,
      fresh: assignedIn(after.filter(mayCount), set),
    };
  });
}
/** The accounts that had the set when its policy was changed: as AWS listed them then, and where this run had assigned it. */
function hadIt(
  { put: { intent }, set, before }: Pick<Last, 'put' | 'set' | 'before'>,
  { undone }: Run,
): readonly string[] {
  const gone = new Set(undone);
  const there = before.filter((one) => one.state === 'verified' && !gone.has(one.intent.attempt));
  return [...new Set([...(intent.reaches ?? []), ...assignedIn(there, set)])];
}
/** The accounts in which these assigned a set. */
const assignedIn = (attempts: readonly Attempt[], set: string): readonly string[] =>
  attempts.flatMap(({ intent: { call } }) => {
    const { worded, effect } = factsOf(call.operation);
    return worded.as === 'assignment' && effect === 'grants' && valueIn(call, 'PermissionSetArn') === set
      ? [String(valueIn(call, worded.where))]
      : [];
  });

interface Last {
  readonly put: Attempt;
  readonly set: string;
  readonly takesHold: Later;
  readonly before: readonly Attempt[];
  readonly after: readonly Attempt[];
}
/** The last change of each set's policy that no provisioning has followed, and the attempts after it. */
function lastPuts({ attempts, undone }: Run, way: Way): readonly Last[] {
  const last = new Map<string, Pick<Last, 'put' | 'set' | 'takesHold'> & { readonly n: number }>();
  const gone = new Set(undone);
  for (const [n, put] of attempts.entries()) {
    const { call, situation, attempt } = put.intent;
    const mine = wayOf(situation) === way && !gone.has(attempt);
    const { takesHold } = factsOf(call.operation);
    if (takesHold === 'at-once' || !mine || !isTaken(put)) continue;
    const set = String(valueIn(call, takesHold.of));
    last.set(set, { put, set, takesHold, n });
  }
  // Of each set what is around its last one alone: a list for every change would take the square of their number.
  const all = [...last.values()].map(({ n, ...one }) => ({
    ...one,
    before: attempts.slice(0, n),
    after: attempts.slice(n + 1),
  }));
  return all.filter(
    ({ set, after }) => !after.some((one) => broughtSet(one.intent.call) === set && isUnderWay(one)),
  );
}

/** For whoever ends here: the accounts that may keep the old policy, and the command that brings them up to date. */
export const describeUnprovisioned = (run: Run, steps: readonly Step[]): readonly string[] =>
  lastPuts(run, wayNow(run)).flatMap(({ put, set, takesHold, before }) => {
    const planned = planOf(run, put.intent.step)?.goals.some(
      (goal) => isChange(goal) && goal.call.operation === takesHold.with,
    );
    const had = hadIt({ put, set, before }, run);
    if (had.length === 0 && !planned) return [];
    const actor = steps.find(({ id }) => id === put.intent.step)?.actor ?? put.intent.actor;
    const command = commandLine(
      { operation: takesHold.with, input: takesHold.everywhere(put.intent.call.input as never) },
      whereOf(run, actor),
    );
    return [
      `${had.length === 0 ? 'The accounts that have the permission set' : had.join(', ')} may still have the earlier policy. This run changed the permission set’s policy at ${new Date(put.intent.at).toISOString()}, and has not updated the accounts since. ${describeByHand(run, actor, command)}`,
    ];
  });
