import { finishedAt, isUndoing } from '../model/phase.ts';
import { partsOf } from '../model/progress/applicable-steps.ts';
import { parked } from '../model/progress/handoff.ts';
import { describeNotSent } from '../model/progress/not-sent.ts';
import { describeOrphaned, thereBefore } from '../model/progress/orphaned-changes.ts';
import { isDone, undoProgress } from '../model/progress/undoing.ts';
import { describeUnprovisioned } from '../model/progress/unprovisioned.ts';
import { made, pending, planOf, type Run } from '../model/run.ts';
import type { Runbook } from '../model/runbook.ts';
import { defined } from '../model/text/defined.ts';
import type { Message } from '../model/text/message.ts';

/** What a run has come to, on one card: the same at its end, in `status`, and on top of the change record. */
export interface Card {
  readonly is: 'finished' | 'open' | 'handed-off' | 'undone' | 'half-undone';
  readonly run: string;
  readonly simulated: boolean;
  /** When it was finished or undone, else when something was last seen: milliseconds since 1970. */
  readonly at: number | undefined;
  /** Steps that are done, and how many the run has. */
  readonly steps: { readonly done: number; readonly of: number };
  /** Calls that this run made, that took effect and were not undone. */
  readonly changes: number;
  /** What holds, or was made: each read back from AWS. */
  readonly done: readonly string[];
  /** What it uses and has not made: it was there before. */
  readonly before: readonly string[];
  readonly warnings: readonly string[];
  readonly message?: Message;
  readonly mind: readonly string[];
}

export function cardOf(run: Run, { steps, final }: Pick<Runbook, 'steps' | 'final'>): Card {
  const finished = finishedAt(run);
  const parts = partsOf(steps, run);
  const changes = steps.flatMap(({ id }) => made(run, id));
  const back = undoProgress(steps, run);
  const plan = planOf(run, final.id);
  const isOver = finished !== undefined && !back;
  const { holds, message, mind } = (isOver && plan?.result) || {};
  const seen = [
    ...Object.values(run.observations).map(({ at }) => at),
    ...run.attempts.map(({ endedAt }) => endedAt ?? 0),
  ];
  return {
    ...{ is: isOver ? 'finished' : stateOf(run, back), run: run.id, simulated: run.simulated },
    at: isOver ? finished : seen.length === 0 ? undefined : Math.max(...seen),
    steps: {
      done: parts.filter((step) => isDone(step, run) && pending(run, step.id).length === 0).length,
      of: parts.length,
    },
    changes: changes.length,
    done: holds ?? changes.map(({ says }) => says),
    before: beforeIn(run, steps),
    warnings: warningsIn(run, steps),
    ...defined({ message }),
    mind: mind ?? [],
  };
}

function stateOf(run: Run, back: ReturnType<typeof undoProgress>): Card['is'] {
  if (parked(run)) return 'handed-off';
  if (!back) return 'open';
  return back.left.length + back.kept.length > 0 ? 'half-undone' : 'undone';
}

const beforeIn = (run: Run, steps: Runbook['steps']): readonly string[] =>
  isUndoing(run)
    ? []
    : partsOf(steps, run).flatMap((step) =>
        thereBefore(step, planOf(run, step.id) ?? { goals: [] }, run).map(
          ({ says, found }) => `Was there before this run: ${says} (${found})`,
        ),
      );

/** What has to be read, of every step as it was last seen: each once. */
function warningsIn(run: Run, steps: Runbook['steps']): readonly string[] {
  if (isUndoing(run)) return describeUnprovisioned(run, steps);
  const found = partsOf(steps, run).flatMap((step) => [
    ...(planOf(run, step.id)?.goals ?? []).flatMap((goal) =>
      goal.is === 'warning' ? [`${goal.says}: ${goal.found}`] : [],
    ),
    ...describeNotSent(step.id, run),
    ...describeOrphaned(step, run),
  ]);
  return [...new Set([...found, ...describeUnprovisioned(run, steps)])];
}
