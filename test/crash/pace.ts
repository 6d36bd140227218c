import type { Reference } from './reference.ts';
import type { Ended } from './rig.ts';

/** How long a start is expected to take just now, in milliseconds: other programs on the machine come and go. */
export interface Pace {
  /** To the first line. */
  begins(): number;
  /** From there to its end, when so many changes were made before. */
  works(changed: number): number;
  /** A start that was not killed before its end. */
  saw(ended: Ended, begun: number | undefined, changed: number): void;
  /** How long a start took to its first line, whatever became of it. */
  sawBegin(ms: number): void;
}

export function paceOf({ begins, whole, again, changes }: Reference): Pace {
  let [beginning, working] = [1, 1];
  const works = (changed: number): number => whole - (whole - again) * Math.min(1, changed / changes);
  const sawBegin = (ms: number): void => {
    beginning = (beginning + ms / begins) / 2;
  };
  return {
    begins: () => begins * beginning,
    works: (changed) => works(changed) * working,
    sawBegin,
    saw({ ms }, begun, changed) {
      if (begun === undefined) return;
      sawBegin(begun);
      working = (working + (ms - begun) / works(changed)) / 2;
    },
  };
}
