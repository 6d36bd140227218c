import { setMaxListeners } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Reader } from '../../model/reader.ts';
import { type ExitCode, exitCodes } from './exit.ts';
import { isLost } from './output.ts';

/** Thrown out of a wait when the operator leaves: what is under way is on disk, and is taken up the next time. */
export class Left extends Error {}

/** The wish to leave. The first one lets the call in flight finish and be written down, another one does not wait. */
export interface Shutdown {
  /** Aborted by the first wish. */
  readonly signal: AbortSignal;
  /** The exit code of the first wish; undefined before it. */
  code(): ExitCode | undefined;
  requestShutdown(code: ExitCode): void;
  /** Ctrl-C is for somebody else until this has ended: the terminal sends it to everybody in the foreground. */
  spare<T>(meanwhile: () => Promise<T>): Promise<T>;
  /** Stops listening. */
  end(): void;
}
export interface ShutdownOptions {
  /** Where the operator is: when one of them breaks, nobody is there any more. */
  readonly streams: readonly (Readable | Writable)[];
  /** A second wish. */
  readonly again: (code: ExitCode) => void;
  /** From now on another signal counts as a second wish. */
  readonly mayRepeat?: () => void;
}
/** npm and npx pass a Ctrl-C on to a program that has had it from the terminal already: that is one wish, not two. */
const echo = 100; // ms

/** Listens to signals and to the loss of the terminal. */
export function listen({ streams, again, mayRepeat }: ShutdownOptions): Shutdown {
  const leaving = new AbortController();
  setMaxListeners(0, leaving.signal); // as many as there are requests under way
  let first: ExitCode | undefined;
  let repeatable = false;
  let spared = false;
  const wish = (code: ExitCode): void => {
    if (first !== undefined) {
      again(code);
      return;
    }
    first = code;
    setTimeout(() => {
      repeatable = true;
      mayRepeat?.();
    }, echo).unref();
    leaving.abort();
  };
  const signalled = (code: ExitCode) => () => {
    if (spared && code === exitCodes.interrupted) return;
    if (first === undefined || repeatable) wish(code);
  };
  // A terminal that goes says so in several ways at once, and a system that shuts down sends it after SIGTERM.
  const gone = (): void => {
    if (first === undefined) wish(exitCodes.hungUp);
  };
  const broke = streams.map((stream) => (error: unknown): void => {
    if (first === undefined) wish(isLost(error, stream) ? exitCodes.unexpected : exitCodes.hungUp);
  });
  const signals = [
    ['SIGINT', signalled(exitCodes.interrupted)],
    ['SIGTERM', signalled(exitCodes.terminated)],
    ['SIGHUP', gone],
  ] as const;
  for (const [signal, told] of signals) process.on(signal, told);
  for (const [n, stream] of streams.entries()) stream.on('error', broke[n] ?? gone).on('end', gone);
  return {
    signal: leaving.signal,
    code: () => first,
    requestShutdown: wish,
    spare: async (meanwhile) => {
      spared = true;
      try {
        return await meanwhile();
      } finally {
        await signalsHeard();
        spared = false;
      }
    },
    end: () => {
      for (const [signal, told] of signals) process.off(signal, told);
      for (const [n, stream] of streams.entries()) stream.off('error', broke[n] ?? gone).off('end', gone);
    },
  };
}

/**
 * A Ctrl-C goes to everybody in the terminal at once. Of a program that it has ended we may hear before we hear of the
 * Ctrl-C itself: it has come already, and is told in the same turn.
 */
export const signalsHeard = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Begins something and waits for it, unless the operator leaves: then it is not begun, or not waited for. */
export const unlessLeft = <T>(leaving: AbortSignal, begin: () => Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const leave = (): void => reject(new Left());
    if (leaving.aborted) return leave();
    leaving.addEventListener('abort', leave, { once: true });
    begin()
      .then(resolve, reject)
      .finally(() => leaving.removeEventListener('abort', leave));
  });

export const sleep = (ms: number, leaving: AbortSignal): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const slept = unlessLeft(
    leaving,
    () =>
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms);
      }),
  );
  return slept.finally(() => clearTimeout(timer));
};

/** Looks as the reader does, and stops looking when the operator leaves: nothing is lost by that. */
export const leavable = (reader: Reader, leaving: AbortSignal): Reader => ({
  region: reader.region,
  search: reader.search,
  in: (region) => leavable(reader.in(region), leaving),
  read: (operation, input, limit) => unlessLeft(leaving, () => reader.read(operation, input, limit)),
  pages: async function* (operation, input, limit) {
    const pages = reader.pages(operation, input, limit)[Symbol.asyncIterator]();
    for (;;) {
      const page = await unlessLeft(leaving, () => pages.next());
      if (page.done) return;
      yield page.value;
    }
  },
});
