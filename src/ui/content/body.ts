import type { Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { defined } from '../../model/text/defined.ts';
import { text } from '../../presentation/block.ts';
import { present, presentStep } from '../../presentation/present.ts';
import type { Presentation } from '../../presentation/presentation.ts';
import { consequencesOf } from '../input/answers.ts';
import type { Mode } from '../input/state.ts';
import type { Ask } from '../session/ask.ts';
import { blank, wrap } from '../text/line.ts';
import type { Page } from '../text/page.ts';
import { blockLines } from './block-lines.ts';
import type { Section } from './sections.ts';

export interface Shown {
  readonly step: Step;
  readonly ask: Ask | undefined;
  readonly mode: Mode;
  readonly run: Run;
  readonly endpoint: string;
  readonly steps: readonly Step[];
}

/** What is on the screen, as data. */
export const shownOf = ({ step, ask, run, endpoint, steps }: Shown): Presentation =>
  ask ? present(ask, { run, endpoint, steps }) : presentStep(step, { run, endpoint, steps });

/** A step's screen above the prompt: what matters for the question first, then the rest, in sections. */
export function bodyOf(shown: Shown, page: Page): readonly Section[] {
  const { ask, mode, run, steps } = shown;
  if (mode.is === 'answers') return [{ lines: consequencesOf(mode.picker, run, steps, page) }];
  const { body, details } = shownOf(shown);
  const parts: readonly Section[] = [
    { lines: blockLines(body, page) },
    ...details.map(({ of, title, short, blocks }) => ({
      title,
      ...defined({ short }),
      lines: blockLines(blocks, page),
      ...(of === 'document' || title !== 'The call' ? { aside: of !== 'checks' } : {}),
    })),
  ];
  if (mode.is === 'typed' && mode.choice?.danger)
    return [
      {
        lines: [
          ...blockLines(ask?.is === 'question' ? [text(ask.question.says)] : [], page),
          ...wrap(mode.choice.label, page, 'strong', 'DANGEROUS: ', 2),
          blank,
          ...mode.choice.danger.says.flatMap((says) => wrap(says, page, 'plain', '› ')),
          blank,
        ],
      },
    ];
  return parts;
}
