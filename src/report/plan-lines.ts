import { type Actor, isAfter, type Json } from '../model/call.ts';
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
import { followsFrom } from '../model/text/follows-from.ts';
import { formatCount } from '../model/text/format-count.ts';
import { neutral, type Own } from '../model/text/own-commands.ts';
import { shellWord } from '../model/text/shell.ts';
import { unreachable } from '../model/text/unreachable.ts';
import { filled } from './filled.ts';
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

/** What of a plan is told to people. */
type Told = Pick<
  PlanDocument,
  'undo' | 'organization' | 'instance' | 'region' | 'run' | 'endpoint' | 'identities' | 'steps' | 'confirm'
>;
/** A text in rows. `lead`: what stands before the first of them. */
type Rows = (lead: string, says: string) => readonly string[];

/**
 * The plan for people: what would change, as whom, what follows and what is in the way. At most 80 columns, but for a
 * word that is longer. `own`: this program's commands, as they are typed here.
 */
export function planLines(plan: RunPlan, document: Told, own: Own = neutral): readonly string[] {
  const { organization, instance, region, run, endpoint, identities } = document;
  const rows: Rows = (lead, says) => filled(own(says), width, lead);
  const where =
    organization === undefined ? 'an organization that is not known yet' : `organization ${organization}`;
  return [
    ...rows(
      '',
      `${document.undo ? 'Undo plan (newest first)' : 'Plan'} for ${where}${endpoint === 'aws' ? '' : ` at ${endpoint}`}`,
    ),
    ...(instance === undefined ? [] : rows('', `IAM Identity Center ${instance}, ${region ?? ''}`)),
    ...rows('', `Run ${run}`),
    ...Object.entries(identities).flatMap(([actor, { account, arn }]) =>
      rows('', `As ${actorName(actor as Actor)} ${account}: ${arn}`),
    ),
    '',
    ...plan.flatMap((one) => stepLines(one, document, rows)),
    '',
    ...rows('', summaryLine(sumOf(plan))),
    ...confirmLines(document),
  ];
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
    ...some(unknown, 'could not be checked'),
  ].join(', ');
}

/** What moved between two plans, a change at a time. */
export const movedLines = (moved: readonly Moved[]): readonly string[] =>
  moved.flatMap(({ says, before, found, wanted }) => [
    ...filled(says, width),
    ...filled(shortly(before), width, '    before:  '),
    ...filled(shortly(found), width, '    now:     '),
    ...(wanted === undefined ? [] : filled(shortly(wanted), width, '    planned: ')),
  ]);
const longest = 400;
const shortly = (value: string): string =>
  value.length <= longest ? value : `${value.slice(0, longest)} … (${formatCount(value.length)} characters)`;

function stepLines(forecast: Forecast, document: Told, rows: Rows): readonly string[] {
  const { title, stands } = forecast;
  const head = rows(`${marks[stands]} `, title);
  if (forecast.stands === 'unseen') return [...head, ...rows('    ', `not checked: ${forecast.why}`)];
  const goals = forecast.plan.goals.flatMap((goal) => goalLines(goal, forecast.stands === 'later', rows));
  const changes = changesIn(forecast).flatMap((change) => changeLines(change, forecast, document, rows));
  const asks = forecast.stands === 'question' ? forecast.asks.says.flatMap((says) => rows('    ', says)) : [];
  return [...head, ...goals, ...changes, ...asks];
}

/** `later`: what could not be checked is known once a change before it is made. Changes are told by themselves. */
function goalLines(goal: Goal, later: boolean, rows: Rows): readonly string[] {
  switch (goal.is) {
    case 'met':
      return rows('    ✓ ', `${goal.says}: ${goal.found}`);
    case 'warning':
      return rows('    ! ', `${goal.says}: ${goal.found}`);
    case 'wrong':
      return [
        ...rows('    ✗ ', `${goal.says}: ${goal.found}`),
        ...rows('      ', `What to do: ${goal.remedy}`),
      ];
    case 'unknown':
      return later
        ? rows('    … ', `${goal.says}: known once the changes before it are made`)
        : rows('    ? ', `${goal.says}: could not be checked: ${goal.why}`);
    case 'by-hand':
      return rows('    ! ', `${goal.says}: by hand: ${goal.console}`);
    case 'open':
      return rows('    ? ', goal.says);
    case 'change':
      return [];
    default:
      return unreachable(goal);
  }
}

function changeLines(
  change: Change,
  { step, actor }: Forecast,
  document: Told,
  rows: Rows,
): readonly string[] {
  const { says, call, risk } = change;
  const { plumbing } = factsOf(call.operation);
  const planned = document.steps.find(({ id }) => id === step)?.changes.find(({ id }) => id === change.id);
  const account = planned?.identity.account;
  return [
    ...rows(`    ${signs[kindOf(change)]} `, `${says}${risk === 'dangerous' ? ' (dangerous)' : ''}`),
    ...rows('        ', call.operation),
    ...Object.entries(call.input)
      .filter(([name]) => !plumbing.includes(name))
      .flatMap(([name, value]) => rows('          ', `${name}: ${valueText(value as Json)}`)),
    ...followsFrom(change).flatMap((one) => rows('        › ', one)),
    ...rows('        As:   ', `${actorName(actor)}${account === undefined ? '' : ` ${account}`}`),
    ...rows('        Undo: ', planned?.undo ?? ''),
  ];
}
function valueText(value: Json): string {
  if (isAfter(value)) return `(known after ${value.step ?? ''})`;
  const plain = typeof value === 'string' ? value : JSON.stringify(value);
  return plain.length <= longest
    ? plain
    : `${formatCount(plain.replace(/\s/g, '').length)} characters, in full with --json`;
}

/** The flags that go with it, each whole: a name is typed as it is. */
function confirmLines({ confirm }: Told): readonly string[] {
  const words = new Set(Object.values(confirm).flatMap(([first]) => (first === undefined ? [] : [first])));
  return words.size === 0
    ? []
    : ['Dangerous changes among them need:', ...[...words].map((word) => `  --confirm ${shellWord(word)}`)];
}
