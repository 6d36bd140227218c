/** A state file that cannot be gone on with: it is left as it is. */
export class StateFileError extends Error {
  constructor(file: string, found: string) {
    super(`The simulated organization in ${file} cannot be used: ${found}.`);
  }
}
