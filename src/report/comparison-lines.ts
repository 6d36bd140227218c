import type { Compared } from '../model/event.ts';
import { escapeControlChars } from '../model/text/escape-control-chars.ts';

/** The form of `verify --json`, and its version: a member that changes its meaning, or goes, raises it. */
export const comparisonFormat = 'cw-runbook/verify/1';

/** What `verify` tells: the verdict first, then what is otherwise, then what could not be looked at. */
export function comparisonLines({ departures, unseen, goals }: Compared): readonly string[] {
  return [
    verdictOf({ departures, unseen, goals }),
    ...departures.flatMap(({ says, was, now }) => [
      `✗ ${says}`,
      `    was: ${was}`,
      ...now.map((one, n) => `    ${n === 0 ? 'now:' : '    '} ${one}`),
    ]),
    ...unseen.flatMap(({ says, why }) => [`? ${says}`, `    could not be checked: ${why}`]),
  ].map(escapeControlChars);
}
function verdictOf({ departures, unseen, goals }: Compared): string {
  if (departures.length > 0)
    return `Drift: ${departures.length} of ${goals} facts ${departures.length === 1 ? 'is' : 'are'} not as this run left ${departures.length === 1 ? 'it' : 'them'}.`;
  if (unseen.length > 0)
    return `Not everything could be checked: ${goals - unseen.filter(({ goal }) => goal !== undefined).length} facts are as this run left them, ${unseen.length} could not be checked.`;
  return `As verified: all ${goals} facts are as this run left them.`;
}
