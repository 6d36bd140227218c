import type { Reference } from './reference.ts';
import type { Ended } from './rig.ts';

/** How long a start is expected to take just now, in milliseconds: other programs on the machine come and go. */
export interface Pace {
  /** To the first line. */
  begins(): number;
  /** From there to its end, when so many changes were made before. */
  works(changed: number): number;
  /** A start that was let finish. */
  saw(ended: Ended, begun: number | undefined, changed: number): void;
}

export function paceOf({ begins, whole, again, changes }: Reference): Pace {
  let [beginning, working] = [1, 1];
  const works = (changed: number): number => whole - (whole - again) * Math.min(1, changed / changes);
  return {
    begins: () => begins * beginning,
    works: (changed) => works(changed) * working,
    saw({ ms }, begun, changed) {
      if (begun === undefined) return;
      beginning = (beginning + begun / begins) / 2;
      working = (working + (ms - begun) / works(changed)) / 2;
    },
  };
}
