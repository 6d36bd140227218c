import type { Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import type { Section } from '../../report/handoff.ts';
import { describeSince } from '../../report/lines.ts';
import type { HandedOff, Incoming } from '../session/ask.ts';
import { blank, type Line, wrap } from '../text/line.ts';
import type { Page } from '../text/page.ts';

/** Who handed the run off, when, with which note, and how it stood. */
export function handoffLines(ask: HandedOff | Incoming, page: Page): readonly Line[] {
  const { id, by, as, at, note } = ask.handoff;
  return [
    ...(ask.is === 'incoming'
      ? ask.remarks.flatMap((text) => [...wrap(text, page, 'strong', '! '), blank])
      : []),
    ...wrap(by, page, 'strong', 'Handed off by  '),
    ...as.flatMap((arn, n) => wrap(arn, page, 'plain', n === 0 ? 'Acting as      ' : '               ')),
    ...wrap(new Date(at).toISOString(), page, 'plain', 'When           '),
    ...wrap(id, page, 'plain', 'Hand-off       '),
    ...(note === undefined ? [] : wrap(note, page, 'plain', 'Note           ')),
    blank,
    ...(ask.is === 'handed-off'
      ? [
          ...wrap(
            'Take it back only when you know that nobody goes on with its file: two who go on make two histories of one run. What was changed at AWS since is looked at first.',
            page,
          ),
          blank,
        ]
      : []),
    ...ask.sections.flatMap((section) => sectionLines(section, page)),
  ];
}

const sectionLines = ({ title, lines }: Section, page: Page): readonly Line[] => [
  ...wrap(title, page, 'strong'),
  ...lines.flatMap(({ text, under }) =>
    under ? wrap(text, page, 'dim', '    ') : wrap(text, page, 'plain', '• '),
  ),
  blank,
];

/** What AWS shows otherwise than before the hand-off, or than an earlier start saw it. */
export function sinceLines(run: Run, { id }: Step, page: Page): readonly Line[] {
  const found = run.since?.[id];
  const { handoff } = run;
  if (!found || !handoff) return [];
  const since =
    found.since <= handoff.at
      ? `Since the hand-off (${handoff.by}) AWS has changed:`
      : `Since ${new Date(found.since).toISOString()} AWS has changed:`;
  return [
    ...wrap(since, page, 'strong', '! ', 2),
    ...describeSince(found).flatMap((says) => wrap(says, page, 'plain', '  ')),
    blank,
  ];
}
