import { type Aws, OutcomeUnknown, passes, RequestRejected } from '../../model/reader.ts';
import { defined } from '../../model/text/defined.ts';
import { nextOf } from '../../model/text/paging.ts';

/** So long an answer stands for the same question, in milliseconds. */
const longest = 30_000;
/** So long somebody is who they were found to be, while the same credentials are in use. Milliseconds. */
const longestCaller = 300_000;
/** A longer listing is asked for again: it would fill the memory. */
const mostPages = 20;

/** An answer, or one that is awaited. `by`: the credentials with which it was had, once it is there. */
interface Kept {
  readonly at: number; // when it was asked for, milliseconds since 1970
  readonly answer: Promise<unknown>;
  readonly within: number | undefined; // how long whoever asked waits
  by?: object;
}
/** What AWS answered a moment ago: looks that follow one another at once share it. */
export interface KeptAnswers {
  answers: Map<string, Kept>;
  callers: Map<string, Kept>;
  /** Nothing that was answered until now stands for what AWS would answer now. */
  forget(): void;
  /** Who acts neither. */
  forgetCallers(): void;
}
type Kinds = 'answers' | 'callers';
/** With nothing in it: a process that has just started asks for everything. */
export const keepAnswers = (): KeptAnswers => {
  const kept: KeptAnswers = {
    answers: new Map(),
    callers: new Map(),
    // New ones: what is under way is written into the old.
    forget: () => {
      kept.answers = new Map();
    },
    forgetCallers: () => {
      kept.callers = new Map();
    },
  };
  return kept;
};

/**
 * The same way into AWS, on which a question that was answered a moment ago is not put again: 30 seconds, and only while
 * the same credentials are in use. Whoever writes, waits or asks a person says so with `forget`. Who acts stands while
 * the credentials do, five minutes at most. What AWS refuses for good is an answer, too. `who`: whose way it is; `now`:
 * milliseconds since 1970.
 */
export function keeping(aws: Aws, who: string, kept: KeptAnswers, now: () => number): Aws {
  let caller: Promise<unknown> | undefined; // of this look: where it is not told which credentials are in use
  const keyOf = (operation: string, input: unknown): string =>
    `${who} ${aws.region} ${operation} ${JSON.stringify(input)}`;
  /** What was answered, where it stands, or is awaited just now. */
  const standing = (one: Kept | undefined, lasts: number): Promise<unknown> | undefined => {
    if (!one || one.at > now() || now() - one.at >= lasts) return undefined; // or the clock was set back
    return !one.by || one.by === aws.inUse?.() ? one.answer : undefined;
  };
  /** The credentials with which it was answered; undefined where they were exchanged meanwhile. */
  const hadWith = (before: object | undefined): object | undefined => {
    const by = aws.inUse?.();
    return before === undefined || before === by ? by : undefined;
  };
  const ask = (all: Kinds, key: string, within: number | undefined, answer: Promise<unknown>): void => {
    const before = aws.inUse?.();
    const one: Kept = { at: now(), answer, within };
    const into = kept[all];
    into.set(key, one);
    const settled = (stands: boolean): void => {
      const by = stands ? hadWith(before) : undefined;
      if (by !== undefined) one.by = by;
      else if (into.get(key) === one) into.delete(key);
    };
    // Who acts is no matter of being refused.
    answer.then(
      () => settled(true),
      (error) => settled(all === 'answers' && isAnswer(error)),
    );
  };
  return {
    ...aws,
    in: (region) => {
      const there = aws.in(region) as Aws; // the credentials are the same
      return keeping({ ...there, ...defined({ inUse: aws.inUse }) }, who, kept, now);
    },
    read: (operation, input, limit) => {
      type Answer = ReturnType<typeof aws.read<typeof operation>>;
      const identity = operation === 'sts:GetCallerIdentity';
      if (identity && !aws.inUse) {
        caller ??= aws.read(operation, input, limit);
        return caller as Answer;
      }
      const [all, key, lasts] = identity
        ? (['callers', who, longestCaller] as const)
        : (['answers', keyOf(operation, input), longest] as const);
      const anew = (): Answer => {
        const answer = aws.read(operation, input, limit);
        ask(all, key, limit?.within, answer);
        return answer as Answer;
      };
      const one = kept[all].get(key);
      const known = standing(one, lasts) as Answer | undefined;
      if (!one || !known) return anew();
      if (one.by || one.within === limit?.within) return known;
      // Somebody else waits for it, longer or not as long.
      if (limit?.within !== undefined) return noLonger(known, limit.within) as Answer;
      return known.catch((error) => (isAnswer(error) ? known : anew())) as Answer;
    },
    pages: async function* (operation, input, limit) {
      type Page = Awaited<ReturnType<typeof aws.read<typeof operation>>>;
      const key = keyOf(operation, input);
      const { answers } = kept;
      const known = standing(answers.get(`all of ${key}`), longest);
      if (known) {
        yield* (await known) as readonly Page[];
        return;
      }
      // Mostly the first page is the last, too: then whoever asks for it tells everybody.
      const begun = answers.get(key);
      const shared = begun && (begun.by || begun.within === limit?.within) && standing(begun, longest);
      const only = shared && ((await shared) as Page | undefined);
      if (only && nextOf(only) === undefined) {
        yield only;
        return;
      }
      const [at, before] = [now(), aws.inUse?.()];
      const asked = aws.pages(operation, input, limit)[Symbol.asyncIterator]();
      const first = asked.next();
      ask(
        'answers',
        key,
        limit?.within,
        first.then(({ value }) => value),
      );
      const pages: unknown[] = [];
      try {
        for (let page = await first; !page.done; page = await asked.next()) {
          if (pages.length <= mostPages) pages.push(page.value);
          yield page.value;
        }
      } finally {
        await asked.return?.();
      }
      const by = hadWith(before);
      if (by !== undefined && pages.length > 1 && pages.length <= mostPages)
        answers.set(`all of ${key}`, { at, answer: Promise.resolve(pages), within: undefined, by });
    },
  };
}

/** The answer of a question that somebody else has put, for who does not wait so long. */
const noLonger = <T>(answer: Promise<T>, ms: number): Promise<T> =>
  new Promise((resolve, reject) => {
    const over = (): void => reject(new OutcomeUnknown(`no answer within ${ms / 1_000} seconds`));
    const timer = setTimeout(over, ms);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
const isAnswer = (error: unknown): boolean => error instanceof RequestRejected && !passes(error.code);
