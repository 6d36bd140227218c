import { partsOf } from '../../model/progress/applicable-steps.ts';
import { type Question, valuesOf } from '../../model/question.ts';
import { made, type Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { asCommand } from '../../model/text/own-commands.ts';
import { blank, type Line, wrap } from '../text/line.ts';
import type { Page } from '../text/page.ts';
import type { Row } from './row.ts';
import { type Picker, visible } from './state.ts';

/** Of a longer question's row the end would be cut off: the answer. */
const longest = 45;

/** What the answers were so far, the newest step first. */
export function earlier(run: Run, steps: readonly Step[]): readonly Row[] {
  return steps
    .flatMap((step) => {
      const given = Object.entries(run.answers[step.id] ?? {});
      return given.map(([question, answer]): Row => {
        // A step's name says which question it was where the step asked only one.
        const { says = '' } = step.questions[question] ?? {};
        const of =
          given.length > 1 && says !== '' && says.length <= longest ? says.replace(/[?.]$/, '') : step.short;
        return {
          does: { do: 'withdraw', step: step.id, question },
          label: `${of}: ${inWords(answer, step.questions[question], run)}`,
        };
      });
    })
    .reverse();
}
/** An answer as the operator gave it: names for ids, and words for what is only recorded so. */
function inWords(answer: string, question: Question | undefined, { names }: Run): string {
  if (question?.as === 'attestation') return answer === 'attested' ? 'yes' : answer;
  return (question?.as === 'several' ? valuesOf(answer) : [answer.split('@')[0] ?? ''])
    .map((value) => (Object.hasOwn(names, value) ? `${names[value]} (${value})` : value))
    .join(', ');
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
  const { step: id, question: name } = chosen.does;
  const question = steps.find((step) => step.id === id)?.questions[name];
  const again = partsOf(resting(chosen.does.step, steps), run);
  const kept = again.flatMap((step) => made(run, step.id));
  return [
    ...wrap(question?.says ?? name, page),
    // In the list the end of a long one is cut off.
    ...wrap(`Your answer: ${inWords(run.answers[id]?.[name] ?? '', question, run)}`, page),
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
            `Already made. It stays in force, whatever you choose next. ${asCommand('cw-runbook undo')} removes it; users stay`,
            page,
            'strong',
          ),
          ...kept.flatMap(({ says }) => wrap(says, page, 'plain', '! ')),
        ]),
  ];
}
