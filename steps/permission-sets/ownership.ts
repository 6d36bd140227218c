import type { AppliedChange } from '../../src/model/step.ts';

/** The tag on what is created: its value is the run's id. */
export const runTag = 'cw-runbook:run';
/** AWS's clock and the operator's may differ so much, in milliseconds. */
const skew = 300_000;
/** True where AWS's date fits the time in which this run made it. */
export const isOfThen = ({ at, seen }: AppliedChange, date: number | undefined): boolean =>
  date !== undefined && date >= at - skew && date <= seen + skew;
