import { useEffect, useRef } from 'react';
import type { SessionView } from '../session/session.ts';
import { type Rows, titled, usualTitle } from './rows.ts';

/** Who waits shorter than this is still looking. */
const looksAway = 10_000; // ms
const bell = '\u0007';

/** Calls the operator when something is asked after a wait: with the bell, and in the window's title until it is answered. */
export function useAttention(
  { ask, activity }: SessionView,
  terminal: Pick<Rows, 'aside'> | undefined,
  now: () => number,
): void {
  const waiting = useRef<number | undefined>(undefined);
  const called = useRef(false);
  useEffect(() => {
    if (ask === undefined || ask.is === 'busy' || ask.is === 'watching') {
      if (activity.is !== 'idle' || ask?.is === 'busy') waiting.current ??= now();
      if (called.current) terminal?.aside(titled(usualTitle));
      called.current = false;
      return;
    }
    const since = waiting.current;
    waiting.current = undefined;
    if (since === undefined || now() - since < looksAway) return;
    called.current = true;
    terminal?.aside(`${bell}${titled(`(!) ${usualTitle} waits for you`)}`);
  }, [ask, activity, terminal, now]);
}
