import { streamHandoff } from '../../journal/evidence/stream-handoff.ts';
import { journalPieces, type Piece, streamJournal } from '../../journal/evidence/stream-journal.ts';
import { damaged } from '../../journal/format.ts';
import { fileIn } from '../../journal/journal.ts';
import type { Fault } from '../../model/evidence/chain.ts';
import { chooseRun } from '../runs/choose-run.ts';
import { unfinishedIn } from '../runs/unfinished-line.ts';
import type { Which } from './source.ts';

/** A journal that is gone through piece by piece: of this machine, or of a hand-off's file. */
export interface Pieces {
  readonly file: string;
  /** Verified as they come. */
  all(): AsyncIterable<Piece> | Iterable<Piece>;
  /** Once more. */
  again(): Iterable<Piece>;
  /** What has to be known of bytes behind its whole lines. */
  unfinished(torn: number): Promise<string | undefined>;
  /** Throws what is said of a journal with that fault. */
  refuse(fault: Fault): void;
}

/** Throws `CliError` and `JournalError`. */
export async function piecesOf({ file, redact: _, ...which }: Which): Promise<Pieces> {
  if (file !== undefined)
    return { file, unfinished: () => Promise.resolve(undefined), ...(await streamHandoff(file)) };
  const { folder } = await chooseRun(which);
  const journal = fileIn(folder);
  return {
    file: journal,
    all: () => streamJournal(folder),
    again: () => journalPieces(journal),
    unfinished: (torn) => unfinishedIn(folder, torn),
    refuse: ({ line, what }) => {
      throw damaged(journal, line, what);
    },
  };
}
