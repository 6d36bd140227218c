import type { Ask as Asked, Reply } from '../engine/ask.ts';
import type { Step } from '../model/step.ts';

/** A run that another window has open. `holder`: who that is; undefined once the run is free. */
export interface Watching {
  readonly is: 'watching';
  readonly step: Step;
  readonly holder: string | undefined;
}
/** What the screen puts to the operator: the engine's questions, and what a second window may do. */
export type Ask = Asked | Watching;
export type { Reply };
