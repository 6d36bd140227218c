import type { Ports } from '../../engine/ports.ts';

/** So long nothing is said of what lasts, in milliseconds. */
const between = 30_000;

/** Says that AWS gives no answer: at once, and while that lasts again, with how long and how often it was asked. */
export function silenceSaid(say: (line: string) => void, now: () => number = Date.now): Ports['show'] {
  let said = '';
  let last = Number.NEGATIVE_INFINITY;
  return (activity) => {
    if (activity.is !== 'no-answer') return;
    const { why, since, tries, until } = activity;
    const lasting = why === said && tries !== undefined && until !== undefined;
    if (why === said && (!lasting || now() - last < between)) return;
    said = why;
    last = now();
    say(
      lasting
        ? `waiting      still no answer from AWS after ${spoken(now() - since)} and ${tries} looks; it is asked until ${clock(until)} UTC: ${why}`
        : `waiting      no answer from AWS: ${why}`,
    );
  };
}

const spoken = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};
const clock = (at: number): string => new Date(at).toISOString().slice(11, 19);
