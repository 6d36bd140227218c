import type { Event } from '../../model/event.ts';
import { foldEvents, type Run } from '../../model/run.ts';
import { handedIn, handedOffIn, organizationIn, partsOf } from '../handoff.ts';
import { readForeign } from '../handoff-file.ts';
import { strangeIn } from '../shape.ts';
import { type Piece, piecesIn } from './stream-journal.ts';

/** A hand-off's file. Only its bytes are kept in memory. */
export interface StreamedHandoff {
  /** Its journal, verified to the last piece as `readHandoff` verifies it. */
  all(): Generator<Piece>;
  /** The same, once all of it was verified. */
  again(): Generator<Piece>;
  /** Throws what `readHandoff` says is wrong with it. */
  refuse(): void;
}

/** Reads a hand-off's file; its records come piece by piece. Throws as `readHandoff`. */
export async function streamHandoff(file: string): Promise<StreamedHandoff> {
  const bytes = await readForeign(file);
  const { journal, other } = partsOf(bytes, file);
  const refuse = (): void => void handedIn(bytes, file);
  const again = () => piecesIn(journal, file);

  function* checked(): Generator<Piece> {
    let run: Run | undefined;
    let [last, header]: [Event?, Piece['header']?] = [];
    let begun = 0;
    for (const piece of again()) {
      if (piece.torn > 0 || piece.events.some((event) => strangeIn(event, 0) !== undefined))
        throw new Wrong();
      for (const event of piece.events)
        if (event.type === 'started' && ++begun && event.run !== piece.header.run) throw new Wrong();
      run = foldEvents(piece.events, run);
      header = piece.header;
      last = piece.events.at(-1) ?? last;
      yield piece;
    }
    if (begun !== 1) throw new Wrong();
    handedOffIn(header?.run ?? '', last, file);
    if (other) organizationIn(other, file);
  }
  return {
    again,
    refuse,
    *all() {
      try {
        yield* checked();
      } catch (error) {
        refuse(); // what is wrong is said of the whole
        throw error;
      }
    },
  };
}
class Wrong extends Error {}
