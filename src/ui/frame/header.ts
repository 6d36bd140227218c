import { isUndoing, undoOf } from '../../model/phase.ts';
import { aheadOf, countAhead } from '../../model/progress/ahead.ts';
import { phasesOf } from '../../model/progress/applicable-steps.ts';
import { type Asked, identityCards, type Known } from '../../model/progress/identity-card.ts';
import { leftToUndo, undoneSteps } from '../../model/progress/undoing.ts';
import { isPassed, type Run, standingOf } from '../../model/run.ts';
import type { Phase, Step } from '../../model/step.ts';
import { defined } from '../../model/text/defined.ts';
import { memoizeEach, memoizeLast } from '../../model/text/memoize.ts';
import type { Ask } from '../session/ask.ts';
import { fitted, type Line, line, type Span, span, widthOf } from '../text/line.ts';
import { standingMarks } from '../text/marks.ts';
import type { Page } from '../text/page.ts';
import { identityLines } from './identity-line.ts';

export interface Banner {
  readonly demo: boolean;
  readonly endpoint: string;
  readonly program: string;
  readonly runId: string;
  /** What the operator should know all the time about the journal and this machine, the most important first. */
  readonly notices?: readonly string[];
  /** What is as it should be, and may be passed over. */
  readonly good?: readonly string[];
}
/** What is known of the actors' credentials, and what time it is. */
export interface Clock extends Known {
  readonly now?: number;
}
const demoText = ' DEMO: a simulated organization, nothing happens at AWS ';

/** In a lower window every row is needed for what is asked. */
const usualRows = 24;

/** What the header tells of. */
export interface Headed extends Clock {
  readonly banner: Banner;
  readonly run: Run;
  readonly phases: readonly Phase[];
  readonly step: Step;
  readonly ask: Ask | undefined;
}

/** The program, the run, where calls go, and who acts. `place`: also where one is in the runbook. `rows`: the window's. */
export function headerLines(
  { banner, run, phases, step, ask, now = 0, ...known }: Headed,
  page: Page,
  { place, rows }: { readonly place: boolean; readonly rows: number },
): readonly Line[] {
  const { demo, endpoint, program, runId } = banner;
  const name = span(page, `${program.replace('/', ' ')} `, 'strong');
  const id = span(page, `run ${runId.slice(-8)}`, 'dim');
  const { says, brief } = placeOf(step, phases, run, ask);
  const where = span(page, says, 'accent');
  const banners = demo ? [demoText, ' DEMO '] : endpoint === 'aws' ? [] : [` ENDPOINT ${endpoint} `];
  const topsWith = (first: Line, last: Span): readonly Line[] =>
    banners.length === 0
      ? [first.length === 0 ? [last] : [...first, span(page, '· ', 'dim'), last]]
      : banners.map((text): Line => [...first, span(page, text, 'banner'), span(page, ' '), last]);
  const cards = identityCards(run, known, step.actor, askedOf(ask));
  const identity = identityLines(cards, page, now);
  // In a low window who acts comes before what the program is called: the place stands in its row.
  const crowded = place && rows < usualRows && identity.length > 1;
  const tops = crowded
    ? [...topsWith([], where), ...topsWith([], span(page, brief, 'accent'))]
    : topsWith([name], id);
  const top = tops.find((one) => widthOf(one) <= page.width) ?? tops.at(-1) ?? [];
  const placed = (line: Line): Line => placeLine(line, phases, run, step, page, isToUndo(ask, run));
  return [
    fitted(crowded ? placed(top) : top, page),
    ...(place && !crowded ? [fitted(placed([where]), page)] : []),
    ...identity.map((one) => fitted(one, page)),
    ...noticesIn(banner, rows, page),
  ];
}

