import type { Run } from '../model/run.ts';
import type { Phase, Step } from '../model/step.ts';
import { fitted, type Line, line, type Span, span, widthOf } from './line.ts';

export interface Banner {
  readonly demo: boolean;
  readonly endpoint: string;
  readonly program: string;
  readonly runId: string;
  /** Something about this machine that the operator should know all the time. */
  readonly notice?: string;
}
const demoText = ' DEMO: a simulated organization, nothing happens at AWS ';

/** The program, the run, where calls go, and who acts. `place`: also where one is in the runbook. */
export function headerLines(
  banner: Banner,
  run: Run,
  phases: readonly Phase[],
  step: Step,
  columns: number,
  place: boolean,
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
  return [
    fitted(top, columns),
    fitted(identityLine(run, columns), columns),
    ...(notice === undefined ? [] : [fitted(line(`! ${notice}`, 'strong'), columns)]),
    ...(place ? [fitted([span(placeOf(step, phases, run), 'accent')], columns)] : []),
  ];
}

function placeOf(step: Step, phases: readonly Phase[], run: Run): string {
  const ids = run.undo?.steps ?? phases.flatMap((phase) => phase.steps.map(({ id }) => id));
  return `${run.undo ? 'Taking back' : 'Step'} ${ids.indexOf(step.id) + 1} of ${ids.length}: ${step.short}`;
}

function identityLine({ identities, binding }: Run, columns: number): Line {
  const parts: Span[] = [];
  for (const [actor, label] of [
    ['management', 'management'],
    ['delegated-administrator', 'delegated'],
  ] as const) {
    const identity = identities[actor];
    if (!identity) continue;
    const who = identity.arn.split(':').at(-1) ?? '';
    if (parts.length > 0) parts.push(span(' · ', 'dim'));
    parts.push(
      span(`${label} `, 'dim'),
      span(identity.account),
      ...(columns >= 100 ? [span(` ${who}`, 'dim')] : []),
    );
  }
  if (binding.region && parts.length > 0) parts.push(span(' · ', 'dim'), span(binding.region));
  return parts.length > 0 ? parts : [span('no credentials accepted yet', 'dim')];
}
