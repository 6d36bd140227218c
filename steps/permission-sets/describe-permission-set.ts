import { samePolicy } from '../../src/model/policy/policy-difference.ts';
import { describeComparison, differenceInShort } from '../../src/model/policy/policy-words.ts';
import { knownPolicy, type OfferedPolicy } from '../policies/index.ts';
import { accountsWith, type Grants, usualSession } from './observe-permission-set.ts';

/** A set that grants nothing and that nobody has: what is left when a program dies between creating it and its policy. */
export const isBare = (set: Grants): boolean =>
  set.inline === '' && accountsWith(set).length === 0 && extrasOf(set).length === 0;

/** What the set grants or limits besides its inline policy, a phrase each. */
export function extrasOf({ managed, customer, boundary, session }: Grants): readonly string[] {
  return [
    ...managed.map((arn) => `AWS managed policy ${arn}`),
    ...customer.map((name) => `customer managed policy ${name}`),
    ...(boundary === '' ? [] : [`permissions boundary ${boundary}`]),
    ...(session === usualSession ? [] : [`sessions of ${session} instead of ${usualSession}`]),
  ];
}

/** An account with its name, where AWS says what it is. */
const placed = ({ places = {} }: Grants, account: string): string => {
  const name = Object.hasOwn(places, account) ? places[account] : undefined;
  return name === undefined || name === account ? `account ${account}` : `${name} (${account})`;
};
export const holdersIn = (set: Grants): readonly string[] => [
  ...set.holders.map(({ account, who }) => `${who} in ${placed(set, account)}`),
  ...accountsWith(set)
    .filter((account) => !set.holders.some((one) => one.account === account))
    .map((account) => `${placed(set, account)}, where nobody is assigned`),
];

/** The first few who have the set, by name. */
export const heldIn = ({ holders }: Grants): readonly string[] =>
  [...new Set(holders.map(({ who, name = who }) => name))].slice(0, fewest);

/** As many of a kind are named; the rest are counted. */
const most = 8;
/** Where it has to be seen together with everything else that decides. */
const fewest = 3;

/** Who has the set, in one sentence: how many they are, and the first few by name. `changes`: it will grant them something else. */
export function whoHasIt(set: Grants, changes = false): string {
  const people = set.holders.map(({ account, who, name = who }) => `${name} in ${placed(set, account)}`);
  const places = accountsWith(set).length;
  if (people.length === 0)
    return places === 0
      ? 'Nobody has it.'
      : `Nobody has it, but it is in ${places} ${places === 1 ? 'account' : 'accounts'}.`;
  const one = people.length === 1;
  const affected = changes ? ` and ${one ? 'is' : 'are'} affected` : '';
  const more = people.length - fewest;
  const named = `${people.slice(0, fewest).join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
  return `${one ? '1 assignment has' : `${people.length} assignments have`} it${affected}: ${named}.`;
}
/** What else is in the set, in one sentence. */
export function besidesInShort(set: Grants): readonly string[] {
  const all = extrasOf(set).map(shortName);
  return all.length === 0
    ? []
    : [
        `Also in it: ${all.slice(0, fewest).join('; ')}${all.length > fewest ? `; and ${all.length - fewest} more` : ''}.`,
      ];
}
/** An AWS managed policy has one name in every account: its ARN says no more. */
export const shortName = (extra: string): string => extra.replace('arn:aws:iam::aws:policy/', '');

/** What the set has besides its inline policy, in a sentence. */
export const describeBesides = (set: Grants): readonly string[] => say('It also has', extrasOf(set));
const say = (what: string, all: readonly string[]): readonly string[] => {
  if (all.length === 0) return [];
  return [
    `${what} (${all.length}): ${all.slice(0, most).join('; ')}${all.length > most ? `; and ${all.length - most} more` : ''}`,
  ];
};

/** What decides what becomes of a set that differs: who has it, how much of its policy differs, and what else it has. */
export const decisiveOf = (set: Grants, chosen: OfferedPolicy): readonly string[] => [
  whoHasIt(set),
  ...differenceOf(set, chosen),
  ...besidesInShort(set),
];
function differenceOf({ inline }: Grants, { name, text }: OfferedPolicy): readonly string[] {
  const known = knownPolicy(inline);
  if (samePolicy(inline, text)) return [`Its inline policy means what ${name} does.`];
  return [
    ...(known ? [`Its inline policy means what ${known.name} does.`] : []),
    inline === ''
      ? 'It has no inline policy.'
      : `Against ${name}, its inline policy ${differenceInShort(text, inline)}.`,
  ];
}

/** In words: what the set grants otherwise than the chosen policy, what else it has, and who has it. */
export function grantsOf(set: Grants, chosen: OfferedPolicy): readonly string[] {
  const known = knownPolicy(set.inline);
  return [
    ...(accountsWith(set).length === 0 ? ['Nobody has it.'] : say('Who has it', holdersIn(set))),
    ...(samePolicy(set.inline, chosen.text)
      ? [`Its inline policy means what ${chosen.name} does.`]
      : set.inline === ''
        ? ['It has no inline policy.']
        : [
            ...(known ? [`Its inline policy means what ${known.name} does.`] : []),
            `Its inline policy, against ${chosen.name}:`,
            ...describeComparison(chosen.text, set.inline),
          ]),
    ...describeBesides(set),
  ];
}
