import type { EvidenceEvent } from '../model/event.ts';
import { authorizationMembers, authorizationWords } from '../model/evidence/authorization.ts';
import { unreachable } from '../model/text/unreachable.ts';

/** What an event says that makes the journal evidence: the word it begins with, and the rest. */
export function evidenceWords(event: EvidenceEvent): readonly [string, string] {
  switch (event.type) {
    case 'authorized':
      return ['authorized', describeAuthorization(event).join('; ')];
    case 'closed':
      return ['closed', `after ${event.records} records, root ${event.root}`];
    case 'anchored':
      return [
        'at AWS',
        `CloudTrail keeps the hash of record ${event.record} (${event.head}): request ${event.requestId}`,
      ];
    case 'signed':
      return ['signed', `records up to ${event.record} by ${event.by}, root ${event.root}`];
    default:
      return unreachable(event);
  }
}

/** What a change is done under, a phrase each: as it was said, and by whom. */
const describeAuthorization = (
  event: Extract<EvidenceEvent, { readonly type: 'authorized' }>,
): readonly string[] => [
  ...authorizationMembers.flatMap((member) => {
    const told = event[member];
    return told === undefined ? [] : [`${authorizationWords[member].name.toLowerCase()}: ${told}`];
  }),
  ...(event.plan === undefined ? [] : [`plan file ${event.plan}`]),
  `said by ${event.by}`,
];
