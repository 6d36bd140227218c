import { actorName } from '../../model/identity.ts';
import { isUndoing, wayOf } from '../../model/phase.ts';
import type { Goal } from '../../model/plan.ts';
import { isChange } from '../../model/plan.ts';
import { mayBeElsewhere } from '../../model/progress/handoff.ts';
import type { Attempt, Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import type { Ask } from '../session/ask.ts';
import { blank, type Line, wrap } from '../text/line.ts';
import { goalMarks, signOf } from '../text/marks.ts';
import type { Page } from '../text/page.ts';
import { checkLines } from './check-lines.ts';

type Of<K extends Ask['is']> = Extract<Ask, { is: K }>;
type Items = Of<'undo'>['items'];

/** All that taking the run back would do: what goes, in which order, who does it, and what stays. */
export function undoLines({ items, stays, looked }: Of<'undo'>, run: Run, page: Page): readonly Line[] {
  const says = looked
    ? 'This will be taken back, in this order. Nothing has been sent. Each change is shown first, and wants a name typed.'
    : 'This run made the following, the last first. Whether it is still as the run left it is looked at next. So far nothing was asked of AWS.';
  const nothing = 'There is nothing to take back.';
  return [
    ...wrap(items.length === 0 ? nothing : says, page, 'strong'),
    blank,
    ...(looked ? plannedLines(items, page) : madeLines(items, page)),
    ...actorLines(items, run, page),
    ...staysLines(stays, page),
  ];
}

const madeLines = (items: Items, page: Page): readonly Line[] => [
  ...items.flatMap(({ step, made }) =>
    made.length === 0
      ? wrap(`${step.title}: how its last change ended is not known yet`, page, 'plain', '• ')
      : made.toReversed().flatMap(({ says }) => wrap(says, page, 'plain', '• ')),
  ),
  blank,
];

/** The changes with their numbers; what cannot be taken back, or is gone already, with the reason. */
function plannedLines(items: Items, page: Page): readonly Line[] {
  let number = 0;
  const one = (goal: Goal): readonly Line[] => {
    if (!isChange(goal)) return checkLines({ goals: [goal] }, page).slice(0, -1);
    number++;
    return wrap(goal.says, page, 'plain', `${number} `);
  };
  return [
    ...items.flatMap(({ step, made, plan }) => [
      ...(plan ? plan.goals.flatMap(one) : laterLines(step, made, page)),
      ...(plan?.notes ?? []).flatMap((text) => wrap(text, page, 'dim', '  ')),
    ]),
    blank,
  ];
}

/** Not looked at: the credentials are somebody's whose turn comes later. */
const laterLines = ({ title, actor }: Step, made: Items[number]['made'], page: Page): readonly Line[] => [
  ...(made.length === 0
    ? [`${title}: how its last change ended is not known yet`]
    : made.toReversed().map(({ says }) => says)
  ).flatMap((says) => wrap(says, page, 'plain', '? ')),
  ...wrap(
    `Looked at and taken back once it is its turn: then credentials of the ${actorName(actor)} are asked for. If they are somebody else’s, the rest is handed to them.`,
    page,
    'dim',
    '  ',
  ),
];

/** The identities that are needed, each with what it takes back. */
function actorLines(items: Items, run: Run, page: Page): readonly Line[] {
  const actors = [...new Set(items.map(({ step }) => step.actor))];
  return actors.flatMap((actor) => {
    const identity = run.identities[actor];
    const account = identity?.account ?? run.binding.accounts?.[actor];
    const what = items.filter(({ step }) => step.actor === actor).map(({ step }) => step.short);
    return [
      ...wrap(`Needed: the ${actorName(actor)}${account ? ` ${account}` : ''}`, page, 'strong'),
      ...(identity ? wrap(identity.arn, page, 'plain', '  ') : []),
      ...wrap(`for: ${what.join(', ')}`, page, 'dim', '  '),
      blank,
    ];
  });
}

const staysLines = (stays: readonly string[], page: Page): readonly Line[] =>
  stays.length === 0
    ? []
    : [
        ...wrap('What stays', page, 'strong'),
        ...stays.flatMap((text) => wrap(text, page, 'plain', '- ')),
        blank,
      ];

/** What was taken back, what the operator left, and what stays. */
export function undoneLines({ items, stays }: Of<'undone'>, run: Run, page: Page): readonly Line[] {
  const done = takenBack(run);
  const elsewhere = mayBeElsewhere(run);
  return [
    ...wrap(
      done.length === 0 ? 'There was nothing left to take back.' : 'Taken back, and read back:',
      page,
      'strong',
    ),
    ...done.flatMap(({ intent }) => wrap(intent.says, page, 'plain', `${signOf(page, goalMarks.met)} `)),
    blank,
    ...(elsewhere === undefined ? [] : [...wrap(elsewhere, page, 'strong'), blank]),
    ...(items.length === 0
      ? []
      : [
          ...wrap('Left as this run made it', page, 'strong'),
          ...items.flatMap(({ made }) => made.flatMap(({ says }) => wrap(says, page, 'plain', '! '))),
          blank,
        ]),
    ...staysLines(stays, page),
  ];
}
/** The changes of the newest undo: those after the last change that was no undo. */
function takenBack({ attempts }: Run): readonly Attempt[] {
  const last = attempts.findLastIndex(({ intent }) => wayOf(intent.situation) === 'apply');
  return attempts.slice(last + 1).filter(({ state }) => state === 'verified');
}

/** What stands above a step's text. */
export const titleOf = (ask: Ask | undefined, step: Step, run: Run): string => {
  if (ask?.is === 'undo') return 'Take back what this run made';
  if (ask?.is === 'undone')
    return ask.items.length > 0 ? 'Not all of the run is taken back' : 'The run is taken back';
  if (ask?.is === 'handed-off') return 'This run was handed off';
  if (ask?.is === 'incoming') return ask.here ? 'This file was opened here before' : 'A run is handed to you';
  return isUndoing(run) ? `Taking back: ${step.title}` : step.title;
};
