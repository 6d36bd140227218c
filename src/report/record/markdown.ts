import type { Json } from '../../model/call.ts';
import type { Event } from '../../model/event.ts';
import type { Run } from '../../model/run.ts';
import { addressees, messageLines } from '../../model/text/message.ts';
import type { Card } from '../card.ts';
import { titleOf } from '../card-lines.ts';
import { markdownText } from '../markdown-text.ts';
import type { SentChange } from './changes.ts';
import type { CheckedStep } from './checks.ts';
import { type ChangeRecord, type Recorded, recordOf, type Seal, type Table } from './record.ts';
import { bullets, fenced, part, table } from './tables.ts';

/** What the run has come to: what was done, what has to be read, and what to keep in mind. */
export const cardMarkdown = (card: Card): readonly string[] => {
  const { done, before, warnings, mind } = card;
  return [
    `**${markdownText(titleOf(card))}**`,
    '',
    ...(done.length === 0 ? [] : [...bullets(done, '✓ '), '']),
    ...(before.length === 0 ? [] : [...bullets(before, '= '), '']),
    ...(warnings.length === 0 ? [] : [...bullets(warnings, '! '), '']),
    ...(mind.length === 0 ? [] : [...mind.map((text) => `Keep in mind: ${markdownText(text)}`), '']),
  ];
};

/**
 * The change record, to be attached to a ticket as it is: what the run has come to, what was checked, what was changed
 * with before and after, who decided what and how, how to undo it, and the full log.
 */
export const markdown = (run: Run, events: readonly Event[], seal: Seal, recorded: Recorded): string =>
  recordMarkdown(recordOf(run, events, seal, recorded), run.id);

/** `run`: its id. */
export function recordMarkdown(record: ChangeRecord, run: string): string {
  const { of, card, subject, checks, changes, unasked, decisions, acted, holders, notes, undo, log } = record;
  const { warnings, message } = card;
  return [
    `# Change record: ${of}`,
    '',
    ...cardMarkdown(card),
    ...table(['', ''], subject),
    '',
    ...part(
      'Message for the new administrator',
      message === undefined
        ? []
        : [
            `To: ${markdownText(addressees(message, false).join(', '))}`,
            '',
            ...messageLines(message)
              .flatMap((text) => [`> ${markdownText(text)}`, '>'])
              .slice(0, -1),
          ],
    ),
    ...part('Checks, and what was seen', checks.flatMap(checkedPart)),
    '## What was changed',
    '',
    ...changesPart(changes),
    ...part('Created, no longer selected', bullets(unasked)),
    ...part('Who decided what, and how', tablePart(decisions)),
    ...part('Who acted', tablePart(acted)),
    ...part('Who had the run', tablePart(holders)),
    ...notes.flatMap(({ title: about, says }) => part(about, bullets(says))),
    ...part('Warnings', bullets(warnings)),
    ...part(
      'How to undo it',
      undo === undefined
        ? []
        : [
            `\`cw-runbook undo --run ${run}\`, ${undo.says}`,
            '',
            'In this order:',
            '',
            ...undo.steps.map((text, n) => `${n + 1}. ${markdownText(text)}`),
          ],
    ),
    '## The full log',
    '',
    ...tableOf(log),
    '',
  ].join('\n');
}

const tablePart = ({ head, rows }: Table): readonly string[] =>
  rows.length === 0 ? [] : tableOf({ head, rows });
const tableOf = ({ head, rows }: Table): readonly string[] =>
  table(
    head.map(({ says }) => says),
    rows,
  );

const checkedPart = ({ title, at, checks }: CheckedStep): readonly string[] => [
  `### ${markdownText(title)}`,
  '',
  `Last seen ${at}.`,
  '',
  ...table(
    ['Check', 'Result', 'Evidence'],
    checks.map(({ says, sign, result, evidence }) => [says, `${sign} ${result}`.trim(), evidence]),
  ),
  '',
];

/** All of them in a table, then each with before and after. */
function changesPart(changes: readonly SentChange[]): readonly string[] {
  if (changes.length === 0) return ['Nothing was sent.', ''];
  return [
    ...table(
      ['', 'When (UTC)', 'Change', 'Result, and how it is known'],
      changes.map(({ at, says, result }, n) => [String(n + 1), at, says, result]),
    ),
    '',
    ...changes.flatMap((change, n) => changePart(change, n + 1)),
  ];
}

const changePart = (
  { says, facts, before, after, command, arn }: SentChange,
  n: number,
): readonly string[] => [
  `### ${n}. ${markdownText(says)}`,
  '',
  ...table(['', ''], facts),
  '',
  'Before:',
  '',
  ...beforeLines(before),
  '',
  'After:',
  '',
  ...bullets(after),
  '',
  'By this call:',
  '',
  ...fenced(command, `# It was sent by ${arn}.`),
  '',
];
const beforeLines = (before: Json | undefined): readonly string[] =>
  before === undefined ? ['- none'] : fenced(typeof before === 'string' ? before : JSON.stringify(before));
