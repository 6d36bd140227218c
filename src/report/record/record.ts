import type { Event } from '../../model/event.ts';
import { actorName, describeSource, management, memberIn } from '../../model/identity.ts';
import { holdersOf } from '../../model/progress/holders.ts';
import { undoable } from '../../model/progress/undoing.ts';
import type { Run } from '../../model/run.ts';
import type { Note, Runbook } from '../../model/runbook.ts';
import type { Step } from '../../model/step.ts';
import { unmarked } from '../../model/text/own-commands.ts';
import type { Card } from '../card.ts';
import { undoRemoves } from '../card-lines.ts';
import { inPlaceOf, lineOf } from '../lines.ts';
import { authorityRows } from './authority.ts';
import { changesIn, type SentChange } from './changes.ts';
import { type CheckedStep, checksIn } from './checks.ts';
import { decisionsIn } from './decisions.ts';
import { accountIn, namesOf } from './names.ts';
import { iso, type Row } from './tables.ts';

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
  readonly self?: string; // who approved what they did themselves, where the events do not show it any more
}
/** What stands over a column. `time`: its cells are times, or empty. */
export interface Heading {
  readonly says: string;
  readonly time?: true;
}
const headings = (...says: readonly string[]): readonly Heading[] => says.map((one) => ({ says: one }));
const when = (says: string): Heading => ({ says: `${says} (UTC)`, time: true });
/** A table. Without rows it is not shown. */
export interface Table {
  readonly head: readonly Heading[];
  readonly rows: readonly Row[];
}
/** The change record, as data: Markdown and HTML lay out the same. Times are ISO 8601. */
export interface ChangeRecord {
  /** What it is a record of: the runbook's title. */
  readonly of: string;
  readonly card: Card;
  /** What it is about, and where the record is from: a name and a value each. */
  readonly subject: readonly Row[];
  readonly checks: readonly CheckedStep[];
  readonly changes: readonly SentChange[];
  readonly unasked: readonly string[];
  readonly decisions: Table;
  readonly acted: Table;
  readonly holders: Table;
  readonly notes: readonly Note[];
  readonly undo: { readonly says: string; readonly steps: readonly string[] } | undefined;
  readonly log: Table;
}

/** All that is told of a run. Commands are in the neutral form. */
export function recordOf(
  run: Run,
  events: readonly Event[],
  seal: Seal,
  { runbook: { title, steps }, card, notes = [], unasked = [], self }: Recorded,
): ChangeRecord {
  const names = namesOf(run, steps);
  return {
    of: title,
    card,
    subject: [
      ...subject(
        run,
        seal,
        steps,
        events.findLast(({ type }) => type === 'closed'),
      ),
      ...authorityRows(events, self),
    ],
    checks: checksIn(run, steps),
    changes: changesIn(run),
    unasked,
    decisions: {
      head: [when('When'), ...headings('Who', 'Decision', 'How')],
      rows: decisionsIn(events, names),
    },
    acted: actedIn(events, run),
    holders: holdersIn(events),
    notes,
    undo: undoOf(run, steps),
    log: {
      head: [when('When'), ...headings('What happened')],
      rows: events.flatMap((event) => {
        const line = lineOf(event, names);
        return line === undefined ? [] : [[iso(event.at), line.replace(/\s+/g, ' ')]];
      }),
    },
  };
}

const subject = (
  { id, endpoint, simulated, binding, names }: Run,
  seal: Seal,
  steps: readonly Step[],
  closed: Event | undefined,
): readonly Row[] => [
  ['Organization', binding.organization ?? 'not known yet'],
  ...[management, memberIn(steps)].map((actor) => [
    actor === management ? 'Management account' : capital(actor.replaceAll('-', ' ')),
    named({ names }, binding.accounts?.[actor]),
  ]),
  ['IAM Identity Center', binding.instance ? `${binding.instance} in ${binding.region}` : 'not known yet'],
  ['Endpoint', simulated ? `${endpoint} (simulated: nothing here happened at AWS)` : endpoint],
  ['Run', id],
  ['Records', `${seal.records}; SHA-256 of the last: ${seal.head}`],
  // What the ticket has: who reads it there finds it here.
  ...(closed?.type === 'closed' ? [['Closed', `after ${closed.records} records, root ${closed.root}`]] : []),
  ['Made with', seal.program],
];

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const named = (run: Pick<Run, 'names'>, id: string | undefined): string =>
  id === undefined ? 'not known yet' : accountIn(run, id);

const actedIn = (events: readonly Event[], run: Run): Table => ({
  head: [when('When'), ...headings('As', 'Account', 'ARN', 'Credentials from')],
  rows: events.flatMap((event) =>
    event.type === 'identified'
      ? [
          [
            ...[iso(event.at), actorName(event.actor), accountIn(run, event.account), event.arn],
            `${describeSource(event.source, event.region)}${inPlaceOf(event)}`,
          ],
        ]
      : [],
  ),
});

/** Who had the run, where it was handed on. */
function holdersIn(events: readonly Event[]): Table {
  const all = holdersOf(events);
  return {
    head: [
      ...[when('From'), ...headings('Who', 'Acting as', 'How')],
      ...[when('Handed off'), ...headings('Hand-off', 'Note')],
    ],
    rows:
      all.length === 1 && !all[0]?.gave
        ? []
        : all.map(({ since, by, as, how, gave }) => [
            iso(since),
            by.join(', '),
            as.join(', ') || 'nobody was accepted',
            how,
            gave ? iso(gave.at) : '',
            gave?.handoff ?? '',
            gave?.note ?? '',
          ]),
  };
}

/** What an undo would do, the last first. `says`: its command, and then a sentence. */
function undoOf(run: Run, steps: Runbook['steps']): ChangeRecord['undo'] {
  const left = undoable(steps, run);
  if (left.length === 0) return undefined;
  return {
    says: `on the machine that has this run. It looks first, shows each change, and each is confirmed by typing a name. ${unmarked(undoRemoves)}`,
    steps: left.map(
      ({ title, actor, undo }) =>
        `${title} (${actorName(actor)})${undo?.says === undefined ? '' : `: ${undo.says}`}`,
    ),
  };
}