/** Where one is, how every step stands (a dot for each, by phase), and how many changes are ahead. */
function placeLine(
  first: Line,
  phases: readonly Phase[],
  run: Run,
  here: Step,
  page: Page,
  toUndo: boolean,
): Line {
  const ahead = toUndo ? '' : aheadText(run)(phases);
  if (page.spoken) return ahead === '' ? first : [...first, span(page, `, ${ahead}`)];
  const dots = phasesOf(phases, run).map(({ steps }) => steps.map((one) => dotOf(one, run, here)).join(''));
  // Where not all of it has room, how much is ahead comes before the dots.
  // They tell how far the setup is: while it is undone, that says nothing.
  const shown =
    undoneSteps(
      phases.flatMap(({ steps }) => steps),
      run,
    ).length > 0
      ? ''
      : dots.join(' ');
  const choices = [[shown, ahead], [ahead], [shown]];
  for (const parts of choices) {
    const all = span(page, parts.filter(Boolean).join('  '), 'dim');
    const between = page.width - widthOf(first) - widthOf([all]);
    if (all.text !== '' && between >= 2) return [...first, span(page, ' '.repeat(between)), all];
  }
  return first;
}

/** A step's dot: one that was not stopped at has the sign that it has in the checklist. */
function dotOf(step: Step, run: Run, here: Step): string {
  if (step !== here && isPassed(run, step.id)) return standingMarks.passed.glyph;
  const stands = standingOf(run, step.id);
  if (stands === 'remembered' && step !== here) return standingMarks.remembered.glyph;
  return stands === 'done' || step === here ? '●' : '○';
}

/** Whether an undo is only offered, or over: what setting up would still change is not what is ahead. */
const isToUndo = (ask: Ask | undefined, run: Run): boolean =>
  ask?.is === 'undo' || ask?.is === 'undone' || (isUndoing(run) && undoOf(run) === undefined);

/** How many changes are ahead, where that is what comes. */
export const aheadShown = (ask: Ask | undefined, run: Run, phases: readonly Phase[]): string =>
  isToUndo(ask, run) ? '' : aheadText(run)(phases);

/** '4 changes ahead'; once something was made '1 done, 3 ahead'. Kept for as long as nothing happens. */
const aheadText = memoizeEach((run: Run) =>
  memoizeLast((phases: readonly Phase[]) => {
    const ahead = aheadOf(
      phases.flatMap(({ steps }) => steps),
      run,
    );
    if (ahead.made === 0) return countAhead(ahead);
    return `${ahead.made} done, ${ahead.exact ? '' : 'up to '}${ahead.changes.length} ahead`;
  }),
);

/** In a low window one row is all that can be spared. */
const noticesIn = ({ notices = [], good = [] }: Banner, rows: number, page: Page): readonly Line[] =>
  [
    ...notices.map((one) => line(page, `! ${one}`, 'strong')),
    ...good.map((one) => line(page, `✓ ${one}`, 'dim')),
  ]
    .slice(0, rows < usualRows ? 1 : 3)
    .map((one) => fitted(one, page));

/** Whose credentials are asked for. */
function askedOf(ask: Ask | undefined): Asked | undefined {
  if (ask?.is === 'accept') return { actor: ask.actor, ...ask.caller };
  if (ask?.is !== 'credentials' || ask.actor === undefined) return undefined;
  return { actor: ask.actor, ...defined({ account: ask.account }) };
}

/** Where one is. `brief`: the same, for a row that has something else to tell, too. */
function placeOf(
  step: Step,
  phases: readonly Phase[],
  run: Run,
  ask: Ask | undefined,
): { readonly says: string; readonly brief: string } {
  if (ask?.is === 'undone') {
    const says = ask.items.length > 0 ? 'Undone in part' : 'Undone';
    return { says, brief: says };
  }
  const all = phases.flatMap(({ steps }) => steps);
  const back = undoneSteps(all, run);
  const told = (word: string, n: number, of: number, { short }: Step) => ({
    says: `${word} ${n} of ${of}: ${short}`,
    brief: `${n}/${of} ${short}`,
  });
  if (back.length > 0) {
    // What is asked about the whole run stands where it goes on.
    const here = back.find(({ id }) => id === step.id) ?? leftToUndo(all, run)[0] ?? back.at(-1);
    // Until it begins, all that is done is checked.
    const word = undoOf(run) === undefined ? 'Undo check' : 'Undo';
    if (here) return told(word, back.indexOf(here) + 1, back.length, here);
  }
  const ids = phasesOf(phases, run).flatMap(({ steps }) => steps.map(({ id }) => id));
  return told('Step', ids.indexOf(step.id) + 1, ids.length, step);
}
