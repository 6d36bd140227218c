import type { Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import type { Section } from '../../report/handoff.ts';
import { sinceSays } from '../../report/lines.ts';
import type { HandedOff, Incoming } from '../session/ask.ts';
import { type Line, line, wrap } from '../text/line.ts';

/** Who handed the run off, when, with which note, and how it stood. */
export function handoffLines(ask: HandedOff | Incoming, width: number): readonly Line[] {
  const { id, by, as, at, note } = ask.handoff;
  return [
    ...(ask.is === 'incoming'
      ? ask.remarks.flatMap((text) => [...wrap(text, width, 'strong', '! '), line()])
      : []),
    ...wrap(by, width, 'strong', 'Handed off by  '),
    ...as.flatMap((arn, n) => wrap(arn, width, 'plain', n === 0 ? 'Acting as      ' : '               ')),
    ...wrap(new Date(at).toISOString(), width, 'plain', 'When           '),
    ...wrap(id, width, 'plain', 'Hand-off       '),
    ...(note === undefined ? [] : wrap(note, width, 'plain', 'Note           ')),
    line(),
    ...(ask.is === 'handed-off'
      ? [
          ...wrap(
            'Take it back only when you know that nobody goes on with its file: two who go on make two histories of one run. What was changed at AWS since is looked at first.',
            width,
          ),
          line(),
        ]
      : []),
    ...ask.sections.flatMap((section) => sectionLines(section, width)),
  ];
}

const sectionLines = ({ title, lines }: Section, width: number): readonly Line[] => [
  ...wrap(title, width, 'strong'),
  ...lines.flatMap((text) =>
    text.startsWith('  ') ? wrap(text.trim(), width, 'dim', '    ') : wrap(text, width, 'plain', '• '),
  ),
  line(),
];

/** What AWS shows otherwise than before the hand-off, or than an earlier start saw it. */
export function sinceLines(run: Run, { id }: Step, width: number): readonly Line[] {
  const found = run.since?.[id];
  const { handoff } = run;
  if (!found || !handoff) return [];
  const since =
    found.since <= handoff.at
      ? `Since the hand-off (${handoff.by}) AWS has changed:`
      : `Since ${new Date(found.since).toISOString()} AWS has changed:`;
  return [
    ...wrap(since, width, 'strong', '! ', 2),
    ...sinceSays(found).flatMap((says) => wrap(says, width, 'plain', '  ')),
    line(),
  ];
}
