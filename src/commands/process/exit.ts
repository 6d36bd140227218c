/** Exit codes, as `cw-runbook --help` and the README list them. */
export const exitCodes = {
  done: 0,
  unexpected: 1,
  changesPending: 2,
  parked: 3,
  answerNeeded: 4,
  prerequisite: 5,
  credentials: 6,
  journal: 7,
  usage: 64,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A problem with a sentence for the operator: what was tried, what was found, and what to do. Never a stack trace. */
export class CliError extends Error {
  readonly code: ExitCode;
  readonly remedy: string;
  /** What belongs to the remedy, a line each: what can be chosen, or typed. */
  readonly lines: readonly string[];
  constructor(code: ExitCode, message: string, remedy = '', lines: readonly string[] = []) {
    super(message);
    this.code = code;
    this.remedy = remedy;
    this.lines = lines;
  }
}
