import type { Attempt } from '../model/attempt.ts';
import { actorName } from '../model/identity.ts';
import { wayOf } from '../model/phase.ts';
import { type Goal, isChange } from '../model/plan.ts';
import { mayBeElsewhere } from '../model/progress/handoff.ts';
import type { Run } from '../model/run.ts';
import type { AskOf } from './ask.ts';
import { type Block, dim, gap, item, signed, strong } from './block.ts';

type Item = AskOf<'undo'>['items'][number];

/** All that undoing the run would do: what goes, in which order, who does it, and what stays. */
export function undoBlocks({ items, stays, looked }: AskOf<'undo'>, run: Run): readonly Block[] {
  const says = looked
    ? 'To undo the run, these changes are made in this order. You review each one and confirm it by typing a name. Nothing has been sent yet.'
    : 'Changes made by this run, newest first. Next: check that they are still as the run left them. Nothing has been asked of AWS so far.';
  return [
    strong(items.length === 0 ? 'There is nothing to undo.' : says),
    gap,
    ...(looked ? plannedBlocks(items) : madeBlocks(items)),
    ...items
      .map(({ step }) => step.actor)
      .filter((actor, n, all) => all.indexOf(actor) === n)
      .flatMap((actor) => neededBlocks(items, actor, run)),
    ...staysBlocks(stays),
  ];
}

const changesOf = ({ step, made }: Item): readonly string[] =>
  made.length === 0
    ? [`${step.title}: the outcome of its last change is not known yet`]
    : made.toReversed().map(({ says }) => says);
const madeBlocks = (items: readonly Item[]): readonly Block[] => [
  ...items.flatMap((one) => changesOf(one).map((says) => item(says))),
  gap,
];

/** The changes with their numbers; what cannot be undone, or is gone already, with the reason. */
function plannedBlocks(items: readonly Item[]): readonly Block[] {
  let number = 0;
  const one = (goal: Goal): Block => {
    if (!isChange(goal)) return { is: 'goal', goal };
    number++;
    return signed(number, goal.says);
  };
  return [
    ...items.flatMap((entry): readonly Block[] => [
      ...(entry.plan ? entry.plan.goals.map(one) : laterBlocks(entry)),
      ...(entry.plan?.notes ?? []).map((says): Block => dim(`  ${says}`)),
    ]),
    gap,
  ];
}

/** Not checked: the credentials are somebody's whose turn comes later. */
const laterBlocks = (entry: Item): readonly Block[] => [
  ...changesOf(entry).map((says) => signed('later', says)),
  dim(
    `  Undone later, with credentials for the ${actorName(entry.step.actor)}. If they are somebody else’s, the rest is handed to them.`,
  ),
];

/** An identity that is needed, with what it undoes. */
function neededBlocks(items: readonly Item[], actor: Item['step']['actor'], run: Run): readonly Block[] {
  const identity = run.identities[actor];
  const account = identity?.account ?? run.binding.accounts?.[actor];
  const what = items.filter(({ step }) => step.actor === actor).map(({ step }) => step.short);
  return [
    strong(`Credentials of the ${actorName(actor)}${account ? ` ${account}` : ''}`),
    ...(identity ? [{ is: 'text', text: `  ${identity.arn}` } as const] : []),
    dim(`  for: ${what.join(', ')}`),
    gap,
  ];
}

const staysBlocks = (stays: readonly string[]): readonly Block[] =>
  stays.length === 0 ? [] : [strong('What stays'), ...stays.map((says) => item(says)), gap];

/** What was undone, what the operator left, and what stays. */
export function undoneBlocks({ items, stays }: AskOf<'undone'>, run: Run): readonly Block[] {
  const done = undoneIn(run);
  const elsewhere = mayBeElsewhere(run);
  return [
    strong(done.length === 0 ? 'There was nothing left to undo.' : 'Undone, and read back:'),
    ...done.map(({ intent }) => signed('done', intent.says)),
    gap,
    ...(elsewhere === undefined ? [] : [strong(elsewhere), gap]),
    ...(items.length === 0
      ? []
      : [
          strong('Left as this run made it'),
          ...items.flatMap(({ made }) => made.map(({ says }) => signed('careful', says))),
          gap,
        ]),
    ...staysBlocks(stays),
  ];
}
/** The changes of the newest undo: those after the last change that was no undo. */
function undoneIn({ attempts }: Run): readonly Attempt[] {
  const last = attempts.findLastIndex(({ intent }) => wayOf(intent.situation) === 'apply');
  return attempts.slice(last + 1).filter(({ state }) => state === 'verified');
}
