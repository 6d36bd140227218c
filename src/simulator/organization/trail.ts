import { randomUUID } from 'node:crypto';

/** Who acted, as far as CloudTrail has to know: the rest of `userIdentity` follows from it. */
export interface Actor {
  readonly arn: string;
  readonly userId: string;
  readonly accessKeyId?: string;
  /** A service that acted for them: sso.amazonaws.com. */
  readonly invokedBy?: string;
}
/** One event of CloudTrail, as it is kept. Times are milliseconds since 1970. */
export interface TrailEvent {
  readonly id: string;
  readonly at: number;
  /** From when on it can be looked up: CloudTrail delivers minutes late. */
  readonly seen: number;
  readonly account: string; // whose event history has it
  readonly region: string;
  readonly source: string; // sso.amazonaws.com
  readonly name: string;
  readonly readOnly: boolean;
  readonly requestId: string;
  readonly by: Actor;
  readonly agent: string;
  readonly from: string; // sourceIPAddress
  /** requestParameters and responseElements, as they are shown. */
  readonly asked: unknown;
  readonly answered: unknown;
  readonly error?: { readonly code: string; readonly message: string };
  readonly resources?: readonly { readonly ResourceType: string; readonly ResourceName: string }[];
}
/** An event with an id of its own. */
export const newTrailEvent = (event: Omit<TrailEvent, 'id'>): TrailEvent => ({ id: randomUUID(), ...event });
