import type { UndoEnd } from '../../engine/undo.ts';
import type { End } from '../../engine/walk.ts';
import { mayBeElsewhere } from '../../model/progress/handoff.ts';
import { undoable } from '../../model/progress/undoing.ts';
import { describeUnprovisioned } from '../../model/progress/unprovisioned.ts';
import type { Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { asCommand } from '../../model/text/own-commands.ts';
import { type ExitCode, exitCodes } from '../process/exit.ts';

interface Ending {
  readonly says: readonly string[];
  /** Undefined where the run stopped before its end: there is a reason then. */
  readonly code?: ExitCode;
}

/** What a run says last, and its exit code. `end`: how far the engine came. */
export function endingOf(end: End | UndoEnd, run: Run, steps: readonly Step[]): Ending {
  const behind = describeUnprovisioned(run, steps).map((says) => `warning      ${says}`);
  if (end === 'left') return { says: behind };
  if (behind.length > 0)
    return {
      says: [...behind, 'not finished everything else is done; the same command continues from here'],
      code: exitCodes.parked,
    };
  if (end === 'back') return { says: [] };
  if (end === 'finished')
    return {
      says: ['finished     every step is done, and checked once more'],
      code: exitCodes.done,
    };
  const kept = undoable(steps, run);
  if (kept.length > 0)
    return {
      says: [
        `not undone   the rest is; left as this run made it: ${kept.map(({ title }) => title).join(', ')}. ${asCommand('cw-runbook undo')} offers it again`,
      ],
      code: exitCodes.parked,
    };
  const elsewhere = mayBeElsewhere(run);
  return {
    says: [
      'undone       what this run made is undone, and was read back',
      ...(elsewhere === undefined ? [] : [`warning      ${elsewhere}`]),
    ],
    code: exitCodes.done,
  };
}
