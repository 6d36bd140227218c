import type { Book, Runbook } from '../../model/runbook.ts';
import type { Recording } from '../record/recording.ts';

/** What the definitions of the commands are handed. */
export interface Context {
  readonly book: Book;
  readonly recording: Recording;
  /** Takes the exit code. */
  readonly done: (code: number) => void;
  /** What most commands are given: the loaded runbook and the state folder, made where it is missing. */
  readonly given: () => Promise<{ readonly runbook: Runbook; readonly home: string }>;
  /** The same for a command that only reads: nothing is made. */
  readonly toRead: () => Promise<{ readonly runbook: Runbook; readonly home: string }>;
}
