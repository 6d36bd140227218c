import { plainAccountId } from '../../src/model/text/account-id.ts';

/** An account. `shared`: its name could be taken for another account of the organization. */
export interface NamedAccount {
  readonly id: string;
  readonly name: string;
  readonly shared?: true;
}

/** As a person compares names: no capitals, no difference that is not seen. A name may also be the id of another account. */
const alike = (name: string): string =>
  plainAccountId(name.normalize('NFKC')).toLowerCase().replace(/\s+/gu, ' ').trim();

/** The same accounts, those marked whose name does not say which one is meant. */
export function markShared<A extends NamedAccount>(accounts: readonly A[]): readonly A[] {
  const named = new Map<string, Set<string>>();
  for (const { id, name } of accounts)
    for (const word of [alike(name), id]) named.set(word, (named.get(word) ?? new Set()).add(id));
  return accounts.map((one) =>
    (named.get(alike(one.name))?.size ?? 0) > 1 ? { ...one, shared: true as const } : one,
  );
}

/** Whether a word, which stands for something else, could be taken for one of these accounts. */
export const isNameOf = (word: string, accounts: readonly NamedAccount[]): boolean =>
  accounts.some(({ id, name }) => id === word || alike(name) === alike(word));

/** What is typed to confirm something dangerous to an account: it names exactly this one. */
export const wordsForAccount = ({ id, name, shared }: NamedAccount): readonly string[] =>
  shared ? [id] : [...new Set([name, id])];

/** Why the name does not do, where it does not. */
export const describeShared = ({ id, name, shared }: NamedAccount): readonly string[] =>
  shared
    ? [
        `More than one account of the organization is called “${name}”, or so like it that they are taken for each other. So the 12-digit id is asked for: ${id}.`,
      ]
    : [];
