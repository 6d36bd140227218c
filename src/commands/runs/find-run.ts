import type { JournalError } from '../../journal/errors.ts';
import type { Header } from '../../journal/journal.ts';
import type { CliError } from '../process/exit.ts';

/** A run on disk. */
export interface Known {
  readonly header: Header;
  readonly folder: string;
  readonly finished: boolean;
  /** Why its journal cannot be read. What it made is not known then. */
  readonly unreadable?: JournalError;
  /** Why it cannot be gone on with here: it is of another runbook. */
  readonly foreign?: CliError;
}

/** As ids are shown: their end, which differs where runs were begun one after the other. */
export const shortId = (id: string): string => id.slice(-shown);
export const shown = 8; // characters

/** The runs that a text may mean: any part of an id, in any case. */
export function runsNamed(all: readonly Known[], text: string): readonly Known[] {
  const part = text.trim().toUpperCase();
  const whole = all.filter(({ header }) => header.run === part);
  return whole.length > 0 ? whole : all.filter(({ header }) => part !== '' && header.run.includes(part));
}
/**
 * Whether a text says too little of the id for what cannot be reversed by naming the right one next: that takes the
 * characters that are shown, or more.
 */
export const isTooShort = (text: string): boolean => text.trim().length < shown;
