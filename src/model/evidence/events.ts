import type { Actor } from '../call.ts';
import type { Authorization } from './authorization.ts';

type Of<T extends string, E> = { readonly type: T; readonly at: number } & E;

/** What makes a journal evidence: under what it was done, where it ends, and who outside has seen how far it was. */
export type EvidenceEvent =
  /** Under what the run is done, as whoever runs it says. `by`: the system's user and host. */
  | Of<'authorized', Authorization & { readonly by: string }>
  /**
   * The run has come to its end. `records`: how many there are before this one; `root`: the root of the header's and
   * their hashes. Whoever goes on afterwards names this record in `continues`.
   */
  | Of<'closed', { readonly records: number; readonly root: string }>
  /** AWS was told the hash of a record, in the user agent of a request that CloudTrail keeps. */
  | Of<
      'anchored',
      {
        readonly record: number; // its number
        readonly head: string; // the SHA-256 of its line
        readonly actor: Actor;
        readonly requestId: string;
      }
    >
  /** Somebody signed how far the journal was, with an SSH key. `signature`: as ssh-keygen writes it, in lines. */
  | Of<
      'signed',
      {
        readonly by: string;
        readonly record: number; // the last that the signature covers
        readonly head: string;
        readonly root: string;
        readonly signature: string;
      }
    >;
