export type JournalProblem = 'locked' | 'damaged' | 'not-writable' | 'newer' | 'foreign' | 'another-writer';

/** Why the journal cannot be used, and what to do. Nothing was changed by what failed. */
export class JournalError extends Error {
  readonly kind: JournalProblem;
  readonly remedy: string;
  constructor(kind: JournalProblem, message: string, remedy: string) {
    super(message);
    this.kind = kind;
    this.remedy = remedy;
  }
}

/** A problem of the file system, in a sentence. */
export const notWritable = (what: string, error: unknown): JournalError =>
  new JournalError(
    'not-writable',
    `${what}: ${error instanceof Error ? error.message : String(error)}.`,
    'See to the folder and the space on its disk, then start again: the run goes on where it was. CW_RUNBOOK_HOME names another folder.',
  );
