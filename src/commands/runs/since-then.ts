import type { Ask } from '../../engine/ask.ts';
import type { Event } from '../../model/event.ts';
import { sinceThen } from '../../model/progress/welcome.ts';
import type { Step } from '../../model/step.ts';
import { sinceLines } from '../../report/welcome-lines.ts';

/** About credentials: AWS was asked nothing else yet. */
const before: readonly Ask['is'][] = ['credentials', 'code', 'sign-in', 'accept'];

/** `changed`: something has, and it stays to be read. */
interface Told {
  readonly lines: readonly string[];
  readonly changed: boolean;
}
/**
 * What AWS shows otherwise than when the run was left, told at the first question that follows what was looked at again;
 * undefined at every other.
 */
export function sinceThenOnce(
  events: () => readonly Event[],
  steps: readonly Step[],
): (asked: Ask) => Told | undefined {
  let told = false;
  return ({ is }) => {
    if (told || before.includes(is)) return undefined;
    told = true;
    const since = sinceThen(events(), steps);
    return since && { lines: sinceLines(since), changed: since.changed.length > 0 };
  };
}
