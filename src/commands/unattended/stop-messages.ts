import type { Ask } from '../../engine/ask.ts';
import { describeDenied } from '../../model/access/access-denied-hints.ts';
import { describeGaveUp } from '../../model/access/async-failure-hints.ts';
import { describeRefused } from '../../model/access/rejection-hints.ts';
import type { Drift } from '../../model/drift.ts';
import { actorName } from '../../model/identity.ts';
import { bringsWhat } from '../../model/operations.ts';
import type { Plan } from '../../model/plan.ts';
import { mayRepeat } from '../../model/progress/refused.ts';
import type { Attempt } from '../../model/run.ts';

/** Refused, it leaves accounts as they are: all else was done, and what is left is told. */
export const isProvisioning = ({ intent }: Attempt): boolean =>
  bringsWhat(intent.call.operation) !== undefined;

/** Calls as commands of the AWS CLI, and as whom they run where they do not say so themselves. */
export interface ByHand {
  readonly command: (attempt: Attempt) => string;
  readonly as: (attempts: readonly Attempt[]) => readonly string[];
}
/** What AWS did not do: in its words, then which policy or what else it was, and who sees to it. */
export const describeFailed = (attempts: readonly Attempt[], { command, as }: ByHand): readonly string[] => {
  const final = attempts.filter((one) => !mayRepeat(one));
  return [
    ...attempts.flatMap(({ intent, outcome }) => {
      if (outcome?.ended === 'refused')
        return [
          `${intent.says}: AWS refused, and nothing was changed. ${outcome.code}: ${outcome.why} (request ${outcome.requestId}).`,
          ...describeRefused(outcome.code, outcome.why),
        ];
      return outcome?.ended === 'failed'
        ? [`${intent.says}: AWS began and gave up. ${sentence(outcome.why)}`, ...describeGaveUp(outcome.why)]
        : [];
    }),
    attempts.every(mayRepeat)
      ? 'AWS was busy for as long as is waited. Run the same command again later: it goes on from here.'
      : 'See to the reason, then run the same command again: it goes on from here.',
    ...as(final),
    ...final.map((one) => `Or by hand: ${command(one)}`),
  ];
};
export const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** How it was, how it is, and what was agreed to. */
export const describeDrift = (drifts: readonly Drift[]): readonly string[] =>
  drifts.flatMap(({ says, before, found, wanted }) => [
    `${says}:`,
    `  before: ${before}`,
    `  found:  ${found}`,
    ...(wanted === undefined ? [] : [`  wanted: ${wanted}`]),
  ]);

/** What was sent, and does not show. */
export const describeUnclear = (attempts: readonly Attempt[]): readonly string[] =>
  attempts.map(({ intent, state, requestId }) =>
    state === 'accepted' || state === 'settled'
      ? `${intent.says}: AWS took it${requestId ? ` (request ${requestId})` : ''}, and does not show it yet.`
      : `${intent.says}: it was sent, and whether it took effect cannot be told yet.`,
  );

/** What will be taken back, by whom, and what stays. */
export const undoLines = ({ items, stays }: Extract<Ask, { is: 'undo' }>): readonly string[] => [
  ...items.flatMap(({ step, made, plan }) => [
    ...(plan
      ? []
      : made
          .toReversed()
          .map(
            ({ says }) =>
              `later        ${step.id}: ${says}: looked at and taken back once credentials of the ${actorName(step.actor)} are there`,
          )),
    ...(plan?.goals ?? []).map((goal) => {
      const how = goal.is === 'change' ? actorName(step.actor) : goal.is;
      return `plan         ${step.id}: ${goal.says} (${how})`;
    }),
    ...(plan?.notes ?? []).map((text) => `plan         ${step.id}: ${text}`),
  ]),
  ...stays.map((text) => `stays        ${text}`),
];

/** What could not be looked at, why, and which policy denies it. */
export const notSeen = ({ goals }: Plan): readonly string[] =>
  goals.flatMap((goal) =>
    goal.is === 'unknown'
      ? [`${goal.says}: could not be checked: ${sentence(goal.why)}`, ...describeDenied(goal.why)]
      : [],
  );
