import { actorName } from '../../model/identity.ts';
import { isUndoing } from '../../model/phase.ts';
import type { Viewed } from '../input/binding.ts';
import { keyName, keysInLines, meanings, onScreenOnly } from '../input/meanings.ts';
import { blank, type Line, span, wrap } from '../text/line.ts';
import { beforeMark, goalMarks, standingMarks } from '../text/marks.ts';
import type { Page } from '../text/page.ts';
import type { Text } from './document-lines.ts';

/** Help, offline: what this step is for, what can be done now, what the marks mean, and every key. */
export function helpText({ step, run, beneath, bindings = [], spoken = false }: Viewed, page: Page): Text {
  const works = (key: string): boolean => !(spoken && onScreenOnly.includes(key));
  const nameOf = (key: string): string =>
    (spoken ? keysInLines[key] : undefined) ?? keyName(key, page.charset);
  const now = beneath.filter(({ key, does }) => does !== '' && works(key));
  // While a text is typed letters are text: what they open from here comes first.
  const isTyped = !spoken && beneath.some(({ key }) => key === 'text');
  const opens = bindings.filter(({ key, does }) => does !== '' && /^[a-z]$/.test(key));
  const wordsOf = new Map(meanings);
  return {
    title: 'Help',
    lines: [
      ...(isTyped && opens.length > 0
        ? [
            ...heading('Press a key to see', page),
            ...opens.flatMap(({ key, does }) => pair(key, wordsOf.get(key) ?? does, page)),
            blank,
          ]
        : []),
      ...heading('This step', page),
      ...wrap(step.title, page),
      ...wrap(
        step.observedBy === 'none'
          ? 'It asks nothing of AWS.'
          : `It is for the ${actorName(step.actor)}. AWS is checked before and after; nothing is changed before you confirm it.`,
        page,
      ),
      ...(isUndoing(run) ? wrap('The run is being undone, the last change first.', page) : []),
      blank,
      ...heading('Now', page),
      ...now.flatMap(({ key, does }) => pair(nameOf(key), does, page)),
      blank,
      ...(spoken ? [] : markLines(page)),
      ...heading('Every key', page),
      ...meanings.filter(([key]) => works(key)).flatMap(([key, means]) => pair(nameOf(key), means, page)),
      blank,
      ...heading('Leaving', page),
      ...wrap(
        'You can leave at any time. What was done is written down, a call in flight is finished first, and the next start continues from there.',
        page,
      ),
    ],
  };
}
const markLines = (page: Page): readonly Line[] => [
  ...heading('The marks', page),
  ...Object.values({ ...standingMarks, ...goalMarks, before: beforeMark })
    .filter(({ glyph }, n, all) => glyph !== ' ' && all.findIndex((one) => one.glyph === glyph) === n)
    .flatMap(({ glyph, says }) => pair(glyph, says, page)),
  ...pair('● ○', 'in the line on top, a dot for each step: done or here, and still to come', page),
  blank,
];
const heading = (text: string, page: Page): readonly Line[] => wrap(text, page, 'strong');
const pair = (key: string, text: string, page: Page): readonly Line[] =>
  wrap(text, page, 'plain', `  ${key.padEnd(9)} `).map((row, n) =>
    n === 0 ? [span(page, `  ${key.padEnd(9)} `, 'strong'), ...row.slice(1)] : row,
  );
