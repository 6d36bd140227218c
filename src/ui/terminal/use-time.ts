import { useEffect, useReducer, useRef } from 'react';
import type { Ask } from '../session/ask.ts';
import type { Session } from '../session/session.ts';

/** Counts the seconds while something is waited for: one row changes, once a second. */
export function useSeconds(active: boolean): void {
  const [, add] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    if (!active) return undefined;
    const timer = setInterval(add, 1_000);
    return () => clearInterval(timer);
  }, [active]);
}

/** Tries again by itself when AWS has been left alone for long enough. */
export function useCountdown(ask: Ask | undefined, session: Session, now: () => number): void {
  const clock = useRef(now);
  clock.current = now;
  useEffect(() => {
    if (ask?.is !== 'busy') return undefined;
    const again = (): void => {
      if (session.view().ask === ask) session.reply({ do: 'again' });
    };
    const timer = setTimeout(again, Math.max(0, ask.until - clock.current()));
    return () => clearTimeout(timer);
  }, [ask, session]);
}
