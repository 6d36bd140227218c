import type { Attempt } from '../model/attempt.ts';
import { wayNow } from '../model/phase.ts';
import { isChange } from '../model/plan.ts';
import { isForOthers, mayRepeat } from '../model/progress/refused.ts';
import type { Run } from '../model/run.ts';
import { asCommand } from '../model/text/own-commands.ts';
import { unreachable } from '../model/text/unreachable.ts';
import { describeEnded, explanationOf } from '../report/lines.ts';
import { byHand, byHandAs } from '../report/remaining-commands.ts';
import type { AskOf } from './ask.ts';
import { type Block, dim, gap, item, type Sign, signed, strong, text } from './block.ts';

/** What came of a change that was confirmed. */
export function outcomeBlocks(
  ask: AskOf<'busy' | 'drifted' | 'failed' | 'cannot-tell' | 'under-way' | 'declined'>,
  run: Run,
): readonly Block[] {
  switch (ask.is) {
    case 'busy':
      return [
        strong('AWS is busy or throttles requests'),
        ...ask.attempts.map((one) => attemptBlock(one)),
        gap,
      ];
    case 'drifted':
      return [
        strong('AWS changed while you were deciding. Nothing was sent.'),
        ...ask.drifts.map(({ says, before, found, wanted }) =>
          item(
            says,
            `before: ${before}`,
            `found:  ${found}`,
            ...(wanted === undefined ? [] : [`wanted: ${wanted}`]),
          ),
        ),
        gap,
      ];
    case 'failed':
      return [
        strong('AWS did not make the change'),
        ...ask.attempts.map((one) => attemptBlock(one, 'fails')),
        gap,
        ...byHandBlocks(ask.attempts.filter(isForOthers), run),
        // What remains begins with the same change.
        ...(ask.attempts.some((one) => mayRepeat(one) || isForOthers(one)) ? remainsBlocks(run) : []),
      ];
    case 'declined':
      return [
        strong('You declined. Nothing was sent.'),
        ...ask.plan.goals.filter(isChange).map(({ says }) => item(says, 'still to do')),
        gap,
        ...remainsBlocks(run),
      ];
    case 'cannot-tell':
      return [...unclearBlocks(ask.attempts), ...remainsBlocks(run)];
    case 'under-way':
      return underWayBlocks(ask);
    default:
      return unreachable(ask);
  }
}

/** What was sent and how it ended: AWS's words, what they mean, and what to do about it, the last. */
export function attemptBlock({ intent, outcome, request }: Attempt, sign: Sign = 'bullet'): Block {
  const explained = outcome ? explanationOf(outcome) : [];
  return signed(
    sign,
    intent.says,
    ...(outcome ? [describeEnded(outcome)] : []),
    ...explained.slice(0, -1),
    ...explained.slice(-1).map((last) => `What to do: ${last}`),
    ...(request === undefined ? [] : [`Request ${request}`]),
  );
}

const unclearBlocks = (attempts: readonly Attempt[]): readonly Block[] => [
  strong('The request was sent; its outcome is unknown'),
  ...attempts.map(({ intent, state, requestId }): Block => {
    const { operation } = intent.call;
    const taken = state === 'accepted' || state === 'settled';
    return item(
      intent.says,
      `${operation}, ${new Date(intent.at).toISOString()}, by ${intent.arn} (${taken ? `AWS accepted it, and does not show it yet${requestId ? `; request ${requestId}` : ''}` : state})`,
    );
  }),
  gap,
  text(
    'Nothing is sent again until this is known. Look for it in the console, or in CloudTrail by the time above. Once you know the outcome, mark it resolved with a note: the run continues from what AWS shows.',
  ),
  gap,
];

const underWayBlocks = ({ attempts, untold }: AskOf<'under-way'>): readonly Block[] => [
  strong(
    untold === undefined ? 'Still in progress at AWS' : 'AWS accepted the request, and does not show it yet',
  ),
  ...attempts.map((one) => attemptBlock(one)),
  gap,
  ...(untold === undefined ? [] : [text(`AWS cannot be asked for its progress: ${untold}`)]),
  text('You may leave: the request continues at AWS, and the next start picks it up.'),
  gap,
];

/** The calls that AWS did not do, for whoever does them by hand. */
const byHandBlocks = (attempts: readonly Attempt[], run: Run): readonly Block[] =>
  attempts.length === 0
    ? []
    : [
        dim('By hand, with the AWS CLI'),
        ...byHandAs(attempts, run).map((one): Block => ({ is: 'comment', text: one })),
        ...attempts.map((one): Block => ({ is: 'command', text: byHand(one, run) })),
        gap,
      ];

/** While a run is undone, what remains of it is not what is meant. */
const remainsBlocks = (run: Run): readonly Block[] =>
  wayNow(run) === 'undo'
    ? []
    : [dim(`What remains, as commands: ${asCommand('cw-runbook status --commands')}`), gap];
