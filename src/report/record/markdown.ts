import type { Event } from '../../model/event.ts';
import { actorName, describeSource } from '../../model/identity.ts';
import { holdersOf } from '../../model/progress/holders.ts';
import { undoable } from '../../model/progress/undoing.ts';
import type { Run } from '../../model/run.ts';
import type { Note, Runbook } from '../../model/runbook.ts';
import { addressees, messageLines } from '../../model/text/message.ts';
import type { Card } from '../card.ts';
import { titleOf, undoRemoves } from '../card-lines.ts';
import { lineOf } from '../lines.ts';
import { markdownText } from '../markdown-text.ts';
import { authorityRows } from './authority.ts';
import { changeParts } from './changes.ts';
import { checkParts } from './checks.ts';
import { decisionRows } from './decisions.ts';
import { namesOf } from './names.ts';
import { bullets, iso, part, table } from './tables.ts';

/** What the record says of the file it was made from. `head`: SHA-256 of the journal's last line. */
export interface Seal {
  readonly program: string;
  readonly records: number;
  readonly head: string;
}
/** `notes`: what the runbook says besides. `unasked`: what the run made, and nobody asks for any more. */
export interface Recorded {
  readonly runbook: Pick<Runbook, 'title' | 'steps'>;
  readonly card: Card;
  readonly notes?: readonly Note[];
  readonly unasked?: readonly string[];
}

/** What the run has come to: what was done, what has to be read, and what to keep in mind. */
export const cardMarkdown = (card: Card): readonly string[] => {
  const { done, warnings, mind } = card;
  return [
    `**${markdownText(titleOf(card))}**`,
    '',
    ...(done.length === 0 ? [] : [...bullets(done, '✓ '), '']),
    ...(warnings.length === 0 ? [] : [...bullets(warnings, '! '), '']),
    ...(mind.length === 0 ? [] : [...mind.map((text) => `Keep in mind: ${markdownText(text)}`), '']),
  ];
};

/**
 * The change record, to be attached to a ticket as it is: what the run has come to, what was checked, what was changed
 * with before and after, who decided what and how, how to undo it, and the full log. Commands are in the neutral form.
 */
export function markdown(
  run: Run,
  events: readonly Event[],
  seal: Seal,
  { runbook: { title, steps }, card, notes = [], unasked = [] }: Recorded,
): string {
  const names = namesOf(run, steps);
  const { warnings, message } = card;
  return [
    `# Change record: ${title}`,
    '',
    ...cardMarkdown(card),
    ...table(['', ''], [...subject(run, seal), ...authorityRows(events)]),
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
    ...part('Checks, and what was seen', checkParts(run, steps)),
    '## What was changed',
    '',
    ...changeParts(run),
    ...part('Created, no longer selected', bullets(unasked)),
    ...part('Who decided what, and how', decisionRows(events, names)),
    ...part('Who acted', actedRows(events)),
    ...part('Who had the run', holderRows(events)),
    ...notes.flatMap(({ title: about, says }) => part(about, bullets(says))),
    ...part('Warnings', bullets(warnings)),
    ...part('How to undo it', undoParts(run, steps)),
    '## The full log',
    '',
    ...table(
      ['When (UTC)', 'What happened'],
      events.flatMap((event) => {
        const line = lineOf(event, names);
        return line === undefined ? [] : [[iso(event.at), line.replace(/\s+/g, ' ')]];
      }),
    ),
    '',
  ].join('\n');
}

/** What it is about, and where the record is from. */
const subject = ({ id, endpoint, simulated, binding }: Run, seal: Seal): readonly (readonly string[])[] => [
  ['Organization', binding.organization ?? 'not known yet'],
  ['Management account', binding.accounts?.management ?? 'not known yet'],
  ['Delegated administrator', binding.accounts?.['delegated-administrator'] ?? 'not known yet'],
  ['IAM Identity Center', binding.instance ? `${binding.instance} in ${binding.region}` : 'not known yet'],
  ['Endpoint', simulated ? `${endpoint} (simulated: nothing here happened at AWS)` : endpoint],
  ['Run', id],
  ['Records', `${seal.records}; SHA-256 of the last: ${seal.head}`],
  ['Made with', seal.program],
];

function actedRows(events: readonly Event[]): readonly string[] {
  const rows = events.flatMap((event) =>
    event.type === 'identified'
      ? [
          [
            ...[iso(event.at), actorName(event.actor), event.account, event.arn],
            describeSource(event.source, event.region),
          ],
        ]
      : [],
  );
  return rows.length === 0 ? [] : table(['When (UTC)', 'As', 'Account', 'ARN', 'Credentials from'], rows);
}

/** Who had the run, where it was handed on. */
function holderRows(events: readonly Event[]): readonly string[] {
  const all = holdersOf(events);
  if (all.length === 1 && !all[0]?.gave) return [];
  return table(
    ['From (UTC)', 'Who', 'Acting as', 'How', 'Handed off (UTC)', 'Hand-off', 'Note'],
    all.map(({ since, by, as, how, gave }) => [
      iso(since),
      by.join(', '),
      as.join(', ') || 'nobody was accepted',
      how,
      gave ? iso(gave.at) : '',
      gave?.handoff ?? '',
      gave?.note ?? '',
    ]),
  );
}

/** What an undo would do, the last first. */
function undoParts(run: Run, steps: Runbook['steps']): readonly string[] {
  const left = undoable(steps, run);
  if (left.length === 0) return [];
  return [
    `\`cw-runbook undo --run ${run.id}\`, on the machine that has this run. It looks first, shows each change, and each is confirmed by typing a name. ${undoRemoves}`,
    '',
    'In this order:',
    '',
    ...left.map(
      ({ title, actor, undo }, n) =>
        `${n + 1}. ${markdownText(`${title} (${actorName(actor)})${undo?.says === undefined ? '' : `: ${undo.says}`}`)}`,
    ),
  ];
}
