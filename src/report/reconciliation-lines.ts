import type { Reconciliation } from '../model/evidence/reconciliation.ts';
import { formatCount } from '../model/text/format-count.ts';
import { asCommand } from '../model/text/own-commands.ts';
import { clock } from '../model/text/times.ts';

/** The form of `audit reconcile --json`, and its version: a member that changes its meaning, or goes, raises it. */
export const reconciliationFormat = 'cw-runbook/reconcile/1';

/** What `audit reconcile` tells: the verdict first, then what differs, what is to be awaited, what could not be looked up. */
export function reconciliationLines(of: Reconciliation, records: number): readonly string[] {
  const { differences, waiting, unseen, others } = of;
  return [
    verdictOf(of),
    ...differences.map(({ says }) => `✗ ${says}`),
    ...waiting.map(({ says }) => `… ${says}`),
    ...unseen.flatMap(({ says, why }) => [`? ${says}`, `    could not be looked up: ${why}`]),
    ...(others.length === 0 ? [] : ['Made by others, while this run went on, to its permission sets:']),
    ...others.map((says) => `! ${says}`),
    anchoredText(of, records),
    ...againText(of),
  ];
}
const counted = (n: number, what: string): string => `${formatCount(n)} ${what}${n === 1 ? '' : 's'}`;

function verdictOf({ differences, waiting, unseen, records, found }: Reconciliation): string {
  const all = counted(records, 'request');
  if (differences.length > 0)
    return `${counted(differences.length, 'difference')} between the journal and CloudTrail. ${found} of ${all} agree.`;
  const left = [
    ...(waiting.length > 0 ? [`${waiting.length} not in CloudTrail yet`] : []),
    ...(unseen.length > 0 ? ['not everything could be looked up'] : []),
  ];
  if (left.length > 0) return `No difference so far: ${found} of ${all} agree, ${left.join(', ')}.`;
  return `The journal and CloudTrail agree: ${all}, and no event with this run’s id that the journal lacks.`;
}
function anchoredText({ anchored }: Reconciliation, records: number): string {
  return anchored === undefined
    ? 'CloudTrail shows no hash of this journal.'
    : `CloudTrail shows the hash of record ${anchored}. The journal has ${records}.`;
}
function againText({ waiting }: Reconciliation): readonly string[] {
  if (waiting.length === 0) return [];
  const again = Math.max(...waiting.map((one) => one.again));
  return [
    `CloudTrail delivers within about 15 minutes. Check again after ${clock(again)}: ${asCommand('cw-runbook audit reconcile')}`,
  ];
}
