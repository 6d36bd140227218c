import { severalOf, valuesOf } from '../../model/question.ts';
import type { Runbook } from '../../model/runbook.ts';
import { didYouMean } from '../../model/text/did-you-mean.ts';
import { withoutSecrets } from '../../model/text/without-secrets.ts';
import { exitCodes } from '../process/exit.ts';
import { type Answers, askedBy } from './answers.ts';
import type { Reason } from './operator.ts';

export interface NamedAccount {
  readonly id: string;
  readonly name: string;
  readonly state: string; // AWS’s word: ACTIVE, SUSPENDED, …
}
/** The questions of a file that are answered by accounts, and what it says. */
export const accountsIn = ({ answers }: Answers, runbook: Runbook): readonly (readonly [string, string])[] =>
  Object.entries(askedBy(runbook)).flatMap(([key, { of }]) => {
    const told = Object.hasOwn(answers, key) ? answers[key] : undefined;
    return of === 'accounts' && told !== undefined ? [[key, told] as const] : [];
  });

const isId = (text: string): boolean => /^\d{12}$/.test(text);
/** Whether an answer that names accounts has to be looked up: it holds something else than ids. */
export const namesAccounts = (answer: string): boolean => !valuesOf(answer).every(isId);

/** As a person compares names: no capitals, no difference that is not seen. */
const alike = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();

/**
 * An answer with the id of each account that it names; an id is taken as it is. Why it cannot be, where a name is
 * nobody's, or more than one account's: then the ids are said.
 */
export function withIds(
  key: string,
  answer: string,
  all: readonly NamedAccount[],
): { readonly answer: string } | Reason {
  const ids: string[] = [];
  for (const value of valuesOf(answer)) {
    const found = isId(value)
      ? all.filter(({ id }) => id === value)
      : all.filter(({ name }) => alike(name) === alike(value));
    const [one] = found;
    if (one === undefined)
      return no(
        exitCodes.prerequisite,
        `${key}: the organization has no account ${isId(value) ? value : `called “${withoutSecrets(value)}”`}.`,
        `${didYouMean(
          value,
          all.map(({ id, name }) => (isId(value) ? id : name)),
        )}Write the name as AWS Organizations lists it, or the 12-digit id.`,
      );
    if (found.length > 1)
      return no(
        exitCodes.answerNeeded,
        `${key}: ${found.length} accounts are called “${value}”, or so like it that they could be confused: ${found.map(({ id, name }) => `${id} (${name})`).join(', ')}.`,
        'Write the 12-digit id.',
      );
    ids.push(one.id);
  }
  return { answer: answer.startsWith('[') ? severalOf(ids) : (ids[0] ?? answer) };
}
const no = (code: Reason['code'], ...says: readonly string[]): Reason => ({ code, says });
