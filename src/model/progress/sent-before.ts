import type { Attempt } from '../attempt.ts';
import { isReady, naturalKey, valueIn } from '../call.ts';
import { factsOf } from '../operations.ts';
import { reversed, wayNow, wayOf } from '../phase.ts';
import type { Change } from '../plan.ts';
import type { Run } from '../run.ts';
import { unreachable } from '../text/unreachable.ts';
import { mayRepeat } from './refused.ts';

/** What a change of a step was sent before to do, and how each ended, the oldest first. What was taken back since is not among it. */
export function sentBefore(step: string, { call }: Change, run: Run): readonly Attempt[] {
  if (!isReady(call)) return [];
  const way = wayNow(run);
  const mine = run.attempts.filter(({ intent }) => intent.step === step);
  const turned = mine.findLastIndex(
    ({ intent, state }) => state === 'verified' && wayOf(intent.situation) !== way,
  );
  const key = naturalKey(call);
  const gone = reversed(run.attempts);
  return mine
    .slice(turned + 1)
    .filter(
      (one) =>
        one.intent.key === key &&
        wayOf(one.intent.situation) === way &&
        !run.undone.includes(one.intent.attempt) &&
        !gone.has(one),
    );
}

/**
 * The attempt that this run saw done, and that is not so any more: somebody else undid it. Undefined where there is
 * none.
 */
export function undone(step: string, change: Change, run: Run): Attempt | undefined {
  const last = sentBefore(step, change, run).at(-1);
  if (last?.state !== 'verified' || !isSame(last, change)) return undefined;
  return isWantedAnew(last, run) ? undefined : last;
}
/**
 * Whether an attempt that was seen done has to be made once more, through no fault of anybody: a set that was brought
 * up to date, and has another policy since.
 */
export function isWantedAnew(attempt: Attempt, { attempts }: Run): boolean {
  const { call } = attempt.intent;
  return attempts.slice(attempts.indexOf(attempt) + 1).some(({ intent }) => {
    const { takesHold } = factsOf(intent.call.operation);
    if (takesHold === 'at-once' || takesHold.with !== call.operation) return false;
    return valueIn(intent.call, takesHold.of) === valueIn(call, takesHold.of);
  });
}

/** Whether it was the same call to the letter. `naturalKey` compares only what the call is about. */
export const isSame = ({ intent }: Attempt, { call }: Change): boolean =>
  JSON.stringify(intent.call) === JSON.stringify(call);

/** So many are told one by one. */
const most = 3;
/** For whoever is about to confirm: that it was sent before, when, and what came back. A sentence each. */
export function describeSentBefore(step: string, change: Change, run: Run): readonly string[] {
  const gone = undone(step, change, run);
  if (gone)
    return [
      `This run did it at ${timeOf(gone)} and saw it done. It has been undone since, by somebody else or by another program. Find out who before you do it again.`,
    ];
  const all = sentBefore(step, change, run).filter(
    (one) => one.outcome !== undefined && one.state !== 'verified' && !mayRepeat(one),
  );
  return [
    ...(all.length > most ? [`Sent ${all.length} times before. The last ${most}:`] : []),
    ...all.slice(-most).map((one) => `Sent before, at ${timeOf(one)}: ${cameBack(one)}`),
  ];
}
/** When an attempt was intended, by the operator's clock: ISO 8601 in UTC. */
export const timeOf = ({ intent }: Attempt): string => new Date(intent.at).toISOString();

/** What came back of one attempt, and what is known of it: the rest of a sentence after a colon. */
export function cameBack({ outcome, unclear }: Attempt): string {
  switch (outcome?.ended) {
    case 'lapsed':
      return `${unclear === undefined ? 'the program ended before an answer came' : `no usable answer came back (${unclear})`}. AWS shows that it had no effect.`;
    case 'refused':
      return `AWS refused it, and nothing changed (${outcome.code}: ${outcome.why})`;
    case 'failed':
      return `AWS started it, and it failed (${outcome.why})`;
    case 'set-aside':
      return `its outcome was unknown, and it was set aside (${outcome.why})`;
    case 'verified':
      return 'it was seen done.';
    case undefined:
      return 'how it ended is not known yet.';
    default:
      return unreachable(outcome);
  }
}
