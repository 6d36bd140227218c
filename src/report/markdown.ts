import type { Event } from '../model/event.ts';
import { actorName, describeSource } from '../model/identity.ts';
import { describeChange } from '../model/policy/change-words.ts';
import { commandLine } from '../model/progress/cli-command.ts';
import { placeOf } from '../model/progress/cli-target.ts';
import { holdersOf } from '../model/progress/holders.ts';
import type { Attempt, Run } from '../model/run.ts';
import type { Note } from '../model/runbook.ts';
import { escapeControlChars } from '../model/text/escape-control-chars.ts';
import { howKnown, lineOf } from './lines.ts';
import { markdownText } from './markdown-text.ts';

/** What the report says of the file it was made from. `head`: SHA-256 of the journal's last line. */
export interface Seal {
  readonly program: string;
  readonly records: number;
  readonly head: string;
}

/**
 * The audit log for people: who did what, when, where, with AWS's request ids, and how each result is known. `title`: what
 * the runbook leads through. `notes`: what the runbook says besides. `unasked`: what the run made, and nobody asks for
 * any more.
 */
export function markdown(
  run: Run,
  events: readonly Event[],
  seal: Seal,
  {
    title,
    notes = [],
    unasked = [],
  }: {
    readonly title: string;
    readonly notes?: readonly Note[];
    readonly unasked?: readonly string[];
  },
): string {
  const { binding } = run;
  return [
    `# Audit log: ${title}`,
    '',
    ...table(
      ['', ''],
      [
        ['Run', run.id],
        [
          'Endpoint',
          run.simulated ? `${run.endpoint} (simulated: nothing here happened at AWS)` : run.endpoint,
        ],
        ['Organization', binding.organization ?? 'not known yet'],
        ['Management account', binding.accounts?.management ?? 'not known yet'],
        ['Delegated administrator', binding.accounts?.['delegated-administrator'] ?? 'not known yet'],
        [
          'IAM Identity Center',
          binding.instance ? `${binding.instance} in ${binding.region}` : 'not known yet',
        ],
        ['Records', `${seal.records}; SHA-256 of the last: ${seal.head}`],
        ['Made with', seal.program],
      ],
    ),
    '',
    '## Who acted',
    '',
    ...table(
      ['When (UTC)', 'As', 'Account', 'ARN', 'Credentials from'],
      events.flatMap((event) =>
        event.type === 'identified'
          ? [
              [
                ...[iso(event.at), actorName(event.actor), event.account, event.arn],
                describeSource(event.source, event.region),
              ],
            ]
          : [],
      ),
    ),
    '',
    ...holders(events),
    ...notes.flatMap(({ title: about, says }) =>
      says.length === 0 ? [] : [`## ${about}`, '', ...says.map((text) => `- ${markdownText(text)}`), ''],
    ),
    '## What was changed',
    '',
    ...(run.attempts.length === 0
      ? ['Nothing was sent.', '']
      : [
          ...table(
            ['When (UTC)', 'Who', 'What', 'Call', 'Region', 'AWS request', 'Result, and how it is known'],
            run.attempts.map(row),
          ),
          '',
          ...run.attempts.flatMap((attempt) => detail(attempt, run)),
        ]),
    ...(unasked.length === 0
      ? []
      : ['## Made, and not chosen any more', '', ...unasked.map((text) => `- ${markdownText(text)}`), '']),
    '## Everything, in order',
    '',
    ...table(
      ['When (UTC)', 'What happened'],
      events.flatMap((event) => {
        const line = lineOf(event);
        return line === undefined ? [] : [[iso(event.at), line.replace(/\s+/g, ' ')]];
      }),
    ),
    '',
  ].join('\n');
}

/** Who had the run, where it was handed on. */
function holders(events: readonly Event[]): readonly string[] {
  const all = holdersOf(events);
  if (all.length === 1 && !all[0]?.gave) return [];
  return [
    '## Who had the run',
    '',
    ...table(
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
    ),
    '',
  ];
}

const iso = (at: number): string => new Date(at).toISOString();

const row = ({ intent, requestId, request, outcome, state }: Attempt): readonly string[] => [
  iso(intent.at),
  `${intent.arn} (account ${intent.account})`,
  intent.says,
  intent.call.operation,
  intent.region ?? 'us-east-1',
  [
    requestId || (outcome?.ended === 'refused' ? outcome.requestId : ''),
    request && request !== requestId ? `asynchronous: ${request}` : '',
  ]
    .filter(Boolean)
    .join(' ') || 'not told',
  outcome ? `${outcome.ended}: ${howKnown(outcome)}` : `not known yet (${state})`,
];

function detail({ intent }: Attempt, { endpoint }: Run): readonly string[] {
  const { before } = intent;
  const words = describeChange(intent.call, before);
  return [
    `### ${markdownText(intent.attempt)}: ${markdownText(intent.says)}`,
    '',
    ...fenced(
      commandLine(intent.call, {
        ...placeOf({ binding: intent.region === undefined ? {} : { region: intent.region }, endpoint }),
        profile: `<a profile of account ${intent.account}>`,
      }),
      `# It was sent by ${intent.arn}.`,
    ),
    ...(words.length === 0 ? [] : ['', 'In words:', '', ...words.map((text) => `- ${markdownText(text)}`)]),
    ...(before === undefined || before === ''
      ? []
      : ['', 'It replaced:', '', ...fenced(typeof before === 'string' ? before : JSON.stringify(before))]),
    '',
  ];
}

/** A fence longer than any run of backticks inside. */
function fenced(text: string, ...comments: readonly string[]): readonly string[] {
  const rows = [...comments, text].map(escapeControlChars);
  const longest = Math.max(2, ...(rows.join('\n').match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return [fence, ...rows, fence];
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => '---').join('|')}|`,
  ...rows.map((cells) => `| ${cells.map(markdownText).join(' | ')} |`),
];
