import { unreachable } from '../../model/text/unreachable.ts';
import type { Block } from '../../presentation/block.ts';
import { type Line, span, wrap } from '../text/line.ts';
import { beforeMark, goalMarks, signOf } from '../text/marks.ts';
import { type Page, wholePage } from '../text/page.ts';

/** A goal: how it stands, and the evidence. */
export function goalLines(
  { goal, command, as = [], explained = [], before }: Extract<Block, { is: 'goal' }>,
  page: Page,
): readonly Line[] {
  const mark = before ? beforeMark : goalMarks[goal.is];
  const { word, tone } = mark;
  const sign = `${signOf(page, mark)} `;
  const head = wrap(goal.says, page, 'plain', sign).map((row, n) =>
    n === 0 ? [span(page, sign, tone), ...row.slice(1)] : row,
  );
  const detail = (text: string, toned: 'dim' | 'plain' = 'dim'): readonly Line[] =>
    wrap(text, page, toned, '  ');
  switch (goal.is) {
    case 'met':
      return before
        ? [...head, ...detail(`was there before this run: ${goal.found}`, 'plain')]
        : [...head, ...detail(goal.found)];
    case 'warning':
      return [...head, ...detail(`${word}: ${goal.found}`, 'plain')];
    case 'wrong':
      return [
        ...head,
        ...(goal.found === '' ? [] : detail(`${word}: ${goal.found}`, 'plain')),
        ...detail(`What to do: ${goal.remedy}`, 'plain'),
      ];
    case 'unknown':
      return [
        ...head,
        ...detail(`${word}: ${goal.why}`, 'plain'),
        ...explained.flatMap((says) => detail(says, 'plain')),
      ];
    case 'by-hand':
      return [
        ...head,
        ...detail('Where:', 'dim'),
        ...wrap(goal.console, page, 'accent', '  '),
        ...(command === undefined
          ? []
          : [
              ...detail('Or with the AWS CLI:', 'dim'),
              ...as.flatMap((text) => detail(text, 'dim')),
              ...wrap(command, wholePage(page), 'plain', '  '),
            ]),
      ];
    case 'change':
    case 'open':
      return signOf(page, mark) === mark.glyph ? [...head, ...detail(word)] : head;
    default:
      return unreachable(goal);
  }
}
