import type { Goal, Plan } from '../../model/plan.ts';
import { commandAt, type Where } from '../../model/progress/cli-command.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import { blank, type Line, span, wrap } from '../text/line.ts';
import { goalMarks, signOf } from '../text/marks.ts';
import type { Page } from '../text/page.ts';

const inTheWay = ({ is }: Goal): boolean => is === 'wrong' || is === 'unknown' || is === 'by-hand';

/** Every goal: how it stands, and the evidence. `where`: the place that commands to do by hand go to. `as`: as whom they run. */
export function checkLines(
  { goals }: Plan,
  page: Page,
  where: Where = {},
  as: readonly string[] = [],
): readonly Line[] {
  const one = (goal: Goal): readonly Line[] => {
    const mark = goalMarks[goal.is];
    const { word, tone } = mark;
    const sign = `${signOf(page, mark)} `;
    const head = wrap(goal.says, page, 'plain', sign).map((row, n) =>
      n === 0 ? [span(page, sign, tone), ...row.slice(1)] : row,
    );
    const detail = (text: string, toned: 'dim' | 'plain' = 'dim'): readonly Line[] =>
      wrap(text, page, toned, '  ');
    switch (goal.is) {
      case 'met':
        return [...head, ...detail(goal.found)];
      case 'warning':
        return [...head, ...detail(`${word}: ${goal.found}`, 'plain')];
      case 'wrong':
        return [
          ...head,
          ...detail(`${word}: ${goal.found}`, 'plain'),
          ...detail(`What to do: ${goal.remedy}`, 'plain'),
        ];
      case 'unknown':
        return [...head, ...detail(`${word}: ${goal.why}`, 'plain')];
      case 'by-hand':
        return [
          ...head,
          ...detail('Where:', 'dim'),
          ...wrap(goal.console, page, 'accent', '  '),
          ...(goal.command === undefined
            ? []
            : [
                ...detail('Or with the AWS CLI:', 'dim'),
                ...as.flatMap((text) => detail(`# ${text}`, 'dim')),
                ...wrap(commandAt(goal.command, where), page, 'plain', '  '),
              ]),
        ];
      case 'change':
      case 'open':
        return signOf(page, mark) === mark.glyph ? [...head, ...detail(word)] : head;
      default:
        return unreachable(goal);
    }
  };
  // What is in the way comes first: the rest may be below the window's end.
  const first = goals.filter(inTheWay);
  const rest = goals.filter((goal) => !inTheWay(goal));
  return goals.length === 0 ? [] : [...[...first, ...rest].flatMap(one), blank];
}
