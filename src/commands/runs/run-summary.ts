import type { Header } from '../../journal/journal.ts';
import { readJournal } from '../../journal/journal.ts';
import { isHeld } from '../../journal/lock.ts';
import { finishedAt, haltOf } from '../../model/phase.ts';
import { partsOf } from '../../model/progress/applicable-steps.ts';
import { parked } from '../../model/progress/handoff.ts';
import { isDone, undoable, undoProgress } from '../../model/progress/undoing.ts';
import { foldRun, type Run } from '../../model/run.ts';
import type { Runbook } from '../../model/runbook.ts';
import { defined } from '../../model/text/defined.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import { type Known, shortId } from './find-run.ts';

/** How a run stands as a whole, as `--json` names it. */
export type RunState =
  | 'unfinished'
  | 'finished'
  | 'being-undone'
  | 'undone'
  | 'handed-off'
  | 'halted'
  | 'unreadable'
  | 'other-runbook';

/** A run in a list of runs. */
export interface RunSummary {
  readonly id: string;
  readonly short: string;
  readonly state: RunState;
  /** Another program has it open. */
  readonly open: boolean;
  readonly simulated: boolean;
  readonly scenario?: string;
  readonly endpoint?: string; // of a real one
  readonly begun: string; // ISO 8601
  readonly last?: string; // ISO 8601
  readonly stepsDone?: number;
  readonly steps?: number;
  /** Steps in which it made something that is not undone. */
  readonly made?: readonly string[];
  /** Changes that were sent, and nobody knows how they ended. */
  readonly unknown?: readonly string[];
}

export function stateOf(run: Run, { steps }: Runbook): RunState {
  if (parked(run)) return 'handed-off';
  if (haltOf(run) !== undefined) return 'halted';
  const back = undoProgress(steps, run);
  if (back) return back.left.length > 0 ? 'being-undone' : 'undone';
  return finishedAt(run) === undefined ? 'unfinished' : 'finished';
}

/** How many steps are done, of those that the run has. */
export const stepsDone = (run: Run, { steps }: Runbook): { readonly done: number; readonly of: number } => {
  const parts = partsOf(steps, run);
  return { done: parts.filter((step) => isDone(step, run)).length, of: parts.length };
};

/** Where a run was begun, as `--json` names it. */
export const placeIn = ({
  simulated,
  scenario,
  endpoint,
}: Pick<Header, 'simulated' | 'endpoint' | 'scenario'>) => ({
  simulated,
  ...(simulated ? { scenario: scenario ?? 'fresh' } : { endpoint }),
});

/** Reads a run's journal. Throws what the system says. */
export async function summaryOf(
  { header, folder, unreadable, foreign }: Known,
  runbook: Runbook,
): Promise<RunSummary> {
  const head = {
    ...{ id: header.run, short: shortId(header.run), open: await isHeld(folder) },
    ...{ begun: header.started, ...placeIn(header) },
  };
  if (unreadable) return { ...head, state: 'unreadable' };
  const { events } = await readJournal(folder);
  const at = events.at(-1)?.at;
  const last = defined({ last: at === undefined ? undefined : new Date(at).toISOString() });
  if (foreign) return { ...head, ...last, state: 'other-runbook' };
  const run = foldRun(events, runbook);
  const { done, of } = stepsDone(run, runbook);
  return {
    ...{ ...head, ...last, state: stateOf(run, runbook), stepsDone: done, steps: of },
    made: undoable(runbook.steps, run).map(({ title }) => title),
    unknown: run.attempts.filter(({ outcome }) => !outcome).map(({ intent }) => intent.says),
  };
}

export const placeSaid = ({ simulated, scenario, endpoint = '' }: RunSummary): string =>
  simulated ? `demo ${scenario}` : endpoint === 'aws' ? 'AWS' : endpoint;
export const timeSaid = ({ last, begun }: RunSummary): string =>
  (last ?? begun).slice(0, 16).replace('T', ' ');
export const stateSaid = ({ state, open }: RunSummary): string => `${wordFor(state)}${open ? ', open' : ''}`;

function wordFor(state: RunSummary['state']): string {
  switch (state) {
    case 'unfinished':
    case 'finished':
    case 'undone':
    case 'halted':
      return state;
    case 'being-undone':
      return 'being undone';
    case 'handed-off':
      return 'handed off';
    case 'unreadable':
      return 'cannot be read';
    case 'other-runbook':
      return 'another runbook';
    default:
      return unreachable(state);
  }
}
