import type { Tally } from './tally.ts';

/** What a part of the bench is told. */
export interface Order {
  /** How much of it: random kills, interleavings, seeds. Sweeps that are complete in themselves take no notice. */
  readonly count: number;
  /** Of a sweep, every so manieth point only: 1 is all of it. */
  readonly stride: number;
  readonly seed: number;
  /** Cases at a time. */
  readonly jobs: number;
  /** Told of each case that fails, with the folder in which everything of it is kept. */
  readonly failed: (case_: string) => void;
  /** Told now and then how far it has come: a bench that is cut off has not been for nothing. */
  readonly sofar?: (tally: Tally) => void;
}
export interface Report {
  readonly tally: Tally;
  /** What was done, in numbers. */
  readonly did: string;
}
export type Part = (order: Order) => Promise<Report>;
