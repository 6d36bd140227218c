import { StateFileError } from '../../simulator/organization/state-file-error.ts';
import { CliError, exitCodes } from './exit.ts';

/** Throws `CliError`, with what to do, where the file that a simulated organization is kept in cannot be used. */
export async function withStateFile<T>(remedy: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StateFileError)
      throw new CliError(exitCodes.usage, error.message, error.full ? makeRoom : remedy);
    throw error;
  }
}
const makeRoom = 'Make room on that disk, then start again.';
