import { sizeOf } from '../../src/model/policy/policy.ts';
import { describeDifference } from '../../src/model/policy/policy-words.ts';
import type { Choice } from '../../src/model/question.ts';
import { defined } from '../../src/model/text/defined.ts';
import { formatCount } from '../../src/model/text/format-count.ts';
import {
  actionsIn,
  addedBy,
  againstDocumented,
  askedBesides,
  documentedPolicy,
  isWider,
  type OfferedPolicy,
  offeredPolicies,
  remarksOn,
  sentencesOfDifference,
  shortDifference,
} from './index.ts';
import { dangerous, describeOwner, type OwnerAccount } from './owner-account.ts';

/**
 * The policies to choose, those first that fit a profile that was seen. `seen`: the names of the profiles. One that
 * allows more than the document prints is dangerous.
 */
export function policyChoices(owner: OwnerAccount, seen: readonly string[]): readonly Choice[] {
  const fits = ({ fits }: OfferedPolicy) =>
    seen.find((name) => name.toLowerCase().startsWith(fits.toLowerCase()));
  const those = offeredPolicies.filter(fits);
  const [first] = those;
  if (!first || those.length === offeredPolicies.length)
    return offeredPolicies.map((one) => choiceOf(one, owner));
  const others = offeredPolicies.filter((one) => !fits(one));
  return [
    ...those.map((one) => ({ ...choiceOf(one, owner), group: `For the profile ${fits(one)}` })),
    ...others.map((one) => ({ ...choiceOf(one, owner), group: 'Others' })),
  ];
}

/** So many actions are named together with all else that decides. */
const few = 4;

/** A policy to choose, in one line: whose and of when, how many actions, and how many more and fewer the document's has. */
function choiceOf(offered: OfferedPolicy, owner: OwnerAccount): Choice {
  const { statements } = sizeOf(offered.text);
  const { more, fewer } = againstDocumented(offered);
  const added = addedBy(offered);
  const danger = {
    decisive: [
      `Against the document: it ${shortDifference(offered)}.`,
      ...(added.length > 0 && added.length <= few ? [`It adds ${added.join(', ')}.`] : []),
      ...(offered.caution === undefined ? [] : ['Its source may have changed since.']),
      ...askedBesides(offered),
      ...describeOwner(owner),
    ],
    says: [...againstDocument(offered), ...remarksOn(offered.text), ...describeOwner(owner)],
    typed: dangerous(owner).typed,
  };
  const signs = [...(more > 0 ? [`+${more}`] : []), ...(fewer > 0 ? [`-${fewer}`] : [])].join(' ');
  return {
    value: offered.id,
    label: offered.label,
    facts: [`${actionsIn(offered.text)} actions${signs === '' ? '' : `, ${signs} vs. document`}`],
    detail:
      offered === documentedPolicy
        ? `${statements} statements, as the document prints them. From ${offered.from}.`
        : `Against the document: ${shortDifference(offered)}. From ${offered.from}.`,
    ...defined({ danger: isWider(offered) ? danger : undefined }),
  };
}

/** Where it is from, and what it grants otherwise than the document’s. */
export const againstDocument = (offered: OfferedPolicy): readonly string[] => [
  `Source: ${offered.source}`,
  ...(offered.caution === undefined ? [] : [offered.caution]),
  'Against the document’s policy:',
  ...sentencesOfDifference(offered),
];

/** What the audit log says of the policy that was chosen. */
export const recordOf = (offered: OfferedPolicy): readonly string[] => [
  `Chosen: ${offered.name}`,
  ...(offered === documentedPolicy ? [`Source: ${offered.source}`] : againstDocument(offered)),
];

const nothing = '{"Version":"2012-10-17","Statement":[]}';
/** In words, what a policy grants; where it replaces another, what it grants otherwise. */
export function replaced(before: string, after: string): readonly string[] {
  const says = describeDifference(before === '' ? nothing : before, after);
  if (says.length === 0) return [];
  return [before === '' ? 'In words:' : 'Against the policy that it has now:', ...says];
}

export function describeSize(policy: string): string {
  const { statements, characters } = sizeOf(policy);
  return `The policy has ${statements} statements and ${formatCount(characters)} of the 10,240 characters AWS allows.`;
}
