import { describeGaveUp } from '../model/access/async-failure-hints.ts';
import { describeRefused } from '../model/access/rejection-hints.ts';
import type { Actor } from '../model/call.ts';
import type { Event, Outcome, Since } from '../model/event.ts';
import { actorName, describeSource, sourceName } from '../model/identity.ts';
import { standing } from '../model/plan.ts';
import { commandName } from '../model/progress/cli-command.ts';
import type { Binding } from '../model/step.ts';
import { escapeControlChars } from '../model/text/escape-control-chars.ts';
import { unreachable } from '../model/text/unreachable.ts';

/** One event as one line of plain text, without its time. Undefined for events that are of no use to a reader. */
export function lineOf(event: Event): string | undefined {
  const text = textOf(event);
  return text === undefined ? undefined : escapeControlChars(text);
}
const column = (word: string): string => word.padEnd(12);

function answeredLine(event: Extract<Event, { type: 'answered' }>): string {
  return `${column(event.answer === null ? 'withdrawn' : 'answered')} ${event.step}.${event.question}${event.answer === null ? '' : ` = ${event.answer}`}${event.typed === undefined ? '' : ` (typed: ${event.typed})`}`;
}

function textOf(event: Event): string | undefined {
  switch (event.type) {
    case 'started':
      return `${column('started')} run ${event.run} at ${event.endpoint === 'aws' ? 'AWS' : event.endpoint}`;
    case 'opened':
      return `${column('opened')} by ${event.by} with ${event.program}${event.undoing ? ', to take back what it made' : ''}`;
    case 'upgraded':
      return `${column('upgraded')} from ${event.from} to ${event.to}: every step is planned again`;
    case 'repaired':
      return `${column('repaired')} the journal’s unfinished last line (${event.bytes} bytes) was set aside in ${event.file}`;
    case 'halted':
      return `${column('halted')} ${event.why}`;
    case 'identified':
      return `${column('identified')} ${event.arn} acts as ${actorName(event.actor)} (${describeSource(event.source, event.region)})`;
    case 'identity-declined':
      return `${column('not used')} ${event.arn}: shown as ${actorName(event.actor)}, and declined (${sourceName(event.source)})`;
    case 'bound':
      return `${column('bound')} to ${boundTo(event.binding)}`;
    case 'answered':
      return answeredLine(event);
    case 'waived':
      return `${column('waived')} ${event.step}.${event.goal}: ${event.why}`;
    case 'looked':
      return `${column('looked')} ${event.step}: ${standing(event.plan)}${event.eyes === undefined ? '' : `, seen by the ${actorName(event.eyes)}`}`;
    case 'read':
      return event.passed === undefined
        ? undefined
        : `${column('passed')} ${event.step}, without stopping: ${event.passed.join('; ')}`;
    case 'confirmed':
    case 'declined':
      return `${column(event.type)} ${event.step}: ${event.changes.join(', ')}${event.typed === undefined ? '' : ` (typed: ${event.typed})`}`;
    case 'not-sent':
      return `${column('not sent')} ${event.step}: ${event.says}. ${event.found}`;
    case 'drifted':
      return `${column('drifted')} ${event.step}: nothing was sent. ${event.drifts.map(({ says, before, found }) => `${says}: it was ${before}, and is ${found}`).join('; ')}`;
    case 'intended':
      return `${column('intended')} ${event.attempt}: ${commandName(event.call)} by ${event.arn}`;
    case 'unclear':
      return `${column('unclear')} ${event.attempt}: ${event.why}`;
    case 'accepted':
      return `${column('accepted')} ${event.attempt}: AWS request ${event.requestId || 'id not told'}${event.request ? `, asynchronous request ${event.request}` : ''}`;
    case 'settled':
      return `${column('settled')} ${event.attempt}: AWS says it succeeded`;
    case 'ended':
      return `${column(event.outcome.ended)} ${event.attempt}: ${howKnown(event.outcome)}`;
    case 'undo-began':
      return `${column('undo')} begun, the last first: ${event.steps.join(', ')}`;
    case 'taken-back':
      return `${column('taken back')} ${event.step}: nothing is left to take back of ${event.made.join(', ')}`;
    case 'kept':
      return `${column('kept')} ${event.step}: left as it is by the operator`;
    case 'handed-off':
      return `${column('handed off')} by ${event.by}, hand-off ${event.handoff}${event.note === undefined ? '' : `: ${bare(event.note)}`}. From here on it is read-only there`;
    case 'took-over':
      return `${column('took over')} ${event.by} goes on with it, from ${event.from}, hand-off ${event.handoff}`;
    case 'reclaimed':
      return `${column('taken back')} the run itself, from hand-off ${event.handoff}, by ${event.by} (typed: ${event.typed})`;
    case 'resumed-again':
      return `${column('resumed')} the file of hand-off ${event.handoff} once more, by ${event.by}`;
    case 'compared':
      return `${column('compared')} ${event.goals} facts with AWS, by ${event.by}: ${event.departures.length === 0 ? 'none is otherwise' : event.departures.map(({ says, now }) => `${says}: ${now.join(' ')}`).join('; ')}${event.unseen.length === 0 ? '' : `; ${event.unseen.length} could not be looked at`}`;
    case 'forked':
      return `${column('forked')} hand-off ${event.handoff} was gone on with elsewhere too, by ${event.elsewhere}; seen by ${event.by}`;
    case 'changed-since':
      return `${column('changed')} ${event.step}, since ${new Date(event.since).toISOString()}: ${describeSince(event).join(' ')}`;
    default:
      return unreachable(event);
  }
}

