import type { Drift } from '../../model/drift.ts';
import type { Outcome } from '../../model/event.ts';
import { wayNow } from '../../model/phase.ts';
import type { Attempt, Run } from '../../model/run.ts';
import { describeEnded, explanationOf } from '../../report/lines.ts';
import { byHand, byHandAs } from '../../report/remaining-commands.ts';
import { blank, type Line, wrap } from '../text/line.ts';
import type { Page } from '../text/page.ts';

/** Attempts under a heading, with how each ended and AWS's id of it. */
export function attemptLines(title: string, attempts: readonly Attempt[], page: Page): readonly Line[] {
  return [
    ...wrap(title, page, 'strong'),
    ...attempts.flatMap(({ intent, outcome, request }) => [
      ...wrap(intent.says, page, 'plain', '• '),
      ...(outcome ? outcomeLines(outcome, page) : []),
      ...(request === undefined ? [] : wrap(`Request ${request}`, page, 'dim', '  ')),
    ]),
    blank,
  ];
}

/** AWS's words, then what they mean; what is to be done about it is found on a row of its own. */
function outcomeLines(outcome: Outcome, page: Page): readonly Line[] {
  const explained = explanationOf(outcome);
  const row = (text: string): readonly Line[] => wrap(text, page, 'plain', '  ');
  return [
    ...row(describeEnded(outcome)),
    ...explained.slice(0, -1).flatMap(row),
    ...explained.slice(-1).flatMap((last) => row(`What to do: ${last}`)),
  ];
}

/** How it was, how it is, and what was agreed to: one under the other, so that they can be compared. */
export function driftLines(drifts: readonly Drift[], page: Page): readonly Line[] {
  return [
    ...wrap('AWS was changed while you were deciding. Nothing was sent.', page, 'strong'),
    ...drifts.flatMap(({ says, before, found, wanted }) => [
      ...wrap(says, page, 'plain', '• ', 2),
      ...wrap(before, page, 'plain', '  before: ', 10),
      ...wrap(found, page, 'plain', '  found:  ', 10),
      ...(wanted === undefined ? [] : wrap(wanted, page, 'plain', '  wanted: ', 10)),
    ]),
    blank,
  ];
}

export function cannotTell(attempts: readonly Attempt[], page: Page): readonly Line[] {
  return [
    ...wrap('It was sent, and whether it took effect cannot be told', page, 'strong'),
    ...attempts.flatMap(({ intent, state }) => [
      ...wrap(intent.says, page, 'plain', '• '),
      ...wrap(
        `${intent.call.operation}, ${new Date(intent.at).toISOString()}, by ${intent.arn} (${state})`,
        page,
        'dim',
        '  ',
      ),
    ]),
    blank,
    ...wrap(
      'Nothing is sent again before this is known. Look for it in the console, or in CloudTrail by the time above. If you have seen how it is, set it aside with a note: the run goes on from what AWS shows.',
      page,
    ),
    blank,
  ];
}

/** The calls that AWS did not do, for whoever does them by hand. */
export function byHandLines(attempts: readonly Attempt[], run: Run, page: Page): readonly Line[] {
  return [
    ...wrap('By hand, with the AWS CLI', page, 'dim'),
    ...byHandAs(attempts, run).flatMap((text) => wrap(text, page, 'dim', '  ')),
    ...attempts.flatMap((attempt) => wrap(byHand(attempt, run), page, 'plain', '  ')),
    blank,
    ...remainsLines(run, page),
  ];
}
/** While a run is taken back, what remains of it is not what is meant. */
export const remainsLines = (run: Run, page: Page): readonly Line[] =>
  wayNow(run) === 'undo'
    ? []
    : [...wrap('What remains, as commands: cw-runbook status --commands', page, 'dim'), blank];
