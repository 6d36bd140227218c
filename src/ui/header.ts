import type { Actor } from '../model/call.ts';
import type { Lasting } from '../model/identity.ts';
import { identityCards } from '../model/identity-card.ts';
import type { Run } from '../model/run.ts';
import type { Phase, Step } from '../model/step.ts';
import { phasesOf } from '../model/wanted.ts';
import { arnLine, identityLine } from './identity-line.ts';
import { fitted, type Line, line, span, widthOf } from './line.ts';

export interface Banner {
  readonly demo: boolean;
  readonly endpoint: string;
  readonly program: string;
  readonly runId: string;
  /** Something about this machine that the operator should know all the time. */
  readonly notice?: string;
}
/** How long the actors' credentials last, and what time it is. */
export interface Clock {
  readonly lasting?: Readonly<Partial<Record<Actor, Lasting>>>;
  readonly now?: number;
}
const demoText = ' DEMO: a simulated organization, nothing happens at AWS ';

/** In a lower window every row is needed for what is asked. */
const usualRows = 24;

/** The program, the run, where calls go, and who acts. `place`: also where one is in the runbook. `rows`: the window's. */
export function headerLines(
  banner: Banner,
  run: Run,
  phases: readonly Phase[],
  step: Step,
  columns: number,
  { place, rows }: { readonly place: boolean; readonly rows: number },
  { lasting = {}, now = 0 }: Clock = {},
): readonly Line[] {
  const { demo, endpoint, program, runId, notice } = banner;
  const name = span(`${program.replace('/', ' ')} `, 'strong');
  const id = span(`run ${runId.slice(-8)}`, 'dim');
  const banners = demo ? [demoText, ' DEMO '] : endpoint === 'aws' ? [] : [` ENDPOINT ${endpoint} `];
  const tops = [
    ...banners.map((text): Line => [name, span(text, 'banner'), span(' '), id]),
    ...(banners.length === 0 ? [[name, span('· ', 'dim'), id]] : []),
  ];
  const top = tops.find((one) => widthOf(one) <= columns) ?? tops.at(-1) ?? [];
  const cards = identityCards(run, lasting, step.actor);
  const identity = identityLine(cards, columns, now);
  const arn = rows < usualRows ? undefined : arnLine(cards, identity, columns);
  return [
    fitted(top, columns),
    fitted(identity, columns),
    ...(arn === undefined ? [] : [fitted(arn, columns)]),
    ...(notice === undefined ? [] : [fitted(line(`! ${notice}`, 'strong'), columns)]),
    ...(place ? [fitted([span(placeOf(step, phases, run), 'accent')], columns)] : []),
  ];
}

function placeOf(step: Step, phases: readonly Phase[], run: Run): string {
  const ids = run.undo?.steps ?? phasesOf(phases, run).flatMap((phase) => phase.steps.map(({ id }) => id));
  return `${run.undo ? 'Taking back' : 'Step'} ${ids.indexOf(step.id) + 1} of ${ids.length}: ${step.short}`;
}
