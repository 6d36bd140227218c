import { describeGaveUp } from '../model/access/async-failure-hints.ts';
import { describeRefused } from '../model/access/rejection-hints.ts';
import type { Actor } from '../model/call.ts';
import type { Event, GivenBy, Outcome, Pledge, Since } from '../model/event.ts';
import type { Reconciliation } from '../model/evidence/reconciliation.ts';
import { actorName, describeSource, sourceName } from '../model/identity.ts';
import { standing } from '../model/plan.ts';
import { commandName } from '../model/progress/cli-command.ts';
import type { Binding } from '../model/step.ts';
import { escapeControlChars } from '../model/text/escape-control-chars.ts';
import { unreachable } from '../model/text/unreachable.ts';
import { evidenceWords } from './evidence-lines.ts';

/** What steps, questions, goals, changes and attempts are called: by their ids, or in words for people. */
export interface Names {
  readonly step: (step: string) => string;
  readonly question: (step: string, question: string) => string;
  readonly answer: (step: string, question: string, answer: string) => string;
  readonly goal: (step: string, goal: string) => string;
  readonly change: (step: string, change: string, planned?: readonly Pledge[]) => string;
  readonly attempt: (attempt: string) => string;
}
const ids: Names = {
  step: (step) => step,
  question: (step, question) => `${step}.${question}`,
  answer: (_, __, answer) => answer,
  goal: (step, goal) => `${step}.${goal}`,
  change: (_, change) => change,
  attempt: (attempt) => attempt,
};

/** One event as one line of plain text, without its time. Undefined for events that are of no use to a reader. */
export function lineOf(event: Event, names: Names = ids): string | undefined {
  const text = textOf(event, names);
  return text === undefined ? undefined : escapeControlChars(text);
}
const column = (word: string): string => word.padEnd(12);

function textOf(event: Event, names: Names): string | undefined {
  switch (event.type) {
    case 'started':
      return `${column('started')} run ${event.run} at ${event.endpoint === 'aws' ? 'AWS' : event.endpoint}`;
    case 'opened':
      return `${column('opened')} by ${event.by} with ${event.program}${event.undoing ? ', to undo what it made' : ''}`;
    case 'upgraded':
      return `${column('upgraded')} from ${event.from} to ${event.to}: every step is planned again`;
    case 'repaired':
      return `${column('repaired')} the journal’s unfinished last line (${event.bytes} bytes) was set aside in ${event.file}`;
    case 'halted':
      return `${column('halted')} ${event.why}`;
    case 'identified':
      return `${column('identified')} ${event.arn} acts as ${actorName(event.actor)} (${describeSource(event.source, event.region)})${inPlaceOf(event)}`;
    case 'identity-declined':
      return `${column('not used')} ${event.arn}: shown as ${actorName(event.actor)}, and declined (${sourceName(event.source)})`;
    case 'bound':
      return `${column('belongs')} to ${boundTo(event.binding)}`;
    case 'answered':
      return `${column(event.answer === null ? 'withdrawn' : 'answered')} ${names.question(event.step, event.question)}${event.answer === null ? '' : ` = ${names.answer(event.step, event.question, event.answer)}`}${describeBy(event)}`;
    case 'waived':
      return `${column('waived')} ${names.goal(event.step, event.goal)}: ${event.why}`;
    case 'looked':
      return `${column('checked')} ${names.step(event.step)}: ${standing(event.plan)}${event.eyes === undefined ? '' : `, seen by the ${actorName(event.eyes)}`}`;
    case 'read':
      return passedText(event, names);
    case 'confirmed':
    case 'declined':
      return `${column(event.type)} ${names.step(event.step)}: ${event.changes.map((change) => names.change(event.step, change, event.planned)).join(', ')}${describeBy(event)}`;
    case 'not-sent':
      return `${column('not sent')} ${names.step(event.step)}: ${event.says}. ${event.found}`;
    case 'drifted':
      return `${column('drifted')} ${names.step(event.step)}: nothing was sent. ${event.drifts.map(({ says, before, found }) => `${says}: it was ${before}, and is ${found}`).join('; ')}`;
    case 'intended':
      return `${column('sending')} ${names.attempt(event.attempt)}: ${commandName(event.call)} by ${event.arn}`;
    case 'unclear':
      return `${column('unclear')} ${names.attempt(event.attempt)}: ${event.why}`;
    case 'accepted':
      return `${column('accepted')} ${names.attempt(event.attempt)}: AWS request ${event.requestId || 'id not told'}${event.request ? `, asynchronous request ${event.request}` : ''}`;
    case 'settled':
      return `${column('settled')} ${names.attempt(event.attempt)}: AWS says it succeeded`;
    case 'ended':
      return `${column(event.outcome.ended)} ${names.attempt(event.attempt)}: ${howKnown(event.outcome)}`;
    case 'undo-began':
      return `${column('undo')} begun, the last first: ${event.steps.map(names.step).join(', ')}`;
    case 'taken-back':
      return `${column('undone')} ${names.step(event.step)}: nothing is left to undo of ${event.made.map(names.attempt).join(', ')}`;
    case 'kept':
      return `${column('kept')} ${names.step(event.step)}: left as it is by the operator`;
    case 'handed-off':
      return `${column('handed off')} by ${event.by}, hand-off ${event.handoff}${event.note === undefined ? '' : `: ${bare(event.note)}`}. From here on it is read-only there`;
    case 'took-over':
      return `${column('took over')} ${event.by} continues it, from ${event.from}, hand-off ${event.handoff}`;
    case 'reclaimed':
      return `${column('reclaimed')} the run itself, from hand-off ${event.handoff}, by ${event.by} (typed: ${event.typed})`;
    case 'resumed-again':
      return `${column('resumed')} the file of hand-off ${event.handoff} once more, by ${event.by}`;
    case 'compared':
      return `${column('compared')} ${event.goals} facts with AWS, by ${event.by}: ${event.departures.length === 0 ? 'no difference' : event.departures.map(({ says, now }) => `${says}: ${now.join(' ')}`).join('; ')}${event.unseen.length === 0 ? '' : `; ${event.unseen.length} could not be checked`}`;
    case 'reconciled':
      return `${column('reconciled')} ${event.records} requests with CloudTrail, by ${event.by}: ${reconciledText(event)}`;
    case 'forked':
      return `${column('forked')} hand-off ${event.handoff} was gone on with elsewhere too, by ${event.elsewhere}; seen by ${event.by}`;
    case 'changed-since':
      return `${column('changed')} ${names.step(event.step)}, since ${new Date(event.since).toISOString()}: ${describeSince(event).join(' ')}`;
    case 'authorized':
    case 'closed':
    case 'anchored':
    case 'signed': {
      const [word, rest] = evidenceWords(event);
      return `${column(word)} ${rest}`;
    }
    default:
      return unreachable(event);
  }
}

