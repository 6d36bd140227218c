import type { AppProps } from './app.tsx';

/** What is shown, on whatever terminal. */
export type Shown = Omit<AppProps, 'terminal' | 'display'>;
/** What the operator sees and answers on, while it is up. */
export interface Screen {
  /** Rejects with an error of the drawing itself, or one that nobody caught; settles in no other way. */
  readonly crashed: Promise<never>;
  /** Gives the terminal back, now. What is written afterwards is seen. */
  restore(): void;
  /** The same, and waits until it is done. */
  close(): Promise<void>;
}
