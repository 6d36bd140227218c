import type { Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { memoizeEach } from '../../model/text/memoize.ts';
import { type Block, text } from '../../presentation/block.ts';
import { present, presentStep } from '../../presentation/present.ts';
import type { DetailName, Presentation } from '../../presentation/presentation.ts';
import { consequencesOf } from '../input/answers.ts';
import type { Mode } from '../input/state.ts';
import type { Ask } from '../session/ask.ts';
import { blank, type Line, wrap } from '../text/line.ts';
import type { Page } from '../text/page.ts';
import { blockLines, noteLead, toned } from './block-lines.ts';

export interface Shown {
  readonly step: Step;
  readonly ask: Ask | undefined;
  readonly mode: Mode;
  readonly run: Run;
  readonly endpoint: string;
  readonly steps: readonly Step[];
}

const dangerous = 'DANGEROUS:';
/** What is on the screen, as data. */
export const shownOf = ({ step, ask, run, endpoint, steps }: Shown): Presentation =>
  ask ? present(ask, { run, endpoint, steps }) : presentStep(step, { run, endpoint, steps });

/** A step's screen above the prompt: what decides. The rest is one key away. `spare`: with what a low window does without,
 * else of a table what fits into `room` rows with all the rest. */
export function bodyOf(shown: Shown, page: Page, spare = true, room = 0): readonly Line[] {
  const { ask, mode, run, steps } = shown;
  if (mode.is === 'answers') return consequencesOf(mode.picker, run, steps, page);
  const danger = mode.is === 'typed' ? mode.choice?.danger : undefined;
  if (mode.is === 'typed' && mode.choice && danger) {
    const { says, decisive = says } = danger;
    const shownNow = page.spoken ? says : decisive;
    return [
      ...(spare ? blockLines(ask?.is === 'question' ? [text(ask.question.says)] : [], page) : []),
      ...wrap(mode.choice.label, page, 'strong', `${dangerous} `, 2).map((row, n) =>
        n === 0 ? toned(row, dangerous, 'bad') : row,
      ),
      ...(spare ? [blank] : []),
      ...shownNow.flatMap((one) => wrap(one, page, 'plain', noteLead(page))),
      ...(shownNow === says ? [] : wrap('Details: Tab, then v.', page, 'dim')),
      ...(spare ? [blank] : []),
    ];
  }
  const { body } = shownOf(shown);
  if (spare) return blockLines(body, page);
  const least = trimmed(blockLines(withoutSpare(body), page));
  const rows = room - least.length;
  if (rows < 1 || !body.some(isTable)) return least;
  return trimmed(
    blockLines(
      body.flatMap((block): readonly Block[] =>
        isTable(block) ? [{ ...block, rows }] : isSpare(block) ? [] : [block],
      ),
      page,
    ),
  );
}
/** The same list for the same blocks: what was laid out of it is kept. */
const withoutSpare = memoizeEach((body: readonly Block[]) => body.filter((block) => !isSpare(block)));
const isTable = (block: Block): block is Extract<Block, { is: 'cells' }> =>
  block.is === 'cells' && block.spare === true;
const isSpare = (block: Block): boolean => 'spare' in block && block.spare === true;

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
