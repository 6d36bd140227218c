import type { Ports } from '../../engine/ports.ts';

const often = 15_000; // ms

/** Says what AWS does not show yet, once, and every quarter of a minute for how long that has been waited for. */
export function waitingSaid(say: (line: string) => void, now: () => number = Date.now): Ports['show'] {
  let about = '';
  let last = 0;
  return (activity) => {
    if (activity.is !== 'waiting-to-show' || activity.why === undefined) return;
    const { step, why, since } = activity;
    const fresh = why !== about;
    if (!fresh && now() - last < often) return;
    about = why;
    last = now();
    const seconds = Math.max(0, Math.round((last - since) / 1000));
    say(`waiting      ${step}: ${fresh ? why : `AWS still answers the same after ${seconds} s`}`);
  };
}
