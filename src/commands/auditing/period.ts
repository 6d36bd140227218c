import { CliError, exitCodes } from '../process/exit.ts';

/** A time from one moment up to another that is no part of it. Milliseconds since 1970. */
export interface Period {
  readonly from: number;
  readonly to: number;
}
const day = 86_400_000;

/** From a day or a moment to another, that day included. Days are UTC. Throws `CliError` for what is neither. */
export function periodOf(from: string | undefined, to: string | undefined): Period {
  const period = {
    from: from === undefined ? Number.NEGATIVE_INFINITY : momentIn(from, '--from'),
    to: to === undefined ? Number.POSITIVE_INFINITY : momentIn(to, '--to') + (isDay(to) ? day : 1),
  };
  if (period.from < period.to) return period;
  throw new CliError(exitCodes.usage, `--from ${from} is after --to ${to}.`);
}
const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text);
function momentIn(text: string, flag: string): number {
  const at =
    isDay(text) || /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text)
      ? Date.parse(text)
      : Number.NaN;
  // Date.parse takes 31 February for a day in March.
  if (!Number.isNaN(at) && (!isDay(text) || new Date(at).toISOString().startsWith(text))) return at;
  throw new CliError(
    exitCodes.usage,
    `“${text}” is not a day or a time for ${flag}.`,
    'A day is written 2026-11-30, a time 2026-11-30T08:00:00Z.',
  );
}
