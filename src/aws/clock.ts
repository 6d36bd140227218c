import type { Actor } from '../model/call.ts';
import { CredentialsError } from '../model/reader.ts';
import type { Middleware } from './operations.ts';

/** AWS refuses what was signed 15 minutes before or after its own time. */
const farthest = 14 * 60_000;

/**
 * Tells how many milliseconds AWS's clock is ahead of ours: its answers have whole seconds, so it is less by up to one.
 * Stops at the first answer that shows the clocks apart. The SDK would sign with AWS's time from then on, without a
 * word: the journal's times would be wrong, and the first write refused, because a write is tried once.
 */
export const sameClock =
  (actor: Actor, tell: (ahead: number) => void): Middleware =>
  (next) =>
  async (args) => {
    const answer = await next(args);
    const { headers = {} } = (answer as { response?: { headers?: Record<string, string> } }).response ?? {};
    const theirs = Date.parse(headers.date ?? '');
    const ours = Date.now();
    if (headers['x-amzn-requestid'] && !Number.isNaN(theirs)) tell(theirs - ours);
    // Only AWS's word counts: a page of a network has a date too, and no request id.
    if (headers['x-amzn-requestid'] && Math.abs(theirs - ours) > farthest)
      throw new CredentialsError(
        actor,
        clocksSay(ours, theirs),
        'Set the clock of this machine, then check again.',
        undefined,
        { about: 'clock' },
      );
    return answer;
  };

const clocksSay = (ours: number, theirs: number): string =>
  `The clock of this machine is ${Math.round(Math.abs(theirs - ours) / 60_000)} minutes ${ours < theirs ? 'behind' : 'ahead of'} AWS’s: it is ${utc(ours)} here and ${utc(theirs)} at AWS. AWS accepts no more than 15 minutes.`;
const utc = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
