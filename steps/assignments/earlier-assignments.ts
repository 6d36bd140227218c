import type { Goal } from '../../src/model/plan.ts';
import { change, met, open, warning } from '../../src/model/plan.ts';
import { reversing } from '../../src/model/progress/reverse.ts';
import type { Choice, Question } from '../../src/model/question.ts';
import type { AppliedChange } from '../../src/model/step.ts';
import { describeShared, wordsForAccount } from '../lookups/account-words.ts';
import { placeSaid } from './assignments.ts';
import type { Taken } from './undo-assignments.ts';

/** What this run assigned by earlier answers, and its answers ask for no more. */
export const earlierQuestion = {
  says: 'This run made other assignments before. Keep them, or remove them?',
  as: 'choice',
} as const satisfies Question;

const decided = 'It is decided what becomes of the assignments made before';

/** Of what this run assigned, what is no goal any more. `wanted`: the goals. */
export const earlierOf = (
  made: readonly AppliedChange[] = [],
  wanted: readonly string[],
): readonly AppliedChange[] =>
  made.filter(
    ({ change: id, call }) => call.operation === 'sso:CreateAccountAssignment' && !wanted.includes(id),
  );

const idsOf = (all: readonly Taken[]): readonly string[] => all.map(({ one }) => one.change);
/** A decision names what it is about: of what is made later it says nothing. */
function decisionOn(answer: string | undefined, all: readonly Taken[]): 'keep' | 'remove' | undefined {
  const end = answer?.indexOf('@') ?? -1;
  const verb = answer?.slice(0, Math.max(0, end));
  const ids = (answer?.slice(end + 1) ?? '').split(' ');
  if (!idsOf(all).every((id) => ids.includes(id))) return undefined;
  return verb === 'keep' || verb === 'remove' ? verb : undefined;
}
const answerOf = (verb: 'keep' | 'remove', all: readonly Taken[]): string =>
  `${verb}@${idsOf(all).join(' ')}`;

export async function* earlierChoices(all: readonly Taken[]): AsyncIterable<Choice> {
  const facts = all.flatMap(({ one, assigned }) => (assigned ? [one.says] : []));
  yield { value: answerOf('keep', all), label: 'Keep them', facts };
  yield { value: answerOf('remove', all), label: 'Remove them; each removal is shown first' };
}

/** How what was assigned before stands: shown, and kept or removed as the operator decides. */
export function earlierGoals(
  all: readonly Taken[],
  answer: string | undefined,
  link: string,
): readonly Goal<'sso:DeleteAccountAssignment'>[] {
  const there = all.filter(({ assigned }) => assigned);
  const gone = all
    .filter(({ assigned }) => !assigned)
    .map(({ one, place }) =>
      met(`remove:${one.change}`, `What was assigned before in ${placeSaid(place)} is removed`, one.says),
    );
  if (there.length === 0) return gone;
  switch (decisionOn(answer, all)) {
    case undefined:
      return [...gone, open('earlier', decided, 'earlier', answerOf('keep', all))];
    case 'keep':
      return [
        ...gone,
        ...there.map(({ one }) => ({
          ...warning(one.change, `Made earlier in this run: ${one.says}`, 'kept (your choice)'),
          past: true as const,
        })),
      ];
    case 'remove':
      return [...gone, ...there.map((one) => removal(one, link))];
  }
}

function removal({ one, input, place }: Taken, link: string): Goal<'sso:DeleteAccountAssignment'> {
  const back = reversing({ call: { operation: 'sso:CreateAccountAssignment', input } });
  return change(
    `remove:${one.change}`,
    `Remove what this run did before: ${one.says}`,
    back.operation,
    back.input,
    {
      risk: 'dangerous',
      typed: wordsForAccount(place),
      batch: `unassign ${place.id}`,
      console: `IAM Identity Center › AWS accounts › ${place.name} › Users and groups › Remove access`,
      link,
      decisive: [
        `They can no longer enter ${place.name} with this permission set.`,
        ...describeShared(place),
      ],
    },
  );
}