/** What came of it; what is only to be awaited is counted. */
const reconciledText = ({ found, differences, waiting, unseen, others, anchored }: Reconciliation): string =>
  [
    `${found} agree`,
    ...differences.map(({ says }) => says),
    ...(waiting.length === 0 ? [] : [`${waiting.length} not in CloudTrail yet`]),
    ...unseen.map(({ says, why }) => `${says}, could not be checked: ${why}`),
    ...others.map((says) => `made by others: ${says}`),
    ...(anchored === undefined ? [] : [`CloudTrail shows the hash of record ${anchored}`]),
  ].join('; ');

/** Reading is not told; that nobody had to is. */
const passedText = (
  { step, passed }: Extract<Event, { readonly type: 'read' }>,
  names: Names,
): string | undefined =>
  passed && `${column('passed')} ${names.step(step)}, without stopping: ${passed.join('; ')}`;
/** How it was given, where not with a key: journals of earlier versions tell only what was typed. */
function describeBy({ typed, by }: { readonly typed?: string; readonly by?: GivenBy }): string {
  if (by === 'flag') return typed === undefined ? ' (flag --yes)' : ` (flag --confirm ${typed})`;
  if (by === 'file') return ' (answers file)';
  if (by === 'default') return ' (default)';
  return typed === undefined ? '' : ` (typed: ${typed})`;
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
      return `AWS accepted the request, but it failed: ${bare(outcome.why)}`;
    case 'lapsed':
      return 'checked, and seen not to have happened';
    case 'set-aside':
      return `outcome unknown; set aside by the operator: ${outcome.why}`;
    default:
      return unreachable(outcome);
  }
}

/** Whom the caller that was accepted replaces, where there was another. */
export const inPlaceOf = ({
  replaces,
}: {
  readonly replaces?: { readonly arn: string } | undefined;
}): string => (replaces ? `, in place of ${replaces.arn}` : '');

/** What the run belongs to from here on: the organization, the instance, its Region, and who acts in which account. */
const boundTo = ({ organization, instance, region, accounts = {} }: Binding): string =>
  [
    ...(organization === undefined ? [] : [`organization ${organization}`]),
    ...(instance === undefined ? [] : [`instance ${instance}`]),
    ...(region === undefined ? [] : [`Region ${region}`]),
    ...Object.entries(accounts).map(([actor, account]) => `${actorName(actor as Actor)} ${account}`),
  ].join(', ');
