import { actorName } from '../../model/identity.ts';
import { isUndoing } from '../../model/phase.ts';
import type { Viewed } from '../input/binding.ts';
import { keyNames, keysInLines, meanings, onScreenOnly } from '../input/meanings.ts';
import { type Line, line, span, wrap } from '../text/line.ts';
import { goalMarks, standingMarks } from '../text/marks.ts';
import type { Text } from './document-lines.ts';

/** Help, offline: what this step is for, what can be done now, what the marks mean, and every key. */
export function helpText({ step, run, beneath, spoken = false }: Viewed, width: number): Text {
  const works = (key: string): boolean => !(spoken && onScreenOnly.includes(key));
  const nameOf = (key: string): string => (spoken ? keysInLines[key] : undefined) ?? keyNames[key] ?? key;
  const now = beneath.filter(({ key, does }) => does !== '' && works(key));
  return {
    title: 'Help',
    lines: [
      ...heading('This step', width),
      ...wrap(step.title, width),
      ...wrap(
        step.eyes === 'none'
          ? 'It asks nothing of AWS.'
          : `It is for the ${actorName(step.actor)}. AWS is looked at before and after; nothing is changed before you have confirmed it.`,
        width,
      ),
      ...(isUndoing(run) ? wrap('The run is being taken back, the last change first.', width) : []),
      line(),
      ...heading('Now', width),
      ...now.flatMap(({ key, does }) => pair(nameOf(key), does, width)),
      line(),
      ...(spoken ? [] : markLines(width)),
      ...heading('Every key', width),
      ...meanings.filter(([key]) => works(key)).flatMap(([key, means]) => pair(nameOf(key), means, width)),
      line(),
      ...heading('Leaving', width),
      ...wrap(
        'You may leave at any time. What was done is written down, a call in flight is finished first, and the next start goes on from there.',
        width,
      ),
    ],
  };
}
const markLines = (width: number): readonly Line[] => [
  ...heading('The marks', width),
  ...Object.values({ ...standingMarks, ...goalMarks })
    .filter(({ glyph }, n, all) => glyph !== ' ' && all.findIndex((one) => one.glyph === glyph) === n)
    .flatMap(({ glyph, says }) => pair(glyph, says, width)),
  line(),
];
const heading = (text: string, width: number): readonly Line[] => wrap(text, width, 'strong');
const pair = (key: string, text: string, width: number): readonly Line[] =>
  wrap(text, width, 'plain', `  ${key.padEnd(9)} `).map((row, n) =>
    n === 0 ? [span(`  ${key.padEnd(9)} `, 'strong'), ...row.slice(1)] : row,
  );
