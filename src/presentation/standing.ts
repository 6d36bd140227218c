import { isUndoing } from '../model/phase.ts';
import type { Plan } from '../model/plan.ts';
import { made, type Run } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import { type Block, gap, item, note, strong } from './block.ts';
import { goalBlocks } from './checks.ts';
import { documentBlocks } from './document.ts';
import type { Detail } from './presentation.ts';

export const documentDetail = (step: Step, run: Run): Detail => ({
  of: 'document',
  title: `The document: ${step.document.section}`,
  short: 'The document',
  blocks: isUndoing(run) ? [] : documentBlocks(step),
});
export const checksDetail = (step: Step, plan: Plan, run: Run): Detail => ({
  of: 'checks',
  title: 'Checks',
  blocks: [...goalBlocks(plan, run, step.actor), ...moreBlocks(plan)],
});
/** What the notes sum up, in full. */
export const moreBlocks = (plan: Plan | undefined): readonly Block[] =>
  (plan?.details ?? []).flatMap((says) => [note(says), gap]);
const moreDetail = (plan: Plan | undefined): Detail => ({
  ...{ of: 'checks', title: 'What else was seen', blocks: moreBlocks(plan) },
});

/** How a step stands, what this run did in it, and what else is to be known. */
export const standing = (step: Step, plan: Plan | undefined, run: Run, before: readonly string[] = []) => ({
  body: [
    ...(plan ? goalBlocks(plan, run, step.actor, before) : []),
    ...madeBlocks(step, run),
    ...(plan ? noteBlocks(plan) : []),
  ],
  details: [moreDetail(plan), documentDetail(step, run)],
});
/** How a run has ended: what has to be read, and what there is to do now, before what was seen to hold. */
export const ending = (step: Step, plan: Plan, run: Run) => ({
  body: [
    ...goalBlocks({ goals: plan.goals.filter(({ is }) => is !== 'met') }, run, step.actor),
    ...noteBlocks(plan),
    ...goalBlocks({ goals: plan.goals.filter(({ is }) => is === 'met') }, run, step.actor),
    ...madeBlocks(step, run),
  ],
  details: [moreDetail(plan), documentDetail(step, run)],
});
export const standBlocks = (step: Step, plan: Plan | undefined, run: Run): readonly Block[] => [
  ...(plan ? goalBlocks(plan, run, step.actor) : []),
  ...madeBlocks(step, run),
  ...(plan ? noteBlocks(plan) : []),
];
export const noteBlocks = ({ notes = [], link }: Pick<Plan, 'notes' | 'link'>): readonly Block[] =>
  notes.flatMap((says) => [says === link ? ({ is: 'link', url: says } as const) : note(says), gap]);

/** The notes, without those that are told already. */
export const notesDetail = (plan: Plan, told: readonly Block[] = []): Detail => {
  const known = new Set(told.flatMap((block) => ('text' in block ? [block.text] : [])));
  const notes = (plan.notes ?? []).filter((says) => !known.has(says));
  return { of: 'checks', title: 'Notes', blocks: noteBlocks({ ...plan, notes }) };
};

/** What this run did here, by whom and when. */
function madeBlocks(step: Step, run: Run): readonly Block[] {
  const mine = made(run, step.id);
  if (mine.length === 0) return [];
  const arn = (attempt: string): string =>
    run.attempts.find(({ intent }) => intent.attempt === attempt)?.intent.arn ?? '';
  return [
    strong('Done in this run'),
    ...mine.map(({ says, at, attempt }) =>
      item(says, `${new Date(at).toISOString().slice(0, 19)}Z, by ${arn(attempt)}`),
    ),
    gap,
  ];
}
