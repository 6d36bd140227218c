import type { Ask } from '../../engine/ask.ts';
import { aheadOf } from '../../model/progress/ahead.ts';
import type { Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { aheadLines } from '../../report/ahead-lines.ts';

/** Says what is ahead, once: before the first change that this start would make. An undo says its own plan. */
export function aheadSaid(
  steps: readonly Step[],
  run: () => Run,
  say: (line: string) => void,
): (asked: Ask) => void {
  let said = false;
  return ({ is }) => {
    if (said || is !== 'confirm') return;
    said = true;
    const ahead = aheadOf(steps, run());
    if (ahead.way === 'apply') for (const line of aheadLines(ahead, run())) say(`ahead        ${line}`);
  };
}
