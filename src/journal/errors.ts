import { systemError } from '../model/text/system-error.ts';
/** Why a journal cannot be used, for whoever decides what to do then. */
export type JournalProblem =
  | 'locked'
  | 'damaged'
  | 'not-writable'
  | 'newer'
  | 'foreign'
  | 'another-writer'
  | 'not-a-file'; // what was named on the command line is missing, cannot be read as a file, or is there already

/** Where a journal is damaged: the line, 1 the first, and what is wrong with it, in words. */
export interface Damage {
  readonly line: number;
  readonly what: string;
}

/** Why the journal cannot be used, and what to do. */
export class JournalError extends Error {
  readonly kind: JournalProblem;
  readonly remedy: string;
  /** Lines that belong into the journal and are not in it. Nothing else has them. */
  readonly unwritten: string[] = [];
  readonly damage?: Damage;
  constructor(kind: JournalProblem, message: string, remedy: string, damage?: Damage) {
    super(message);
    this.kind = kind;
    this.remedy = remedy;
    if (damage) this.damage = damage;
  }
}

/** Another process writes to the run in this folder. */
export class RunLocked extends JournalError {
  readonly folder: string;
  constructor(folder: string, holder: string | undefined) {
    super(
      'locked',
      `This run is open in another window${holder === undefined ? '' : `: ${holder}`}.`,
      'Continue there, or close it first. Two programs must not write to one run.',
    );
    this.folder = folder;
  }
}

/**
 * A problem of writing, for the operator: what could not be done, and the system's reason. To be thrown. What is a
 * `JournalError` already stays as it is.
 */
export const notWritable = (what: string, error: unknown): JournalError =>
  problem(
    what,
    error,
    'Check the folder and free disk space, then start again: the run continues where it was. CW_RUNBOOK_HOME names another folder.',
  );
/** The same of reading. */
export const notReadable = (what: string, error: unknown): JournalError =>
  problem(what, error, 'Check the file and its folder, or name another state folder with CW_RUNBOOK_HOME.');

const problem = (what: string, error: unknown, remedy: string): JournalError =>
  error instanceof JournalError
    ? error
    : new JournalError('not-writable', `${what}: ${systemError(error)}.`, remedy);
