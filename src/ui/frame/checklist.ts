import { phasesOf } from '../../model/progress/applicable-steps.ts';
import { undoneSteps } from '../../model/progress/undoing.ts';
import type { Run } from '../../model/run.ts';
import type { Phase, Step } from '../../model/step.ts';
import { markOf, wordOf } from '../content/step-marks.ts';
import { fitted, type Line, span, widthOf } from '../text/line.ts';
import { standingMarks } from '../text/marks.ts';
import type { Page } from '../text/page.ts';

/** A step that AWS is at, or that is being looked at, and for how long. */
export interface Working {
  readonly step: string;
  readonly seconds: number;
}

/** The checklist beside the step: every phase, every step, how it stands and, where there is room, by whom it is so. */
export function checklist(
  phases: readonly Phase[],
  run: Run,
  here: Step,
  working: Working | undefined,
  page: Page,
  height: number,
  ahead = '',
): readonly Line[] {
  const all: Line[] = [];
  let at = 0;
  const back = undoneSteps(
    phases.flatMap((phase) => phase.steps),
    run,
  );
  const shown = back.length > 0 ? [{ title: 'Undoing, newest first', steps: back }] : phasesOf(phases, run);
  // Blank rows between the phases are the first to go.
  const steps = shown.reduce((sum, phase) => sum + phase.steps.length + 1, 0);
  const airy = steps + shown.length - 1 <= height;
  for (const phase of shown) {
    if (all.length > 0 && airy) all.push([]);
    all.push([span(page, phase.title, 'dim')]);
    for (const one of phase.steps) {
      if (one === here) at = all.length;
      all.push(row(one, one === here, run, working, page));
    }
  }
  const start = Math.max(0, Math.min(at - Math.floor(height / 2), all.length - height));
  const rows = all.slice(start, start + height).map((one) => fitted(one, page));
  const empty = fitted([], page);
  if (ahead !== '' && height - rows.length >= 2)
    rows.push(empty, fitted([span(page, ` ${ahead}`, 'dim')], page));
  return [...rows, ...Array.from({ length: Math.max(0, height - rows.length) }, () => empty)];
}

function row(step: Step, here: boolean, run: Run, working: Working | undefined, page: Page): Line {
  const mine = working?.step === step.id ? working : undefined;
  const { glyph, tone } = mine ? standingMarks['under-way'] : markOf(step, run);
  const left: Line = [
    span(page, here ? '❯' : ' ', 'accent'),
    span(page, `${glyph} `, tone),
    span(page, step.short, here ? 'strong' : 'plain'),
  ];
  const word = mine ? `${mine.seconds} s` : wordOf(step, run);
  const room = page.width - widthOf(left) - 1;
  // The seconds of what is under way are told wherever they fit, the words only where all of them do.
  if (word.length > room || (!mine && page.width < 36)) return left;
  return [...left, span(page, word.padStart(page.width - widthOf(left)), 'dim')];
}
