import type { Event } from '../../model/event.ts';
import {
  authorizationIn,
  authorizationMembers,
  authorizationWords,
  selfApproval,
} from '../../model/evidence/authorization.ts';

/** Under what the run was done, as it was said, and whether whoever approved it did it as well. */
export function authorityRows(
  events: readonly Event[],
  self = selfApproval(events),
): readonly (readonly [string, string])[] {
  const told = authorizationIn(events);
  const rows = authorizationMembers.map(
    (member) => [authorizationWords[member].name, told[member] ?? 'not recorded'] as const,
  );
  return [
    ...rows.map(([name, text]) =>
      name === authorizationWords.approvedBy.name && self !== undefined
        ? ([name, `${text} (self-approval: ${self} also made the changes)`] as const)
        : ([name, text] as const),
    ),
    ...(told.plan === undefined ? [] : [['Plan file', told.plan] as const]),
  ];
}
