import { useEffect, useReducer, useRef } from 'react';
import type { Ask } from '../session/ask.ts';
import type { Mode } from './state.ts';

/** Calls back once, after `ms` milliseconds, unless what it returns is called before. */
export type Timer = (then: () => void, ms: number) => () => void;
export const timer: Timer = (then, ms) => {
  const running = setTimeout(then, ms);
  return () => clearTimeout(running);
};
/** In less time nobody has read what there is to confirm. */
const unread = 150; // ms

interface Confirmation {
  readonly ask: Ask;
  readonly typed: boolean;
}
const confirmationIn = (ask: Ask | undefined, mode: Mode): Confirmation | undefined => {
  const typed = mode.is === 'typed';
  return ask && (typed || (mode.is === 'keys' && ['confirm', 'accept', 'incoming'].includes(ask.is)))
    ? { ask, typed }
    : undefined;
};

/** True where a key may confirm a change, or credentials. */
export const confirms = (ask: Ask | undefined, mode: Mode): boolean =>
  confirmationIn(ask, mode) !== undefined;

/** Keeps keys that were meant for something else, and what was pasted, from confirming. */
export interface Guard {
  /** True while nothing confirms yet: the confirmation has only just come up, or keys are pouring in. */
  early(ask: Ask, mode: Mode): boolean;
  /** Keys came that cannot have been meant for the confirmation: the time begins anew. */
  poured(): void;
}
/** `ask`: the one that can be read, if there is one. */
export function useGuard(ask: Ask | undefined, mode: Mode, after: Timer): Guard {
  const settled = useRef<Confirmation | undefined>(undefined);
  const [pours, count] = useReducer((n: number) => n + 1, 0);
  const [, draw] = useReducer((n: number) => n + 1, 0);
  const typed = confirmationIn(ask, mode)?.typed;
  // biome-ignore lint/correctness/useExhaustiveDependencies: keys that pour in begin the time anew
  useEffect(() => {
    settled.current = undefined;
    if (!ask || typed === undefined) return undefined;
    return after(() => {
      settled.current = { ask, typed };
      draw();
    }, unread);
  }, [ask, typed, pours, after]);
  return {
    early: (now, its) => {
      const confirmation = confirmationIn(now, its);
      return (
        confirmation !== undefined &&
        (settled.current?.ask !== confirmation.ask || settled.current.typed !== confirmation.typed)
      );
    },
    poured: () => {
      settled.current = undefined;
      count();
    },
  };
}
