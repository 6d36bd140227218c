import { partsOf } from '../../model/progress/applicable-steps.ts';
import { valuesOf } from '../../model/question.ts';
import { made, type Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { blank, type Line, wrap } from '../text/line.ts';
import type { Page } from '../text/page.ts';
import type { Row } from './row.ts';
import { type Picker, visible } from './state.ts';

/** What the answers were so far, the newest step first. */
export function earlier(run: Run, steps: readonly Step[]): readonly Row[] {
  return steps
    .flatMap((step) =>
      Object.entries(run.answers[step.id] ?? {}).map(([question, answer]): Row => {
        const { says = question, as } = step.questions[question] ?? {};
        const was = (as === 'several' ? valuesOf(answer) : [answer.split('@')[0] ?? ''])
          .map((value) => (Object.hasOwn(run.names, value) ? `${run.names[value]} ${value}` : value))
          .join(', ');
        return {
          does: { do: 'withdraw', step: step.id, question },
          label: `${step.short}: ${was}`,
          detail: says,
        };
      }),
    )
    .reverse();
}

/** The step itself, and every step that rests on what it finds or is told. */
const resting = (id: string, steps: readonly Step[]): readonly Step[] => {
  const rests = (step: Step): boolean => step.id === id || Object.values(step.dependsOn).some(rests);
  return steps.filter(rests);
};

/** What taking the highlighted answer back leads to. */
export function consequencesOf(
  picker: Picker,
  run: Run,
  steps: readonly Step[],
  page: Page,
): readonly Line[] {
  const chosen = visible(picker)[picker.at];
  if (chosen?.does?.do !== 'withdraw') return [];
  const again = partsOf(resting(chosen.does.step, steps), run);
  const kept = again.flatMap((step) => made(run, step.id));
  return [
    // In the list the end of a long one is cut off.
    ...wrap(`${chosen.detail ?? ''} ${chosen.label}`.trim(), page),
    blank,
    ...wrap(
      'If you change this answer, you are asked again, unless AWS shows that it is decided already. These steps are checked again:',
      page,
      'strong',
    ),
    ...again.flatMap((step) => wrap(step.title, page, 'plain', '• ')),
    blank,
    ...(kept.length === 0
      ? wrap('Nothing was changed in AWS by these steps so far.', page)
      : [
          ...wrap(
            'Already made. It stays in force, whatever you choose next. cw-runbook undo removes it; users stay',
            page,
            'strong',
          ),
          ...kept.flatMap(({ says }) => wrap(says, page, 'plain', '! ')),
        ]),
  ];
}
