import type { Event } from '../src/model/event.ts';
import { mayRepeat } from '../src/model/progress/refused.ts';
import { applyEvent, emptyRun } from '../src/model/run.ts';

/**
 * Sends of a change that stand under no confirmation of their own: of each confirmation, all after the first that AWS did
 * not answer with a throttle or a conflict in progress. None, if the promise is kept.
 */
export function unconfirmedSends(events: readonly Event[]): readonly string[] {
  const { attempts } = events.reduce(applyEvent, emptyRun);
  const free = new Map<string, number>();
  const bad: string[] = [];
  for (const event of events) {
    if (event.type === 'confirmed') for (const id of event.changes) free.set(`${event.step}/${id}`, 1);
    if (event.type !== 'intended') continue;
    const key = `${event.step}/${event.change}`;
    const attempt = attempts.find(({ intent }) => intent.attempt === event.attempt);
    const left = free.get(key) ?? 0;
    if (left === 0) bad.push(event.attempt);
    if (attempt && !mayRepeat(attempt)) free.set(key, 0);
  }
  return bad;
}
