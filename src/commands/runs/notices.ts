import { doubtAbout } from '../../journal/disk.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Settings } from '../../journal/settings.ts';
import type { Event } from '../../model/event.ts';
import { halfTakenBack } from '../../model/progress/undoing.ts';
import type { Runbook } from '../../model/runbook.ts';
import { allRuns, describeUnreadable } from './runs.ts';

/** What was repaired when the run was taken up this time. `events`: up to now. */
export function repairsNow(events: readonly Event[]): readonly Event[] {
  const opened = events.findLastIndex(({ type }) => type === 'opened');
  const before = events.slice(0, opened).findLastIndex(({ type }) => type === 'opened');
  return events.slice(before + 1, opened).filter(({ type }) => type === 'repaired');
}

/** What the operator should know about this run and this machine before it goes on, a sentence each. */
export async function noticesFor(
  journal: Journal,
  home: string,
  runbook: Runbook,
  settings: Settings | undefined,
): Promise<readonly string[]> {
  const events = journal.events();
  const unread = describeUnreadable(await allRuns(home, runbook), journal.header.run);
  return [
    ...(repairsNow(events).length > 0
      ? ['The journal was repaired: its unfinished last line was set aside.']
      : []),
    settings?.notice(),
    ...journal.notices,
    await doubtAbout(home),
    halfTakenBack(events, runbook.steps),
    ...unread,
  ].flatMap((notice) => notice ?? []);
}
