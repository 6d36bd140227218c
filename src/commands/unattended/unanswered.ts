import type { Ask } from '../../engine/ask.ts';
import { type Choice, isGuarded } from '../../model/question.ts';
import { withoutSecrets } from '../../model/text/without-secrets.ts';

type Question = Extract<Ask, { is: 'question' }>;
/** What a choice endangers. */
export async function dangerOf(answer: string, { question, choices }: Question): Promise<Choice['danger']> {
  if (!isGuarded(question)) return undefined;
  for await (const choice of choices?.() ?? none()) if (choice.value === answer) return choice.danger;
  return undefined;
}

/** What to write into the file, with the first few things that can be chosen. */
export async function unanswered(
  key: string,
  answer: string | undefined,
  { question, choices, plan }: Question,
): Promise<readonly string[]> {
  const some: string[] = [];
  const apart: string[] = [];
  for await (const { value, label, facts = [], not, apart: isApart } of choices?.() ?? none()) {
    const says = `  ${value}  ${[label, ...facts].join(', ')}`;
    if (not === undefined) (isApart ? apart : some).push(says);
    if (some.length === 20) break;
  }
  return [
    answer === undefined
      ? `Not answered: ${question.says}`
      : `Not answered by “${withoutSecrets(answer)}”: ${question.says}`,
    ...(question.noDefault ? (plan.notes ?? []).map((note) => `  ${note}`) : []),
    `Answer it in the answers file: "answers": {"${key}": ${formOf(question)}}.`,
    ...some,
    ...apart,
  ];
}
const formOf = ({ as, example }: Question['question']): string =>
  as === 'several' ? '["…", "…"]' : JSON.stringify(example ?? (as === 'attestation' ? 'attested' : '…'));
async function* none(): AsyncIterable<Choice> {}
