/** What does not agree. `is`: which way; `attempt`: of the journal; `event`: CloudTrail's id. */
export interface Disagreement {
  readonly is: 'missing' | 'differs' | 'unrecorded' | 'unknown-head';
  readonly says: string;
  readonly attempt?: string;
  readonly event?: string;
}
/** What CloudTrail may still deliver. `again`: until when, in milliseconds since 1970. */
interface Waiting {
  readonly says: string;
  readonly again: number;
}
/** What could not be looked up, and why. */
interface Unseen {
  readonly says: string;
  readonly why: string;
}
/** What came of matching a journal with CloudTrail. */
export interface Reconciliation {
  readonly records: number; // requests that the journal has
  readonly found: number; // of those, that CloudTrail has as well, or need not have
  readonly anchored?: number; // the last record whose hash CloudTrail shows
  readonly differences: readonly Disagreement[];
  readonly waiting: readonly Waiting[];
  readonly unseen: readonly Unseen[];
  readonly others: readonly string[]; // changes that others made to the run's sets
}
