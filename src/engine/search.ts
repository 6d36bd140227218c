import { countedWith, type Operation } from '../model/operations.ts';
import type { Aws, Search } from '../model/reader.ts';
import { nextOf, type Page } from '../model/text/paging.ts';
import { createRate, describeProgress } from '../model/text/progress-words.ts';
import type { Ports } from './ports.ts';
import { createPace, type Pace } from './reading/pace.ts';

/** What one process keeps for its searches. */
export interface Searches {
  readonly known: Map<string, string>;
  /** IAM Identity Center counts all its operations together, other services each by itself. */
  paceOf(operation: Operation): Pace;
}
/**
 * Made once for a process: searches one after the other share their pace and what is known. `apart`: milliseconds
 * between two requests; AWS's own pace unless given.
 */
export function createSearches(clock: Pick<Ports, 'now' | 'sleep'>, apart?: number): Searches {
  const paces = new Map<string, Pace>();
  return {
    known: new Map(),
    paceOf: (operation) => {
      const counted = countedWith(operation);
      const pace = paces.get(counted) ?? createPace(clock, apart);
      paces.set(counted, pace);
      return pace;
    },
  };
}

/** How often at most the screen is told, in milliseconds. */
const between = 250;

/**
 * The same way into AWS, with a `search` for steps that look through much. Pages after the first wait their turn.
 * `now`: milliseconds since 1970; `show`: told how far it is, four times a second at most.
 */
export function searching(
  aws: Aws,
  { known, paceOf }: Searches,
  now: () => number,
  show: (says: string, passes?: true) => void,
  passed: () => boolean = () => false,
): Aws {
  let last = Number.NEGATIVE_INFINITY;
  const told = (says: string, passes?: true): void => {
    const at = now();
    if (at - last < between) return;
    last = at;
    show(says, passes);
  };
  const rates = new Map<string, ReturnType<typeof createRate>>();
  const search: Search = {
    known,
    paced: (ask) => paceOf('sso:DescribePermissionSet').ask(ask),
    onProgress: told,
    passed,
    count: (count) => {
      const rateOf = rates.get(count.what) ?? createRate();
      rates.set(count.what, rateOf);
      told(describeProgress(count, rateOf(count.done, now())), count.passes);
    },
  };
  const within = (way: Aws): Aws => ({
    ...way,
    search,
    in: (region) => within(way.in(region) as Aws),
    pages: async function* (operation, input, limit) {
      const pages = way.pages(operation, input, limit)[Symbol.asyncIterator]();
      for (let more = false; ; ) {
        if (more) await paceOf(operation).turn();
        const page = await pages.next();
        if (page.done) return;
        yield page.value;
        more = nextOf(page.value as Page) !== undefined;
      }
    },
  });
  return within(aws);
}
