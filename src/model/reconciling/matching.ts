import type { Sent } from './sent.ts';
import type { TrailEvent } from './trail-event.ts';

/** That AWS was told the hash of a record, in the user agent of a request. */
export interface Anchor {
  readonly record: number;
  readonly head: string;
  readonly account: string;
  readonly region: string; // where CloudTrail keeps the request
  readonly requestId: string;
  readonly at: number;
}
/** The journal's side. */
export interface Told {
  readonly run: string;
  readonly sent: readonly Sent[];
  readonly anchors: readonly Anchor[];
  /** The SHA-256 of each line by its number, the header's first. */
  readonly heads: readonly string[];
  /** Permission sets that the run made or changed: their ARNs. */
  readonly sets: readonly string[];
  /** When the run's first change was sent, and its last event. */
  readonly from: number;
  readonly until: number;
}
/** Events of one service in an account and a Region that were asked for, and how far that came. */
export interface Looked {
  readonly account: string;
  readonly region: string;
  readonly source: string;
  readonly from: number; // nothing older is known
  readonly until: number; // when it was asked: nothing younger is known
  /** Why nothing, or nothing so old, could be read. */
  readonly why?: string;
  /** There were too many: only those of the operations that matter here were read. */
  readonly byName?: true;
}
/** CloudTrail's side. */
export interface Trail {
  readonly events: readonly TrailEvent[];
  readonly looked: readonly Looked[];
}

/** In which the journal and CloudTrail disagree about one request. */
export type Member =
  | 'requestId'
  | 'mark'
  | 'operation'
  | 'account'
  | 'region'
  | 'caller'
  | 'outcome'
  | 'head'
  | 'tags';
/** One record of the journal and what CloudTrail has of it. Times are milliseconds since 1970. */
export type Found =
  | { readonly is: 'found'; readonly event: string; readonly answers?: 'done' | 'refused' }
  /** As the journal says: AWS need not have it. */
  | { readonly is: 'none'; readonly why: 'not-received' | 'refused-before' }
  | { readonly is: 'not-yet'; readonly again: number }
  | { readonly is: 'cannot-look'; readonly why: string }
  | { readonly is: 'missing' }
  | {
      readonly is: 'differs';
      readonly event: string;
      readonly in: Member;
      readonly journal: string;
      readonly trail: string;
    };
export type OfRecord = Found & { readonly attempt: string };
export type OfAnchor = Found & { readonly record: number; readonly head: string };
/** An event that bears the run's id, and no record is of it; or a hash that no record has. */
export interface Unrecorded {
  readonly is: 'unrecorded' | 'unknown-head';
  readonly event: TrailEvent;
}
/** What somebody else did to a set of the run while it went on. */
interface ByOthers {
  readonly event: TrailEvent;
  /** With the credentials of the run, and without its mark. */
  readonly same: boolean;
}
export interface Reconciled {
  readonly records: readonly OfRecord[];
  readonly anchors: readonly OfAnchor[];
  readonly unrecorded: readonly Unrecorded[];
  readonly others: readonly ByOthers[];
  readonly looked: readonly Looked[];
}

/** CloudTrail delivers within about 15 minutes (its user guide; 5 on average): until then absence says nothing. */
export const delivery = 15 * 60_000;
/** So long events can be looked up. */
export const history = 90 * 86_400_000;
