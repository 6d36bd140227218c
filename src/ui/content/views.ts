import { aheadOf } from '../../model/progress/ahead.ts';
import { defined } from '../../model/text/defined.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import { aheadRows } from '../../report/ahead-lines.ts';
import type { Viewed } from '../input/binding.ts';
import type { View } from '../input/state.ts';
import { textIn } from '../input/text-box.ts';
import { blank, highlighted, type Line, wrap } from '../text/line.ts';
import type { Page } from '../text/page.ts';
import { noteLead } from './block-lines.ts';
import { detailLines } from './body.ts';
import { documentText, type Text } from './document-lines.ts';
import { helpText } from './help-lines.ts';
import { logLines } from './log-lines.ts';
import { stepsText } from './steps-lines.ts';

/** A view as it is drawn, and as it stands after that: no further than there is something to read. */
export interface DrawnView {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly view: View;
  /** What there is besides: '12 rows above'. */
  readonly more: string;
}

export function drawView(view: View, viewed: Viewed, page: Page, room: number): DrawnView {
  const sought = textIn(view.filter).toLowerCase();
  if (view.is === 'log') {
    const { lines, upTo, shown, all } = logLines(viewed, view.upTo, sought, page, room);
    const place = upTo === undefined ? 'the newest are at the end' : `up to ${upTo} of ${shown}`;
    const found = sought === '' ? '' : `${shown} of ${all} · `;
    return {
      title: 'The audit log of this run (times in UTC)',
      lines,
      view: { ...view, upTo },
      more: `${found}${place}`,
    };
  }
  const text = textOf(view, viewed, page);
  const none = sought === '' ? text.none : undefined;
  const rows =
    sought === ''
      ? text.lines
      : text.lines
          .filter((one) => plain(one).toLowerCase().includes(sought))
          .map((one) => highlighted(one, sought));
  const wished = text.at === undefined ? view.scroll : showing(text.at, view.scroll, room);
  const scroll = Math.max(0, Math.min(wished, rows.length - room));
  const below = Math.max(0, rows.length - room - scroll);
  return {
    title: text.title,
    lines: rows.length === 0 ? wrap(none ?? 'No matches.', page) : rows.slice(scroll, scroll + room),
    view: { ...view, scroll, ...defined({ at: view.is === 'steps' ? (text.at ?? view.at) : undefined }) },
    more: [
      scroll > 0 ? `↑ ${scroll} above` : '',
      below > 0 ? `↓ ${below} more ${below === 1 ? 'row' : 'rows'}` : '',
    ]
      .filter(Boolean)
      .join(' · '),
  };
}

/** As little scrolled as shows a row. */
const showing = (at: number, scroll: number, room: number): number =>
  Math.max(at - room + 1, Math.min(scroll, at));

function textOf(view: Exclude<View, { is: 'log' }>, viewed: Viewed, page: Page): Text {
  switch (view.is) {
    case 'help':
      return helpText(viewed, page);
    case 'document':
      return documentText(viewed.step, page);
    case 'steps':
      return stepsText(view, viewed, page);
    case 'ahead':
      return {
        title: 'What is ahead',
        none: 'No changes are ahead.',
        lines: aheadRows(aheadOf(viewed.steps, viewed.run), viewed.run).flatMap(({ lead, says }) =>
          wrap(says, page, 'plain', lead),
        ),
      };
    case 'means':
      return {
        title: 'The same with the AWS CLI, and in the console',
        lines: detailLines(viewed.presented, ['means'], page),
      };
    case 'checks':
      return {
        title: 'Every check, and what else is known',
        lines: [...choiceLines(viewed, page), ...detailLines(viewed.presented, ['checks'], page)],
      };
    case 'policy':
      return { title: 'The policy, as it is sent', lines: detailLines(viewed.presented, ['policy'], page) };
    default:
      return unreachable(view);
  }
}

/** All that there is to read of a dangerous choice. */
const choiceLines = ({ choice }: Viewed, page: Page): readonly Line[] =>
  choice?.danger
    ? [
        ...wrap(choice.label, page, 'accent'),
        ...choice.danger.says.flatMap((says) => wrap(says, page, 'plain', noteLead(page))),
        blank,
      ]
    : [];

const plain = (row: Line): string => row.map(({ text }) => text).join('');
