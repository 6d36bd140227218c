import { actorName } from '../model/identity.ts';
import { describeNotSent } from '../model/progress/not-sent.ts';
import { describeOrphaned } from '../model/progress/orphaned-changes.ts';
import { describeUnprovisioned } from '../model/progress/unprovisioned.ts';
import type { Run } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import { describeSince } from '../report/lines.ts';
import { type Block, dim, gap, warning } from './block.ts';

export function whoBlocks(step: Step, run: Run): readonly Block[] {
  if (step.observedBy === 'none') return [];
  const arn = run.identities[step.actor]?.arn;
  const account = run.identities[step.actor]?.account ?? run.binding.accounts?.[step.actor];
  const name = account === undefined ? undefined : run.names[account];
  const where = `${actorName(step.actor)}${account === undefined ? '' : name === undefined ? ` ${account}` : ` ${name} (${account})`}`;
  return [dim(`Acting as: ${where}, ${arn ?? 'with credentials that are not accepted yet'}`)];
}

/** What AWS shows differently from before the hand-off, or from what an earlier start saw. */
export function sinceBlocks(run: Run, { id }: Step): readonly Block[] {
  const found = run.since?.[id];
  const { handoff } = run;
  if (!found || !handoff) return [];
  const since =
    found.since <= handoff.at
      ? `Since the hand-off (${handoff.by}) AWS has changed:`
      : `Since ${new Date(found.since).toISOString()} AWS has changed:`;
  return [warning(since, ...describeSince(found)), gap];
}

/** What this run made, and nobody asks for any more: it has to be read before all is said to be well. */
export const orphanedBlocks = (steps: readonly Step[], run: Run): readonly Block[] =>
  steps
    .flatMap((step) => [...describeOrphaned(step, run), ...describeNotSent(step.id, run)])
    .flatMap((says) => [warning(says), gap]);

/** Accounts that may keep an earlier policy: it has to be read before the run is said to be over. */
export const behindBlocks = (run: Run, steps: readonly Step[]): readonly Block[] =>
  describeUnprovisioned(run, steps).flatMap((says) => [warning(says), gap]);

/** What this version of the program plans differently from the one the run was begun with. */
export function differsBlocks(run: Run, step: Step): readonly Block[] {
  const differs = run.older?.differs[step.id] ?? [];
  return differs.length === 0
    ? []
    : [warning(`Another version (${run.older?.program}) planned this step differently:`, ...differs), gap];
}
