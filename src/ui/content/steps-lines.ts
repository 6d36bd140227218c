import { partsOf } from '../../model/progress/applicable-steps.ts';
import { planOf, standingOf } from '../../model/run.ts';
import { goalBlocks } from '../../presentation/checks.ts';
import type { Viewed } from '../input/binding.ts';
import { blank, wrap } from '../text/line.ts';
import { signOf, standingMarks } from '../text/marks.ts';
import type { Page } from '../text/page.ts';
import { blockLines } from './block-lines.ts';
import { trimmed } from './body.ts';
import type { Text } from './document-lines.ts';

/** Every step of the checklist with what was seen in it: those that were passed without stopping, too. */
export const stepsText = ({ steps, run }: Viewed, page: Page): Text => ({
  title: 'Every step, and what was seen in it',
  lines: partsOf(steps, run).flatMap((step) => {
    const plan = planOf(run, step.id);
    const mark = standingMarks[standingOf(run, step.id)];
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
  }),
});