/** What has changed at AWS since a step was last seen, a sentence each. */
export const describeSince = ({ drifts, planned, elsewhere = [] }: Since): readonly string[] => [
  ...elsewhere.map(
    (what) =>
      `${what}, and no call in this journal made it. This run made it from another copy of the hand-off’s file, or on another machine: it has gone on twice. Ask who did before you go on.`,
  ),
  ...drifts.map(({ says, before, found }) => `${says}: ${wasAndIs(bare(before), bare(found))}.`),
  ...(planned.length === 0 || elsewhere.length > 0
    ? []
    : [
        'This run had planned that and did not send it: the run may have gone on elsewhere from the same hand-off, or somebody did it by hand. Ask before you go on.',
      ]),
];

/** Of long texts only what differs, and a few words around it. */
function wasAndIs(before: string, found: string): string {
  if (Math.max(before.length, found.length) <= 120) return `it was ${before}, and is ${found}`;
  const [was, is] = [before.split(' '), found.split(' ')];
  const most = Math.min(was.length, is.length);
  let head = 0;
  while (head < most && was[head] === is[head]) head++;
  let tail = 0;
  while (tail < most - head && was.at(-1 - tail) === is.at(-1 - tail)) tail++;
  const [from, to] = [Math.max(0, head - around), Math.max(0, tail - around)];
  const part = (words: readonly string[]): string =>
    shortened(
      [...(from > 0 ? ['…'] : []), ...words.slice(from, words.length - to), ...(to > 0 ? ['…'] : [])].join(
        ' ',
      ),
    );
  return `it was ${part(was)}, and is ${part(is)}`;
}
const around = 3; // words
const longest = 240; // characters: the whole of it stands in the journal
const shortened = (text: string): string =>
  text.length <= longest ? text : `${[...text].slice(0, longest).join('')}…`;

const bare = (text: string): string => text.replace(/\.$/, '');

/** How an attempt ended, and how that is known: AWS's words, and the sentences that explain them. */
export function howKnown(outcome: Outcome): string {
  const [said, explained] = [describeEnded(outcome), explanationOf(outcome)];
  return explained.length === 0 ? said : [`${bare(said)}.`, ...explained].join(' ');
}

/** Of what AWS did not do: what that means, who sees to it, and what to do, the last. */
export function explanationOf(outcome: Outcome): readonly string[] {
  if (outcome.ended === 'refused') return describeRefused(outcome.code, outcome.why);
  return outcome.ended === 'failed' ? describeGaveUp(outcome.why) : [];
}

/** How an attempt ended, without what explains it. */
export function describeEnded(outcome: Outcome): string {
  switch (outcome.ended) {
    case 'verified':
      return outcome.by === 'reply-and-look'
        ? 'AWS accepted it, and it was read back'
        : 'the reply was lost; it was read back';
    case 'refused':
      return `AWS refused: ${outcome.code}: ${outcome.requestId ? `${outcome.why} (request ${outcome.requestId})` : outcome.why}`;
    case 'failed':
      return `AWS took it on and gave up: ${bare(outcome.why)}`;
    case 'lapsed':
      return 'looked for, and seen not to have happened';
    case 'set-aside':
      return `could not be told; set aside by the operator: ${outcome.why}`;
    default:
      return unreachable(outcome);
  }
}

/** What the run belongs to from here on: the organization, the instance, its Region, and who acts in which account. */
const boundTo = ({ organization, instance, region, accounts = {} }: Binding): string =>
  [
    ...(organization === undefined ? [] : [`organization ${organization}`]),
    ...(instance === undefined ? [] : [`instance ${instance}`]),
    ...(region === undefined ? [] : [`Region ${region}`]),
    ...Object.entries(accounts).map(([actor, account]) => `${actorName(actor as Actor)} ${account}`),
  ].join(', ');
