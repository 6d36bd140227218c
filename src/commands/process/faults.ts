import { type Order, orderFromText } from '../../simulator/faults/fault-queue.ts';
import { CliError, exitCodes } from './exit.ts';

/** The faults of --fault options. Throws `CliError` for one that cannot be understood. */
export const faultsNamed = (texts: readonly string[]): readonly Order[] =>
  texts.map((text) => {
    try {
      return orderFromText(text);
    } catch (error) {
      throw new CliError(
        exitCodes.usage,
        `--fault ${text}: ${error instanceof Error ? error.message : String(error)}.`,
        'Its form: --fault NAME, or --fault NAME:parameter=value,parameter=value. Every fault has operation, after and times.',
      );
    }
  });
