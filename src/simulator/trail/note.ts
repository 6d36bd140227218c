import { defined } from '../organization/defined.ts';
import { newTrailEvent, type TrailEvent } from '../organization/trail.ts';
import type { Caller } from '../protocol/caller.ts';
import type { Asked } from '../protocol/codec.ts';
import { isRead } from '../protocol/ledger.ts';
import type { Refusal } from '../protocol/refusal.ts';
import { elementsOf, parametersOf } from './shown.ts';

/** What is known of a request once AWS knows who asks. */
export interface Called {
  readonly asked: Asked;
  readonly caller: Caller;
  readonly region: string;
  readonly input: unknown;
  readonly requestId: string;
  readonly agent: string;
  readonly at: number; // ms since 1970
  readonly seen: number;
}
/** What came of it. */
export type Came = { readonly output: unknown } | { readonly refusal: Refusal };

/** Whom AWS does not let in, it cannot tell an account of: no event. */
const turnedAway = /^(Expired|UnrecognizedClient|InvalidClientToken|InvalidSignature|SignatureDoesNotMatch)/;

/**
 * The event of a request, in the account that asked, in the Region that was asked; undefined where CloudTrail has none.
 * Reads are events, too. A call that was refused has one with its error (as others' events show; “AccessDenied” without
 * “Exception”).
 */
export function noted(called: Called, came: Came): TrailEvent | undefined {
  const { asked, caller, region, input, requestId, agent, at, seen } = called;
  const { service, operation } = asked;
  const refusal = 'refusal' in came ? came.refusal : undefined;
  if (refusal !== undefined && turnedAway.test(refusal.code)) return undefined;
  const code = refusal?.code.replace(/^AccessDeniedException$/, 'AccessDenied');
  const readOnly = isRead(service, operation);
  const { arn, userId, accessKeyId } = caller;
  return newTrailEvent({
    ...{ at, seen, account: caller.account.id, region, readOnly, requestId, agent },
    source: `${service}.amazonaws.com`,
    name: operation,
    by: { arn, userId, ...defined({ accessKeyId }) },
    from: '192.0.2.1', // the simulator's callers are all on this machine
    asked: code === 'AccessDenied' ? null : parametersOf(service, operation, input),
    answered: readOnly || !('output' in came) ? null : elementsOf(service, operation, came.output),
    ...defined({
      error: refusal === undefined || code === undefined ? undefined : { code, message: refusal.message },
    }),
  });
}
