import { passes, RequestRejected } from '../../model/reader.ts';

// AWS answers 20 requests a second of IAM Identity Center, all operations together, and refuses the rest. The SDK would
// try those again a few times and give up, and the whole search with it: so one goes as fast as AWS lets one.

/** Milliseconds between two requests: a little less than AWS allows, because others ask too. */
const usualGap = 51;
const longestGap = 1_000;
/** What may go at once before that counts: a small organization waits for nothing. */
const usualBurst = 10;
const tries = 8;

/** The clock that the engine goes by. */
export interface Clock {
  now(): number;
  sleep(ms: number): Promise<void>;
}
/** The pace of one count of requests, shared by all who ask under it. */
export interface Pace {
  /** Resolves when the next request may go. */
  turn(): Promise<void>;
  /** Asks in its turn, slower where AWS says that it is asked too often, and again. */
  ask<T>(reading: () => Promise<T>): Promise<T>;
}

/**
 * Makes a pace: ten at once, or `burst`, then one every `gap` milliseconds (AWS answers 20 a second; IAM Identity Center user
 * guide, quotas), slower where AWS says that it is too often. Throws, from `ask`, what does not pass at once, and the
 * eighth refusal that does.
 */
export function createPace({ now, sleep }: Clock, gap = usualGap, burst = usualBurst): Pace {
  const slowest = Math.max(longestGap, 8 * gap);
  let every = gap;
  let next = Number.NEGATIVE_INFINITY;
  const turn = async (): Promise<void> => {
    const at = now();
    const mine = Math.max(next, at - burst * every);
    next = mine + every;
    if (mine > at) await sleep(mine - at);
  };
  const ask = async <T>(reading: () => Promise<T>): Promise<T> => {
    for (let n = 1; ; n++) {
      await turn();
      try {
        const answer = await reading();
        every = Math.max(gap, every * 0.98);
        return answer;
      } catch (error) {
        if (!(error instanceof RequestRejected && passes(error.code)) || n === tries) throw error;
        every = Math.min(slowest, every * 1.5);
        next = Math.max(next, now() + every); // nothing goes at once any more
      }
    }
  };
  return { turn, ask };
}
