import type { Command } from 'commander';
import {
  confirmOption,
  paceOption,
  patienceOption,
  pollOption,
  reconfirmOption,
  simulateOption,
} from '../process/options.ts';
import { timeoutOption } from '../process/timeout-option.ts';

/** What every command takes that may change something: how that is confirmed, how long is waited, and a rehearsal. */
export const changing = (command: Command): Command =>
  command
    .option(...confirmOption)
    .option(...reconfirmOption)
    .option(...pollOption)
    .option(...patienceOption)
    .option(...timeoutOption)
    .option(...paceOption)
    .option(...simulateOption);

/** The same of a command that only looks at AWS. */
export const looking = (command: Command): Command =>
  command.option(...simulateOption).option(...timeoutOption);
