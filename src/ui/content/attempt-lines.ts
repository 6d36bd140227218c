import type { Drift } from '../../model/drift.ts';
import type { Outcome } from '../../model/event.ts';
import { wayNow } from '../../model/phase.ts';
import type { Attempt, Run } from '../../model/run.ts';
import { endedSays, explanationOf } from '../../report/lines.ts';
import { byHand, byHandAs } from '../../report/remaining-commands.ts';
import { type Line, line, wrap } from '../text/line.ts';

/** Attempts under a heading, with how each ended and AWS's id of it. */
export function attemptLines(title: string, attempts: readonly Attempt[], width: number): readonly Line[] {
  return [
    ...wrap(title, width, 'strong'),
    ...attempts.flatMap(({ intent, outcome, request }) => [
      ...wrap(intent.says, width, 'plain', '• '),
      ...(outcome ? outcomeLines(outcome, width) : []),
      ...(request === undefined ? [] : wrap(`Request ${request}`, width, 'dim', '  ')),
    ]),
    line(),
  ];
}

/** AWS's words, then what they mean; what is to be done about it is found on a row of its own. */
function outcomeLines(outcome: Outcome, width: number): readonly Line[] {
  const explained = explanationOf(outcome);
  const row = (text: string): readonly Line[] => wrap(text, width, 'plain', '  ');
  return [
    ...row(endedSays(outcome)),
    ...explained.slice(0, -1).flatMap(row),
    ...explained.slice(-1).flatMap((last) => row(`What to do: ${last}`)),
  ];
}

/** How it was, how it is, and what was agreed to: one under the other, so that they can be compared. */
export function driftLines(drifts: readonly Drift[], width: number): readonly Line[] {
  return [
    ...wrap('AWS was changed while you were deciding. Nothing was sent.', width, 'strong'),
    ...drifts.flatMap(({ says, before, found, wanted }) => [
      ...wrap(says, width, 'plain', '• ', 2),
      ...wrap(before, width, 'plain', '  before: ', 10),
      ...wrap(found, width, 'plain', '  found:  ', 10),
      ...(wanted === undefined ? [] : wrap(wanted, width, 'plain', '  wanted: ', 10)),
    ]),
    line(),
  ];
}

export function cannotTell(attempts: readonly Attempt[], width: number): readonly Line[] {
  return [
    ...wrap('It was sent, and whether it took effect cannot be told', width, 'strong'),
    ...attempts.flatMap(({ intent, state }) => [
      ...wrap(intent.says, width, 'plain', '• '),
      ...wrap(
        `${intent.call.operation}, ${new Date(intent.at).toISOString()}, by ${intent.arn} (${state})`,
        width,
        'dim',
        '  ',
      ),
    ]),
    line(),
    ...wrap(
      'Nothing is sent again before this is known. Look for it in the console, or in CloudTrail by the time above. If you have seen how it is, set it aside with a note: the run goes on from what AWS shows.',
      width,
    ),
    line(),
  ];
}

/** The calls that AWS did not do, for whoever does them by hand. */
export function byHandLines(attempts: readonly Attempt[], run: Run, width: number): readonly Line[] {
  return [
    ...wrap('By hand, with the AWS CLI', width, 'dim'),
    ...byHandAs(attempts, run).flatMap((text) => wrap(text, width, 'dim', '  ')),
    ...attempts.flatMap((attempt) => wrap(byHand(attempt, run), width, 'plain', '  ')),
    line(),
    ...remainsLines(run, width),
  ];
}
/** While a run is taken back, what remains of it is not what is meant. */
export const remainsLines = (run: Run, width: number): readonly Line[] =>
  wayNow(run) === 'undo'
    ? []
    : [...wrap('What remains, as commands: cw-runbook status --commands', width, 'dim'), line()];
