import { sizeOf } from '../../src/model/policy/policy.ts';
import { describeDifference } from '../../src/model/policy/policy-words.ts';
import type { Choice } from '../../src/model/question.ts';
import { formatCount } from '../../src/model/text/format-count.ts';
import {
  documentedPolicy,
  isWider,
  type OfferedPolicy,
  remarksOn,
  sentencesOfDifference,
  shortDifference,
} from './index.ts';
import { dangerous, describeKeeper, type OwnerAccount } from './owner-account.ts';

/** A policy to choose. One that allows more than the document prints is dangerous. */
export function choiceOf(offered: OfferedPolicy, keeper: OwnerAccount): Choice {
  const { statements } = sizeOf(offered.text);
  const danger = {
    says: [...againstDocument(offered), ...remarksOn(offered.text), ...describeKeeper(keeper)],
    typed: dangerous(keeper).typed,
  };
  return {
    value: offered.id,
    label: offered.label,
    detail:
      offered === documentedPolicy
        ? `${statements} statements, as they are printed. From ${offered.from}.`
        : `${capital(shortDifference(offered))}. From ${offered.from}.`,
    ...(isWider(offered) ? { danger } : {}),
  };
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

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
