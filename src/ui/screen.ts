import type { Own } from '../model/text/own-commands.ts';

/** What a screen is given besides: how the program's own commands are typed here. */
export interface Spelled {
  readonly own?: Own;
}
/** What the operator sees and answers on, while it is up. */
export interface Screen {
  /** Rejects with an error of the drawing itself, or one that nobody caught; settles in no other way. */
  readonly crashed: Promise<never>;
  /** Gives the terminal back, now. What is written afterwards is seen. */
  restore(): void;
  /** The same, and waits until it is done. */
  close(): Promise<void>;
}
