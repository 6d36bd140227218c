import type { Call } from '../call.ts';
import type { Unseen, Wording } from '../operations/write-facts.ts';
import { factsOf, type WriteOperation } from '../operations.ts';

/**
 * What a refusal of a change means for the next step. In each case nothing was changed by this request.
 * `throttled`, `in-progress`: AWS says that it passes; the same may be sent again under the same confirmation.
 * `already`: AWS says that it is so already; a look has to show it, and nothing is sent again.
 * `final`: all else, words that nobody knows included; nothing is sent again.
 */
export type RefusalKind = 'throttled' | 'in-progress' | 'already' | 'final';

/** The class has one meaning in these: the request was not taken, for there are too many. */
const throttled: readonly Wording[] = [
  { code: 'ThrottlingException', source: 'service models of sso-admin and identitystore' },
  { code: 'TooManyRequestsException', source: 'service model of organizations' },
  { code: 'Throttling', source: 'AWS query protocol, common errors' },
  { code: 'ThrottledException', source: 'AWS SDKs, standard retry mode' },
  { code: 'RequestThrottled', source: 'AWS SDKs, standard retry mode' },
  { code: 'RequestThrottledException', source: 'AWS SDKs, standard retry mode' },
  { code: 'RequestLimitExceeded', source: 'AWS SDKs, standard retry mode' },
];

/** AWS's no to a change: its error code, its sentence, and the Reason where its model has one. */
export interface Said {
  readonly code: string;
  readonly why: string;
  readonly reason?: string;
}

/**
 * Which of these a refusal of a change is. It goes by code, Reason and AWS's sentence, for one class may mean both
 * 'passes' and 'is so already'; what is not in the tables above is 'final'.
 */
export function kindOf(operation: WriteOperation, said: Said): RefusalKind {
  const { inProgress, already } = factsOf(operation).refused;
  const fits = (wording: Wording): boolean => matches(wording, said);
  if (throttled.some(fits)) return 'throttled';
  if (inProgress.some(fits)) return 'in-progress';
  // Trouble with the key that encrypts IAM Identity Center says nothing about what is there.
  return already.some(fits) && !/KMS_/.test(`${said.reason ?? ''} ${said.why}`) ? 'already' : 'final';
}
const matches = ({ code, reason, says }: Wording, said: Said): boolean =>
  code === said.code &&
  (reason === undefined || reason === said.reason) &&
  (says === undefined || says.test(said.why.trim()));

/**
 * How it stands where AWS says that it is so already, and does not show it to these credentials: what was found, and
 * what to do, as sentences without and with their period.
 */
export const describeUnseen = ({ operation, input }: Call): Unseen =>
  factsOf(operation).refused.unseen(input as never);
