import { partsOf } from '../../model/progress/applicable-steps.ts';
import { isPassed, made, planOf, type Run, standingOf } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { goalBlocks } from '../../presentation/checks.ts';
import { moreBlocks, standBlocks } from '../../presentation/standing.ts';
import type { Viewed } from '../input/binding.ts';
import type { View } from '../input/state.ts';
import { blank, fitted, type Line, span, widthOf, wrap } from '../text/line.ts';
import { signOf, standingMarks } from '../text/marks.ts';
import type { Page } from '../text/page.ts';
import { blockLines } from './block-lines.ts';
import { trimmed } from './body.ts';
import { documentText, type Text } from './document-lines.ts';
import { markOf, wordOf } from './step-marks.ts';

type StepsView = Extract<View, { is: 'steps' }>;

/** The checklist, a step in each row; or the one of them that is open. Where lines are read aloud, every step in full. */
export function stepsText(view: StepsView, viewed: Viewed, page: Page): Text {
  const { steps, run, step: here } = viewed;
  const parts = partsOf(steps, run);
  if (viewed.spoken)
    return {
      title: 'Every step, and what was seen in it',
      lines: parts.flatMap((one) => brief(one, run, page)),
    };
  const open = parts.find(({ id }) => id === view.open);
  if (open) {
    const lines = stepLines(open, run, page);
    return { title: `Step ${parts.indexOf(open) + 1} of ${parts.length}: ${open.title}`, lines };
  }
  const at = view.at ?? parts.indexOf(here);
  return {
    title: 'The checklist: choose a step, Enter opens it',
    at,
    lines: parts.map((one, n) => row(one, n, n === at, run, page)),
  };
}

function row(step: Step, n: number, at: boolean, run: Run, page: Page): Line {
  const { glyph, tone } = markOf(step, run);
  const left: Line = [
    span(page, at ? '❯ ' : '  ', 'accent'),
    span(page, `${glyph} `, tone),
    span(page, `${String(n + 1).padStart(2)}  ${step.title}`, at ? 'marked' : 'plain'),
  ];
  const word = `  ${wordOf(step, run)}`;
  return widthOf(left) + word.length > page.width ? fitted(left, page) : [...left, span(page, word, 'dim')];
}

/** A step as it was last seen: what was checked, what this run did, and what the document asks. */
function stepLines(step: Step, run: Run, page: Page): readonly Line[] {
  const plan = planOf(run, step.id);
  const word = wordOf(step, run);
  const seen = run.observations[step.id];
  const at = seen === undefined ? '' : `, last checked ${new Date(seen.at).toISOString().slice(0, 19)}Z`;
  return [
    ...wrap(step.about ?? step.title, page),
    ...wrap(plan ? `${word === '' ? 'Checked' : capital(word)}${at}` : 'Not checked yet.', page, 'dim'),
    blank,
    ...(plan || made(run, step.id).length > 0
      ? [...trimmed(blockLines([...standBlocks(step, plan, run), ...moreBlocks(plan)], page)), blank]
      : []),
    ...documentText(step, page).lines,
  ];
}
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function brief(step: Step, run: Run, page: Page): readonly Line[] {
  const plan = planOf(run, step.id);
  const mark = standingMarks[isPassed(run, step.id) ? 'passed' : standingOf(run, step.id)];
  return [
    ...wrap(
      `${step.title}${mark.word === '' ? '' : ` (${mark.word})`}`,
      page,
      'strong',
      `${signOf(page, mark)} `,
    ),
    ...(plan
      ? trimmed(blockLines(goalBlocks(plan, run, step.actor), page))
      : wrap('not checked yet', page, 'dim', '  ')),
    blank,
  ];
}
