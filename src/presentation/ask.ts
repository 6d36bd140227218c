import type { Ask as Asked, Reply } from '../engine/ask.ts';
import type { Handoff } from '../model/event.ts';
import type { Step } from '../model/step.ts';
import type { Section } from '../report/handoff.ts';

/** A run that another window has open. `holder`: who that is; undefined once the run is free. */
interface Watching {
  readonly is: 'watching';
  readonly step: Step;
  readonly holder: string | undefined;
}
/** A run that was handed off from here: read-only until its id is typed. */
export interface HandedOff {
  readonly is: 'handed-off';
  readonly step: Step;
  readonly handoff: Handoff;
  readonly sections: readonly Section[];
}
/**
 * A run that came in a hand-off's file. `remarks`: what is to be known before it is taken over, a sentence each. `here`:
 * it was taken over here before, nothing is taken from the file, and the remarks are only to be read.
 */
export interface Incoming {
  readonly is: 'incoming';
  readonly step: Step;
  readonly handoff: Handoff;
  readonly here?: true;
  readonly remarks: readonly string[];
  readonly sections: readonly Section[];
}
/** What is put to the operator: the engine's questions, and what a screen asks before it begins. */
export type Ask = Asked | Watching | HandedOff | Incoming;
export type AskOf<K extends Ask['is']> = Extract<Ask, { readonly is: K }>;
export type { Reply };
