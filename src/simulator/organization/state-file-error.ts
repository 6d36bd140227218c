/** A state file that cannot be gone on with: it is left as it is. */
export class StateFileError extends Error {
  /** There is no room on its disk: nothing is wrong with the file. */
  readonly full: boolean;
  constructor(file: string, found: string, full = false) {
    super(`The simulated organization in ${file} cannot be used: ${found}.`);
    this.full = full;
  }
}
