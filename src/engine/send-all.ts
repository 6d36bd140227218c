import type { Attempt } from '../model/attempt.ts';
import { factsOf } from '../model/operations.ts';
import type { Change } from '../model/plan.ts';
import { mayRepeat } from '../model/progress/refused.ts';
import { pending } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import type { Direction } from './direction.ts';
import type { Engine } from './engine.ts';
import { shortPause } from './engine.ts';
import { send } from './send.ts';
import { askAfter, underWay } from './settle.ts';

/**
 * Sends a batch, one after the other, with no more under way at AWS than it takes at once. A refusal is that change's
 * own: the others are sent all the same, unless AWS is busy. 'unsent': AWS gave no answer before the first. Throws as
 * `send` does.
 */
export async function sendAll(
  step: Step,
  batch: readonly Change[],
  engine: Engine,
  direction: Direction,
): Promise<'sent' | 'unsent'> {
  const { ports, patience, spent } = engine;
  const waiting = [...batch];
  let since = ports.now();
  let quickest = 0; // of those that are done: milliseconds from the intent until it was known
  while (waiting.length > 0) {
    const busy = pending(ports.run(), step.id).filter(({ state }) => state !== 'settled');
    const next = nextOf(waiting, busy);
    if (next) {
      const first = waiting.length === batch.length;
      await spent.room(next.call.operation);
      const sent = await send(step, next, engine, { direction, first });
      if (sent === 'unsent') return waiting.length === batch.length ? 'unsent' : 'sent';
      const last = ports.run().attempts.at(-1);
      if (sent === 'refused' && last && mayRepeat(last)) return 'sent';
      waiting.splice(waiting.indexOf(next), 1);
      since = ports.now();
      continue;
    }
    since = Math.min(since, ports.now()); // the clock may be set back meanwhile
    if (ports.now() - since >= patience.toSettle) return 'sent'; // the rest is still to do, and says so
    const attempts = underWay(step, engine);
    ports.show({
      is: 'settling',
      step: step.id,
      attempts: attempts.map(({ intent }) => intent.attempt),
      since,
    });
    await askAfter(attempts, engine);
    const left = underWay(step, engine);
    if (left.length === attempts.length) {
      await ports.sleep(pauseFor(left, { since, quickest }, engine));
      continue;
    }
    const open = new Set(left.map(({ intent }) => intent.attempt));
    const took = attempts.flatMap(({ intent: { attempt, at } }) =>
      open.has(attempt) ? [] : [ports.now() - at],
    );
    quickest = Math.min(...took.filter((ms) => ms > 0), quickest || Number.POSITIVE_INFINITY);
  }
  return 'sent';
}

/**
 * How long to leave AWS alone while others wait for room. Once some are done it is known about how long one takes: until
 * shortly before that nothing is asked, and then often. So fewer listings tell it sooner. Milliseconds.
 */
function pauseFor(
  open: readonly Attempt[],
  { since, quickest }: { readonly since: number; readonly quickest: number },
  engine: Engine,
): number {
  const { ports, patience } = engine;
  const waited = ports.now() - since;
  if (!Number.isFinite(quickest) || quickest === 0) return shortPause(engine, waited);
  const oldest = Math.min(...open.map(({ intent }) => intent.at));
  const due = oldest + 0.9 * quickest - ports.now();
  return due > 0 ? Math.min(patience.longestPause, due) : shortPause(engine, waited, patience.pause / 10);
}

/**
 * The next that AWS would take. Where it takes one at a time, say in an account, it is one of those that most wait for:
 * else they would be left over, and the last of them go alone.
 */
function nextOf(waiting: readonly Change[], open: readonly Attempt[]): Change | undefined {
  const behind = new Map<unknown, number>();
  for (const change of waiting) behind.set(queueOf(change), (behind.get(queueOf(change)) ?? 0) + 1);
  let next: Change | undefined;
  for (const change of waiting) {
    if (!hasRoom(change, open)) continue;
    if (!next || (behind.get(queueOf(change)) ?? 0) > (behind.get(queueOf(next)) ?? 0)) next = change;
  }
  return next;
}
const queueOf = ({ call }: Change): unknown => {
  const { underWay: pace } = factsOf(call.operation).quota;
  return pace && call.input[pace.each as never];
};

/** Would AWS take it, with what is under way already? */
function hasRoom({ call }: Change, open: readonly Attempt[]): boolean {
  const { underWay: pace } = factsOf(call.operation).quota;
  if (!pace) return true;
  const paced = open.filter(({ intent }) => factsOf(intent.call.operation).quota.underWay === pace);
  const of = (input: object): unknown => input[pace.each as never];
  return paced.length < pace.most && !paced.some(({ intent }) => of(intent.call.input) === of(call.input));
}
