import { isUndoing } from '../model/phase.ts';
import type { Plan } from '../model/plan.ts';
import { planOf, type Run } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import { memoizeEach, memoizeLast } from '../model/text/memoize.ts';
import type { Ask } from './ask.ts';
import { gap, strong } from './block.ts';
import { type Around, none, type Presentation, type Presenter } from './presentation.ts';
import { presenters } from './presenters.ts';
import { documentDetail, standBlocks } from './standing.ts';
import { behindBlocks, differsBlocks, orphanedBlocks, sinceBlocks, whoBlocks } from './to-be-read.ts';

/**
 * Every question as data: the same for a screen, for lines of text, and for a program that was told the answers. The
 * same object while nothing of it has changed.
 */
export const present = (ask: Ask, { run, steps, endpoint }: Around): Presentation =>
  presented(ask)(run)(steps)(endpoint);
const presented = memoizeEach((ask: Ask) =>
  memoizeLast((run: Run) =>
    memoizeEach((steps: readonly Step[]) =>
      memoizeLast((endpoint: string) => presentedNow(ask, { run, steps, endpoint })),
    ),
  ),
);

function presentedNow(ask: Ask, around: Around): Presentation {
  const presenter = presenters[ask.is] as Presenter<Ask['is']>;
  const { run, steps } = around;
  const { body, ...rest } = presenter(ask, around);
  const all = isAboutAll(ask);
  const shown = ask.is === 'finished' ? steps : [ask.step];
  return {
    title: titleOf(ask.step, run),
    about: rest.title ?? aboutOf(ask.step, run),
    who: all || tellsWho(ask) ? [] : whoBlocks(ask.step, run),
    details: [],
    choices: none,
    ...rest,
    body: [
      ...(all ? [] : [...sinceBlocks(run, ask.step), ...differsBlocks(run, ask.step)]),
      ...(all ? [] : orphanedBlocks(shown, run)),
      ...(ask.is === 'finished' || ask.is === 'undone' ? behindBlocks(run, steps) : []),
      ...body,
    ],
  };
}

/** A step while nothing is asked: AWS works on it, or it is being checked. */
export function presentStep(step: Step, { run }: Around): Presentation {
  const look = run.observations[step.id];
  const at = look?.remembered ? new Date(look.at).toISOString() : undefined;
  return {
    title: titleOf(step, run),
    about: aboutOf(step, run),
    who: whoBlocks(step, run),
    body: [
      ...sinceBlocks(run, step),
      ...(at === undefined ? [] : [strong(`As it was last seen, ${at}. It is being checked again.`), gap]),
      ...differsBlocks(run, step),
      ...orphanedBlocks([step], run),
      ...standBlocks(step, unasked(planOf(run, step.id), run.answers[step.id]), run),
    ],
    details: [documentDetail(step, run)],
    question: '',
    choices: none,
    keys: [],
  };
}

/** Until it was looked again, the plan of before still asks what has been answered: that is over, with what was said of it. */
function unasked(plan: Plan | undefined, answers: Readonly<Record<string, string>> = {}): Plan | undefined {
  const goals = plan?.goals.filter((goal) => goal.is !== 'open' || answers[goal.question] === undefined);
  if (!plan || !goals || goals.length === plan.goals.length) return plan;
  const { notes: _, ...rest } = plan;
  return { ...rest, goals };
}

const aboutOf = (step: Step, run: Run): string =>
  isUndoing(run) ? titleOf(step, run) : (step.about ?? step.title);
const titleOf = ({ title }: Step, run: Run): string => (isUndoing(run) ? `Undo “${title}”` : title);

/** Whose credentials they are is what these are about. */
const tellsWho = ({ is }: Ask): boolean => ['accept', 'credentials', 'code', 'sign-in'].includes(is);

/** Questions about the whole run, not about one step. */
const isAboutAll = ({ is }: Ask): boolean => ['undo', 'undone', 'handed-off', 'incoming'].includes(is);
