import { formatCount } from './format-count.ts';

/** How far something is. `what`: of what, and what is done with it: 'permission sets checked'. `of`: how many there are. */
export interface Count {
  readonly what: string;
  readonly done: number;
  readonly of?: number;
  /** It only informs: whoever waits may go on without it. */
  readonly passes?: true;
}

/** How far it is, how fast, and how long it takes at that pace. `rate`: a second; undefined while that is not known. */
export function describeProgress({ what, done, of }: Count, rate: number | undefined): string {
  const count =
    of === undefined ? `${formatCount(done)} ${what}` : `${formatCount(done)} of ${formatCount(of)} ${what}`;
  if (rate === undefined || rate <= 0) return count;
  const pace = `, ${rate < 10 ? Math.round(rate * 10) / 10 : formatCount(Math.round(rate))} a second`;
  return of === undefined || of <= done ? count + pace : `${count}${pace}, ${left((of - done) / rate)} left`;
}
const left = (seconds: number): string =>
  seconds < 90
    ? `about ${Math.max(1, Math.ceil(seconds / 5) * 5)} s`
    : `about ${Math.round(seconds / 60)} min`;

const window = 15_000; // ms
const least = 1_500; // ms
interface Sample {
  readonly at: number;
  readonly done: number;
}

/** Measures how fast something goes, by its last quarter of a minute: it moves with what AWS does. */
export function createRate(): (done: number, now: number) => number | undefined {
  let samples: readonly Sample[] = [];
  return (done, now) => {
    const last = samples.at(-1);
    // Counted anew, or by a clock that was set back.
    if (last && (done < last.done || now < last.at)) samples = [];
    samples = [...samples.filter(({ at }) => now - at <= window), { at: now, done }];
    const [first] = samples;
    if (!first || now - first.at < least) return undefined;
    return ((done - first.done) * 1000) / (now - first.at);
  };
}
