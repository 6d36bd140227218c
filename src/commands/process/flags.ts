import { InvalidArgumentError } from 'commander';
import { didYouMean } from '../../model/text/did-you-mean.ts';
import { exitCodes } from './exit.ts';

/** What `run` is told on the command line. */
export interface RunFlags {
  readonly answers?: string;
  readonly answer?: readonly string[];
  readonly questions?: true;
  readonly reclaim?: string;
  readonly yes: boolean;
  readonly confirm: readonly string[];
  readonly reconfirm?: number;
  readonly keep?: readonly string[];
  readonly pollInterval?: number;
  readonly changeTimeout?: number;
  readonly rateLimit?: number;
  readonly timeout?: number;
  readonly simulate?: string | true;
  readonly json?: true;
  readonly message?: string;
}
/** The same of `undo` and `resume`. */
export type UndoFlags = Omit<RunFlags, 'questions' | 'reclaim'>;

/** What `plan` is told. */
export interface PlanFlags extends Pick<RunFlags, 'answers' | 'answer' | 'yes' | 'timeout' | 'simulate'> {
  readonly json?: true;
  readonly schema?: true;
  readonly out?: string;
  readonly undo?: true;
}

/** What `apply` is told. */
export type ApplyFlags = Omit<RunFlags, 'questions' | 'reclaim' | 'keep'>;

/** Every exit code, and what it says. */
export const exitCodesSaid: readonly (readonly [string, string])[] = [
  [`${exitCodes.done}`, 'done, or nothing to do'],
  [`${exitCodes.unexpected}`, 'unexpected, or AWS refused a change'],
  [`${exitCodes.changesPending}`, 'somebody else changed AWS meanwhile: nothing was sent'],
  [`${exitCodes.parked}`, 'exited or declined, or still pending at AWS'],
  [`${exitCodes.answerNeeded}`, 'an answer or a confirmation is needed'],
  [`${exitCodes.prerequisite}`, 'a prerequisite fails'],
  [`${exitCodes.credentials}`, 'credentials'],
  [`${exitCodes.journal}`, 'the journal is damaged, locked or not writable'],
  [`${exitCodes.usage}`, 'usage, or a named file cannot be read'],
  [`${exitCodes.hungUp}, ${exitCodes.interrupted}, ${exitCodes.terminated}`, 'interrupted'],
];
/** What stands below the list of commands. */
export const help = `
Exit codes:
${exitCodesSaid.map(([code, says]) => `  ${code.padEnd(5)}${says.padStart(says.length + (code.length > 4 ? 1 : 0))}`).join('\n')}

State is kept in CW_RUNBOOK_HOME, or in your data folder.`;

/** A value of a few: what may be meant is said of any other. */
export const oneOf =
  (allowed: readonly string[]) =>
  (value: string): string => {
    if (allowed.includes(value)) return value;
    throw new InvalidArgumentError(`${didYouMean(value, allowed)}Allowed: ${allowed.join(', ')}.`);
  };
