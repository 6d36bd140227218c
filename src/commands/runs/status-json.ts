import type { Header } from '../../journal/journal.ts';
import type { Event } from '../../model/event.ts';
import { haltOf } from '../../model/phase.ts';
import { phasesOf } from '../../model/progress/applicable-steps.ts';
import { undoProgress } from '../../model/progress/undoing.ts';
import { describeUnprovisioned } from '../../model/progress/unprovisioned.ts';
import type { Run } from '../../model/run.ts';
import type { Runbook } from '../../model/runbook.ts';
import { defined } from '../../model/text/defined.ts';
import { shortId } from './find-run.ts';
import { placeIn, stateOf, stepsDone } from './run-summary.ts';
import { stepState } from './step-state.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** What `status --json` prints of a run: docs/json.md says what each member is. */
export function statusJson(
  { header, events, journal }: { header: Header; events: readonly Event[]; journal: string },
  run: Run,
  runbook: Runbook,
): object {
  const back = undoProgress(runbook.steps, run);
  const { done } = stepsDone(run, runbook);
  const { handoff, binding } = run;
  const last = events.at(-1)?.at;
  return {
    ...{ id: header.run, short: shortId(header.run), state: stateOf(run, runbook) },
    ...{ runbook: runbook.id, ...placeIn(header), begun: header.started },
    ...defined({ last: last === undefined ? undefined : iso(last) }),
    ...{ organization: binding.organization, instance: binding.instance, region: binding.region },
    accounts: binding.accounts ?? {},
    stepsDone: done,
    steps: phasesOf(runbook.phases, run).flatMap(({ title: phase, steps }) =>
      steps.map((step) => {
        const seen = run.observations[step.id]?.at;
        return {
          ...{ id: step.id, title: step.title, phase, actor: step.actor },
          state: stepState(step, run, back),
          ...defined({ seen: seen === undefined ? undefined : iso(seen) }),
        };
      }),
    ),
    halted: haltOf(run),
    ...defined({
      handoff: handoff
        ? {
            id: handoff.id,
            by: handoff.by,
            at: iso(handoff.at),
            end: handoff.end,
            note: handoff.note,
          }
        : undefined,
    }),
    unprovisioned: describeUnprovisioned(run, runbook.steps),
    journal,
  };
}
