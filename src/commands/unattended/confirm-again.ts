import type { Ask } from '../../engine/ask.ts';
import type { Attempt } from '../../model/attempt.ts';
import { wordsFor } from '../../model/plan.ts';
import { mayRepeat, refusalOf } from '../../model/progress/refused.ts';
import { cameBack, isSame, sentBefore, timeOf, undone } from '../../model/progress/sent-before.ts';
import type { Run } from '../../model/run.ts';
import { shellWord } from '../../model/text/shell.ts';
import { type ExitCode, exitCodes } from '../process/exit.ts';

type Asked = Extract<Ask, { is: 'confirm' }>;
/** What this start agreed to beforehand. `from`: the number of attempts when it began. */
interface Agreed {
  readonly confirm: readonly string[];
  readonly reconfirm?: number | undefined;
  readonly from: number;
}
export const confirmWith = (words: readonly string[]): string =>
  words.map((word) => `--confirm ${shellWord(word)}`).join(' or ');

/** How often a routine change that lapsed is confirmed again unless it is told otherwise. */
const usually = 1;

/**
 * Why changes that were sent before may not be confirmed once more without a person; undefined where they may. Consent
 * that was given beforehand is for one sending, and for those that `reconfirm` adds.
 */
export function whyNotAgain(
  { step, changes }: Asked,
  run: Run,
  { confirm, reconfirm = usually, from }: Agreed,
): { readonly code: ExitCode; readonly says: readonly string[] } | undefined {
  for (const change of changes) {
    const key = `${step.id}.${change.id}`;
    const gone = undone(step.id, change, run);
    const here = sentBefore(step.id, change, run).filter((one) => run.attempts.indexOf(one) >= from);
    if (gone && (here.includes(gone) || !confirm.includes(key)))
      return {
        code: exitCodes.changesPending,
        says: [
          `${change.says}: this run did it at ${timeOf(gone)} and saw it done. It has been undone since, by somebody else or by another program. Nothing was sent.`,
          'Find out who did it (CloudTrail records it), and agree with them on how it should be.',
          here.includes(gone)
            ? 'Then run the same command again.'
            : `To have this run do it again: ${confirmWith([key])}.`,
        ],
      };
    const refused = here.findLast((one) => isSame(one, change) && isOver(one));
    if (refused)
      return {
        code: refusalOf(refused) === 'already' ? exitCodes.prerequisite : exitCodes.unexpected,
        says: [...told(change.says, [refused]), 'Remove the cause, then run the same command again.'],
      };
    const lapsed = here.filter(({ state }) => state === 'lapsed');
    if (lapsed.length === 0) continue;
    if (change.risk === 'dangerous')
      return {
        code: exitCodes.answerNeeded,
        says: [
          ...told(change.says, lapsed),
          `It needs a new confirmation. Find the cause first, then run the same command again with ${confirmWith(wordsFor(changes))}.`,
        ],
      };
    if (lapsed.length > reconfirm)
      return {
        code: exitCodes.parked,
        says: [
          ...told(change.says, lapsed),
          `Nothing more is sent unasked. Find the cause, then run the same command again. --reconfirm N allows N more tries (now ${reconfirm}).`,
        ],
      };
  }
  return undefined;
}

/** Refused for good, or given up: the same again would end the same. */
const isOver = (one: Attempt): boolean =>
  one.state === 'failed' ||
  (one.outcome?.ended === 'refused' && one.outcome.code !== 'Credentials' && !mayRepeat(one));

/** What was sent, how often, and what came back each time. */
const told = (what: string, attempts: readonly Attempt[]): readonly string[] => [
  `${what}: sent ${attempts.length === 1 ? 'once' : `${attempts.length} times`}, without effect.`,
  ...attempts.map((one) => `  ${timeOf(one)}: ${cameBack(one)}`),
];
