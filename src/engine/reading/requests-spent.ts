import { countedWith, type Operation } from '../../model/operations.ts';
import type { Aws } from '../../model/reader.ts';
import { nextOf, type Page } from '../../model/text/paging.ts';
import type { Clock } from './pace.ts';

// A look sends many reads at once, and AWS counts them with the changes that follow: a change that came too soon behind them
// would be refused, and that costs seconds. A read that is refused is sent again by the SDK; a change never is.

/** What AWS may have left for one more, as far as this process can tell. */
export interface RequestsSpent {
  note(operation: Operation): void;
  /** Resolves when one more should be answered. */
  room(operation: Operation): Promise<void>;
}

/** Milliseconds between two requests, as AWS refills (20 a second), and how many may go at once. */
const gap = 51;
const burst = 10;
/** Requests arrive less evenly than they are sent: so many are kept back. */
const keptBack = 2;

/** Counts what IAM Identity Center counts together by itself, and every other operation by itself. */
export function countRequests({ now, sleep }: Clock): RequestsSpent {
  const nextBy = new Map<string, number>(); // when the one after the last would be due at an even pace
  return {
    note: (operation) => {
      const by = countedWith(operation);
      const at = now();
      const next = Math.max(nextBy.get(by) ?? Number.NEGATIVE_INFINITY, at - burst * gap) + gap;
      nextBy.set(by, Math.min(next, at + keptBack * gap)); // what was answered had room: nothing is owed
    },
    room: async (operation) => {
      const wait = (nextBy.get(countedWith(operation)) ?? 0) - now();
      if (wait > 0) await sleep(Math.min(wait, keptBack * gap)); // the clock may be set back meanwhile
    },
  };
}

/** The same way into AWS, that counts what goes through it. */
export const counting = (aws: Aws, spent: RequestsSpent): Aws => ({
  ...aws,
  read: (operation, ...given) => {
    spent.note(operation);
    return aws.read(operation, ...given);
  },
  pages: async function* (operation, ...given) {
    const pages = aws.pages(operation, ...given)[Symbol.asyncIterator]();
    for (let more = true; ; ) {
      if (more) spent.note(operation);
      const page = await pages.next();
      if (page.done) return;
      yield page.value;
      more = nextOf(page.value as Page) !== undefined;
    }
  },
  send: (call, tags) => {
    spent.note(call.operation);
    return aws.send(call, tags);
  },
});
