import { isOfCredentials } from '../access/preflight-goals.ts';
import { driftOf } from '../drift.ts';
import type { Event, Handoff, Intent, Since } from '../event.ts';
import { type Goal, isSeen, type Plan } from '../plan.ts';
import { foldEvents, type Run } from '../run.ts';
import { goalOf } from '../step.ts';

/** The hand-off that keeps a run from being written, if there is one. */
export const parked = ({ handoff, phase }: Run): Handoff | undefined =>
  phase.is === 'handed-off' ? handoff : undefined;

/** The same by the events alone. */
export const parkedIn = (events: readonly Event[]): Handoff | undefined => parked(foldEvents(events));

/**
 * A paragraph for a run that was taken back from a hand-off and then undone: its journal does not know what was made
 * from the file. Undefined for all others.
 */
export const mayBeElsewhere = ({ handoff }: Pick<Run, 'handoff'>): string | undefined =>
  handoff?.end === 'reclaimed'
    ? `What the journal here lists is undone. The run was handed off (${handoff.id}) before: what somebody made from that file is not in it. Ask whoever had the file.`
    : undefined;

/** What is typed to take a run back: either the last six characters of its hand-off's id, or all of it. */
export const wordsFor = ({ id }: Pick<Handoff, 'id'>): readonly string[] => [id.slice(-6), id];

/**
 * What AWS shows of a step otherwise than before the run was handed off or left. What this run did itself since then is
 * left out. Undefined where there is nothing to tell, or nothing to compare with.
 */
export function changedSince(run: Run, step: string, now: Plan): Since | undefined {
  const changed = comparedWithBefore(run, step, now);
  const elsewhere = madeElsewhere(run, step, now);
  if (elsewhere.length === 0) return changed;
  return { since: run.handoff?.at ?? 0, drifts: [], planned: [], ...changed, elsewhere };
}

/** Told once. It needs no earlier look: the mark in AWS is the proof. */
function madeElsewhere(run: Run, step: string, { marked = {} }: Plan): readonly string[] {
  const told = run.elsewhere?.[step] ?? [];
  return Object.entries(marked).flatMap(([goal, says]) =>
    told.includes(says) || mayHaveMade(run, step, goal) ? [] : [says],
  );
}
const mayHaveMade = ({ attempts }: Run, step: string, change: string): boolean =>
  attempts.some(
    ({ intent, outcome }) =>
      intent.step === step &&
      intent.change === change &&
      !['refused', 'lapsed'].includes(outcome?.ended ?? ''),
  );

function comparedWithBefore(run: Run, step: string, now: Plan): Since | undefined {
  const before = run.unobserved?.[step];
  if (!before || !isSeen(now)) return undefined;
  const since = run.attempts.filter(
    ({ intent, endedAt = intent.at, outcome }) => !outcome || endedAt >= before.at,
  );
  const ours = new Set(since.flatMap(({ intent }) => (intent.step === step ? goalsOf(intent) : [])));
  const drifts = driftOf([], before.plan, now).filter(({ goal, before: was, found }) => {
    // Who looks may be another person after a hand-off: that is no change at AWS.
    if (was === found || ours.has(goal) || isOfCredentials(goal)) return false;
    // What this run did in other steps shows here too: then it counts only whether it holds.
    return since.length === 0 || holds(before.plan, goal) !== holds(now, goal);
  });
  if (drifts.length === 0) return undefined;
  const planned = drifts.flatMap(({ goal }) =>
    goalIn(before.plan, goal)?.is === 'change' && holds(now, goal) ? [goal] : [],
  );
  return { since: before.at, drifts, planned };
}
/**
 * The goals that an attempt is about. Taking back has goals of its own ('set#5', 'policy#6-provisioned'): they are about
 * what was made, and about what goes with it, such as the policy of a set.
 */
function goalsOf({ change, call, situation }: Intent): readonly string[] {
  const { undoing = [] } = situation;
  const meant = undoing.filter((one) => change === goalOf(one) || change.startsWith(`${goalOf(one)}-`));
  const same = new Set<string>([call.operation, ...meant.map((one) => one.call.operation)]);
  const along = meant.length === 0 ? [] : undoing.filter((one) => !same.has(one.call.operation));
  return [change, ...[...meant, ...along].map((one) => one.change)];
}
const goalIn = ({ goals }: Plan, id: string): Goal | undefined => goals.find((goal) => goal.id === id);
const holds = (plan: Plan, id: string): boolean => ['met', 'warning'].includes(goalIn(plan, id)?.is ?? '');
