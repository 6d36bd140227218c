import type { Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { type Block, text } from '../../presentation/block.ts';
import { present, presentStep } from '../../presentation/present.ts';
import type { DetailName, Presentation } from '../../presentation/presentation.ts';
import { consequencesOf } from '../input/answers.ts';
import type { Mode } from '../input/state.ts';
import type { Ask } from '../session/ask.ts';
import { blank, type Line, wrap } from '../text/line.ts';
import type { Page } from '../text/page.ts';
import { blockLines } from './block-lines.ts';

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

/** A step's screen above the prompt: what decides. The rest is one key away. */
export function bodyOf(shown: Shown, page: Page): readonly Line[] {
  const { ask, mode, run, steps } = shown;
  if (mode.is === 'answers') return consequencesOf(mode.picker, run, steps, page);
  if (mode.is === 'typed' && mode.choice?.danger)
    return [
      ...blockLines(ask?.is === 'question' ? [text(ask.question.says)] : [], page),
      ...wrap(mode.choice.label, page, 'strong', 'DANGEROUS: ', 2),
      blank,
      ...mode.choice.danger.says.flatMap((says) => wrap(says, page, 'plain', '› ')),
      blank,
    ];
  const { body } = shownOf(shown);
  return blockLines(page.width < roomy ? body.filter((block) => !isSpare(block)) : body, page);
}
/** From so many columns on there is room for what decides nothing: beside the checklist, too. */
const roomy = 60;
const isSpare = (block: Block): boolean => block.is === 'fact' && block.spare === true;

/** What stands behind one key, or beside the text of a wide window, each part under its title. */
export function detailLines(
  { details }: Presentation,
  names: readonly DetailName[],
  page: Page,
): readonly Line[] {
  const parts = details.filter(({ of, blocks }) => names.includes(of) && blocks.length > 0);
  return parts.flatMap(({ title, blocks }, n) => [
    ...(n > 0 ? [blank] : []),
    ...wrap(title, page, 'accent'),
    ...trimmed(blockLines(blocks, page)),
  ]);
}
/** Without the blank rows at its end. */
export const trimmed = (lines: readonly Line[]): readonly Line[] =>
  lines.slice(0, lines.findLastIndex((one) => one.length > 0) + 1);
