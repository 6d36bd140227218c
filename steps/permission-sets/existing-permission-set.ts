import { samePolicy } from '../../src/model/policy/policy-difference.ts';
import { differenceInShort } from '../../src/model/policy/policy-words.ts';
import type { Choice } from '../../src/model/question.ts';
import type { Seen } from '../../src/model/reader.ts';
import { defined } from '../../src/model/text/defined.ts';
import { fingerprint } from '../../src/model/text/fingerprint.ts';
import type { OfferedPolicy } from '../policies/index.ts';
import { dangerous, describeOwner, type OwnerAccount } from '../policies/owner-account.ts';
import { replaced } from '../policies/policy-choice.ts';
import {
  besidesInShort,
  describeBesides,
  extrasOf,
  grantsOf,
  holdersIn,
  whoHasIt,
} from './describe-permission-set.ts';
import { describeNeeded } from './needed-policies.ts';
import type { Grants } from './observe-permission-set.ts';
import { tagsSay } from './owner-tags.ts';

/**
 * What was seen, in two short hashes: the inline policy, and what the set grants besides. A decision names both, so that
 * it never decides about a policy that somebody puts there later.
 */
const seenAs = ({ inline, managed, customer, boundary, session }: Grants): readonly [string, string] => [
  fingerprint(inline).slice(0, 8),
  fingerprint([managed, customer, boundary, session]).slice(0, 8),
];

export type ExistingSetDecision = 'same' | 'use' | 'replace' | 'rename' | 'stop' | undefined;

/** What was decided about a set that exists, as it is now. Undefined: nothing, or about something else. */
export function decisionOf(answer: string | undefined, set: Grants, policy: string): ExistingSetDecision {
  const right = samePolicy(set.inline, policy);
  if (right && extrasOf(set).length === 0) return 'same';
  const [verb, about] = answer?.split('@') ?? [];
  const [inline, rest] = seenAs(set);
  switch (verb) {
    case 'use':
    case 'stop':
      return about === `${inline}.${rest}` ? verb : undefined;
    case 'replace':
      // Once the chosen policy is there, the decision is carried out: the rest has to be what it was.
      return about === `${inline}.${rest}` || (right && about?.endsWith(`.${rest}`)) ? 'replace' : undefined;
    case 'rename':
      return about === set.name ? 'rename' : undefined;
    default:
      return undefined;
  }
}

/** How much one policy grants otherwise than another, in one sentence. */
const shortly = (before: string, after: string, what: string): readonly string[] =>
  before === '' || after === '' ? [] : [`${what} ${differenceInShort(before, after)}.`];

/** The ways on from a set that exists and differs. */
export async function* decisions(
  set: Grants,
  chosen: OfferedPolicy,
  owner: OwnerAccount,
  tags: Seen<Readonly<Record<string, string>>> = { seen: {} },
): AsyncIterable<Choice> {
  const about = seenAs(set).join('.');
  const { typed } = dangerous(owner);
  const grants = grantsOf(set, chosen);
  const holders = holdersIn(set);
  const isNew = set.inline === '';
  const noneYet = `It has no inline policy yet: it gets ${chosen.name}.`;
  const known = [
    ...(set.relay === undefined ? [] : [`After sign-in, the browser opens ${set.relay} (its relay state).`]),
    ...('refused' in tags
      ? [`Its tags cannot be read, so we do not know whether a tool manages it: ${tags.refused}`]
      : tagsSay(tags.seen)),
  ];
  yield {
    value: `use@${about}`,
    label: `Use ${set.name} as it is`,
    detail: 'Nothing is changed; the administrator gets what this set grants.',
    danger: {
      decisive: [
        `The administrator gets what this set grants, not ${chosen.name}.`,
        ...(set.inline === '' ? ['It has no inline policy.'] : []),
        whoHasIt(set),
        ...shortly(chosen.text, set.inline, `Against ${chosen.name}, its inline policy`),
        ...besidesInShort(set),
        ...describeNeeded(set),
        ...known,
        ...describeOwner(owner),
      ],
      says: [
        `The administrator will get what this set grants, not ${chosen.name}.`,
        ...grants,
        ...describeNeeded(set),
        ...known,
        ...describeOwner(owner),
      ],
      typed,
    },
  };
  yield {
    value: `replace@${about}`,
    label: isNew
      ? `Give ${set.name} ${chosen.name}`
      : `Replace the inline policy of ${set.name} with ${chosen.name}`,
    detail: `What else is attached stays.${isNew ? '' : ' The journal keeps the old policy.'}`,
    ...defined({
      not: samePolicy(set.inline, chosen.text) ? 'its inline policy already means the same' : undefined,
    }),
    danger: {
      decisive: [
        isNew ? noneYet : 'Its inline policy is overwritten. The journal keeps the old one.',
        whoHasIt(set, true),
        ...shortly(set.inline, chosen.text, 'The new policy'),
        ...besidesInShort(set),
        ...describeNeeded(set),
        ...known,
        ...describeOwner(owner),
      ],
      says: [
        isNew ? noneYet : 'The set’s inline policy is overwritten. The journal keeps the old one.',
        ...(holders.length === 0
          ? ['Nobody has the set.']
          : ['Everybody who has the set gets the new policy:', ...holders]),
        ...replaced(set.inline, chosen.text),
        ...describeBesides(set),
        ...describeNeeded(set),
        ...known,
        ...describeOwner(owner),
      ],
      typed,
    },
  };
  yield { value: `rename@${set.name}`, label: 'Leave it, and create a set with another name' };
  yield { value: `stop@${about}`, label: 'Stop here, and check it first' };
}
