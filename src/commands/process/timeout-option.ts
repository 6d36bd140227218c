import { InvalidArgumentError } from 'commander';

/** Node's timers know no longer time: 24 days. */
const longest = 2 ** 31 - 1; // ms

/** For what a person would answer, where there is none. Resolves to milliseconds. */
export const timeoutOption = [
  '--timeout <time>',
  'how long a credential_process may take before it is stopped: 60s unless given; a bare number is milliseconds',
  (value: string): number => {
    const [, number, unit] = /^(\d{1,8})(ms|s|m)?$/.exec(value) ?? [];
    if (number === undefined) throw new InvalidArgumentError('It has to be a time such as 60s.');
    return Math.min(longest, Number(number) * (unit === 'm' ? 60_000 : unit === 's' ? 1_000 : 1));
  },
] as const;
