import { isAfter, type Json } from '../model/call.ts';
import { actorName } from '../model/identity.ts';
import { factsOf } from '../model/operations.ts';
import type { Change, Goal } from '../model/plan.ts';
import {
  changesIn,
  type Forecast,
  kindOf,
  type Moved,
  type RunPlan,
  type Sum,
  sumOf,
} from '../model/progress/run-plan.ts';
import { escapeControlChars } from '../model/text/escape-control-chars.ts';
import { followsFrom } from '../model/text/follows-from.ts';
import { formatCount } from '../model/text/format-count.ts';
import { shellWord } from '../model/text/shell.ts';
import type { PlanDocument } from './plan-document.ts';

/** As wide as a change ticket shows without breaking lines. */
const width = 80;
const signs = { make: '+', replace: '~', remove: '-' } as const;
const marks = {
  done: '✓',
  'to-do': '•',
  blocked: '✗',
  unknown: '?',
  'by-hand': '!',
  question: '?',
  later: '…',
  unseen: '?',
} as const satisfies Record<Forecast['stands'], string>;

/** The plan for people: what would change, as whom, what follows and what is in the way. At most 80 columns. */
export function planLines(plan: RunPlan, document: PlanDocument): readonly string[] {
  const { organization, instance, region, run, endpoint, identities } = document;
  const rows = [
    ...text(
      `Plan for ${organization === undefined ? 'an organization that is not known yet' : `organization ${organization}`}${endpoint === 'aws' ? '' : ` at ${endpoint}`}`,
    ),
    ...(instance === undefined ? [] : text(`IAM Identity Center ${instance}, ${region ?? ''}`)),
    ...text(`Run ${run}`),
    ...Object.entries(identities).flatMap(([actor, { account, arn }]) =>
      text(`As ${actorName(actor as never)} ${account}: ${arn}`),
    ),
    '',
    ...plan.flatMap((one) => stepLines(one, document)),
    '',
    ...text(summaryLine(sumOf(plan))),
    ...confirmLines(document),
  ];
  return rows.map(escapeControlChars);
}

/** '4 to make, 0 to replace, 1 warning'. */
function summaryLine(sum: Sum): string {
  const { make, replace, remove, warnings, byHand, blocked, unanswered, unknown } = sum;
  const some = (n: number, words: string): readonly string[] => (n === 0 ? [] : [`${n} ${words}`]);
  return [
    `${make} to make`,
    `${replace} to replace`,
    ...some(remove, 'to remove'),
    `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`,
    ...some(byHand, 'to do by hand'),
    ...some(blocked, 'blocked'),
    ...some(unanswered, unanswered === 1 ? 'question not answered' : 'questions not answered'),
    ...some(unknown, 'could not be looked at'),
  ].join(', ');
}

/** What moved between two plans, a change at a time. */
export const movedLines = (moved: readonly Moved[]): readonly string[] =>
  moved
    .flatMap(({ says, before, found, wanted }) => [
      ...text(says),
      ...text(`before: ${shortly(before)}`, '    '),
      ...text(`now:    ${shortly(found)}`, '    '),
      ...(wanted === undefined ? [] : text(`planned: ${shortly(wanted)}`, '    ')),
    ])
    .map(escapeControlChars);
const longest = 400;
const shortly = (value: string): string =>
  value.length <= longest ? value : `${value.slice(0, longest)} … (${formatCount(value.length)} characters)`;

function stepLines(forecast: Forecast, document: PlanDocument): readonly string[] {
  const { title, stands } = forecast;
  const head = text(`${marks[stands]} ${title}`, '', '  ');
  if (forecast.stands === 'unseen') return [...head, ...text(`not looked at: ${forecast.why}`, '    ')];
  const goals = forecast.plan.goals
    .filter(({ is }) => is !== 'change')
    .flatMap((goal) => goalLines(goal, forecast.stands === 'later'));
  const changes = changesIn(forecast).flatMap((change) => changeLines(change, forecast, document));
  const asks = forecast.stands === 'question' ? forecast.asks.says.flatMap((says) => text(says, '    ')) : [];
  return [...head, ...goals, ...changes, ...asks];
}

/** `later`: what could not be looked at is known once a change before it is made. */
function goalLines(goal: Goal, later: boolean): readonly string[] {
  switch (goal.is) {
    case 'met':
      return text(`✓ ${goal.says}: ${goal.found}`, '    ', '      ');
    case 'warning':
      return text(`! ${goal.says}: ${goal.found}`, '    ', '      ');
    case 'wrong':
      return [
        ...text(`✗ ${goal.says}: ${goal.found}`, '    ', '      '),
        ...text(`What to do: ${goal.remedy}`, '      '),
      ];
    case 'unknown':
      return later
        ? text(`… ${goal.says}: known once the changes before it are made`, '    ', '      ')
        : text(`? ${goal.says}: could not be checked: ${goal.why}`, '    ', '      ');
    case 'by-hand':
      return text(`! ${goal.says}: by hand: ${goal.console}`, '    ', '      ');
    case 'open':
      return text(`? ${goal.says}`, '    ', '      ');
    default:
      return [];
  }
}

function changeLines(change: Change, { step, actor }: Forecast, document: PlanDocument): readonly string[] {
  const { says, call, risk } = change;
  const { plumbing } = factsOf(call.operation);
  const kind = kindOf(change);
  const planned = document.steps.find(({ id }) => id === step)?.changes.find(({ id }) => id === change.id);
  const account = planned?.identity.account;
  return [
    ...text(`${signs[kind]} ${says}${risk === 'dangerous' ? ' (dangerous)' : ''}`, '    ', '      '),
    ...text(call.operation, '        '),
    ...Object.entries(call.input)
      .filter(([name]) => !plumbing.includes(name))
      .flatMap(([name, value]) => text(`${name}: ${valueText(value as Json)}`, '          ', '            ')),
    ...followsFrom(change).flatMap((one) => text(`› ${one}`, '        ', '          ')),
    ...text(
      `As:   ${actorName(actor)}${account === undefined ? '' : ` ${account}`}`,
      '        ',
      '              ',
    ),
    ...text(`Undo: ${planned?.undo ?? ''}`, '        ', '              '),
  ];
}
function valueText(value: Json): string {
  if (isAfter(value)) return `(known after ${value.step ?? ''})`;
  const plain = typeof value === 'string' ? value : JSON.stringify(value);
  return plain.length <= longest
    ? plain
    : `${formatCount(plain.replace(/\s/g, '').length)} characters, in full with --json`;
}

/** The flags that go with it. */
function confirmLines({ confirm }: PlanDocument): readonly string[] {
  const words = Object.values(confirm).flatMap(([first]) => (first === undefined ? [] : [first]));
  const flags = [...new Set(words)].map((word) => `--confirm ${shellWord(word)}`);
  return flags.length === 0 ? [] : text(`Dangerous changes among them want: ${flags.join(' ')}`);
}

/** A text in rows of at most 80 columns. `first`, `next`: what a row begins with. Long words stay whole. */
function text(says: string, first = '', next = first): readonly string[] {
  const rows: string[] = [];
  let row = first;
  let empty = true;
  for (const word of says.split(/\s+/).filter(Boolean)) {
    if (!empty && row.length + 1 + word.length > width) {
      rows.push(row);
      row = `${next}${word}`;
    } else {
      row = empty ? `${row}${word}` : `${row} ${word}`;
      empty = false;
    }
  }
  return [...rows, row];
}
