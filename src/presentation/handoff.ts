import type { Section } from '../report/handoff.ts';
import type { HandedOff, Incoming } from './ask.ts';
import { type Block, fact, gap, item, strong, text, warning } from './block.ts';

/** Who handed the run off, when, with which note, and how it stood. */
export function handoffBlocks(ask: HandedOff | Incoming): readonly Block[] {
  const { id, by, as, at, note } = ask.handoff;
  return [
    ...(ask.is === 'incoming' ? ask.remarks.flatMap((says) => [warning(says), gap]) : []),
    fact('Handed off by', by, true),
    ...as.map((arn, n) => fact(n === 0 ? 'Acting as' : '', arn)),
    fact('When', new Date(at).toISOString()),
    fact('Hand-off', id),
    ...(note === undefined ? [] : [fact('Note', note)]),
    gap,
    ...(ask.is === 'handed-off'
      ? [
          text(
            'Reclaim it only when you know that nobody continues with its file: two who continue make two histories of one run. What was changed at AWS since is checked first.',
          ),
          gap,
        ]
      : []),
    ...ask.sections.flatMap(sectionBlocks),
  ];
}

const sectionBlocks = ({ title, lines }: Section): readonly Block[] => [
  strong(title),
  ...lines.map(
    (line): Block => (line.under ? { is: 'text', text: `    ${line.text}`, tone: 'dim' } : item(line.text)),
  ),
  gap,
];
