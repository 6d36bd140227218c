import { type Grant, policyIn } from '../../src/model/policy/policy.ts';
import { grantsMore, policyDifferences, samePolicy } from '../../src/model/policy/policy-difference.ts';
import { describeComparison, differenceInShort } from '../../src/model/policy/policy-words.ts';
import amazonQDeveloper from './amazon-q-developer-2026.json' with { type: 'json' };
import asDocumented from './codewhisperer-as-documented.json' with { type: 'json' };
import legacyProfile from './codewhisperer-legacy-profile-2026.json' with { type: 'json' };
import addition from './customizations-addition.json' with { type: 'json' };
import kiro from './kiro-2025-12.json' with { type: 'json' };

/** A policy that the set may be given. */
export interface OfferedPolicy {
  /** What is recorded as the answer. It stands for one text for ever: a newer text gets a newer id. */
  readonly id: string;
  /** Whose it is and of when, as a line of a list: at most 46 characters. */
  readonly label: string;
  /** The profiles that it is for, by the beginning of their names. */
  readonly fits: 'QDevProfile' | 'KiroProfile';
  /** As it is called within a sentence: 'the document’s policy'. */
  readonly name: string;
  /** Where the text is from, and of when: with its address, and in a few words. */
  readonly source: string;
  readonly from: string;
  /** What is known to have changed at the source since. */
  readonly caution?: string;
  /** As it is sent: without white space. */
  readonly text: string;
}
const guide = 'AWS’s guide, looked up on 23 November 2026';
const administrators =
  'Amazon Q Developer User Guide, “Administrator permissions”, as of 2026, looked up on 23 November 2026: https://docs.aws.amazon.com/amazonq/latest/qdeveloper-ug/id-based-policy-examples-admins.html';
const bases = [
  {
    id: 'documented',
    label: 'CodeWhisperer document',
    date: '2024',
    name: 'the document’s policy',
    source:
      'AWS’s document “Setting up CodeWhisperer Professional with IAM Identity Center”, as published in 2024: https://docs.aws.amazon.com/codewhisperer/latest/userguide/as-account-admin.html',
    from: 'AWS’s document of 2024',
    policy: asDocumented,
  },
  {
    id: 'legacy-profile-2026',
    label: 'CodeWhisperer legacy',
    date: '2026',
    name: 'AWS’s policy of 2026 for legacy CodeWhisperer profiles',
    source: administrators,
    from: guide,
    policy: legacyProfile,
  },
  {
    id: 'amazon-q-developer-2026',
    label: 'Amazon Q Developer',
    date: '2026',
    name: 'AWS’s policy of 2026 for Amazon Q Developer',
    source: administrators,
    from: guide,
    policy: amazonQDeveloper,
  },
];
/** Kiro's page names no permissions for customizations: the policy is offered as it is printed, and no other way. */
const kiroPolicy: OfferedPolicy = {
  id: 'kiro-2025-12',
  label: 'Kiro, December 2025',
  fits: 'KiroProfile',
  name: 'Kiro’s policy of December 2025',
  source:
    'Kiro’s guide for administrators, page updated on 11 December 2025, from a copy of it: https://kiro.dev/docs/cli/enterprise/iam/',
  from: 'Kiro’s guide of 11 December 2025',
  caution:
    'It may have changed. A newer page without a date also asks for codewhisperer:DeleteProfile and codewhisperer:AllowVendedLogDeliveryForResource and, with an external identity provider, for actions on login domains and SCIM access tokens: https://kiro.dev/docs/privacy-and-security/iam-permissions/',
  text: JSON.stringify(kiro),
};

/**
 * The policies to choose from, the document's first: each of AWS's as it is printed, and with what the same guide adds
 * for an administrator who creates customizations.
 */
export const offeredPolicies: readonly OfferedPolicy[] = [
  ...bases.flatMap(({ id, label, date, name, source, from, policy }): readonly OfferedPolicy[] => [
    {
      ...{ id, label: `${label}, ${date}`, fits: 'QDevProfile', name, source, from },
      text: JSON.stringify(policy),
    },
    {
      id: `${id}+customizations`,
      label: `${label} + customizations, ${date}`,
      fits: 'QDevProfile',
      name: `${name}, with the permissions for customizations`,
      source: policy === asDocumented ? `${source}. The addition: ${administrators}` : source,
      from: policy === asDocumented ? `${from}; the addition: ${guide}` : from,
      text: JSON.stringify({ ...policy, Statement: [...policy.Statement, ...addition.Statement] }),
    },
  ]),
  kiroPolicy,
];
export const documentedPolicy = offeredPolicies[0] as OfferedPolicy;

/** The policy that was chosen. Journals of older programs hold a yes or no to `customizations`, about the document's. */
export function chosenPolicy(answers: {
  readonly policy?: string;
  readonly customizations?: string;
}): OfferedPolicy | undefined {
  const { customizations } = answers;
  const id =
    answers.policy ??
    (customizations === undefined
      ? undefined
      : customizations === 'yes'
        ? 'documented+customizations'
        : 'documented');
  return offeredPolicies.find((one) => one.id === id);
}
/** The offered policy that a text means. */
export const knownPolicy = (text: string): OfferedPolicy | undefined =>
  text === '' ? undefined : offeredPolicies.find((one) => samePolicy(one.text, text));

/** Whether it allows more than the document prints. */
export const isWider = ({ text }: OfferedPolicy): boolean => grantsMore(documentedPolicy.text, text);
/** How many actions a policy names. */
export const actionsIn = (text: string): number =>
  new Set((policyIn(text)?.grants ?? []).map(({ action }) => JSON.stringify(action))).size;
/** How many actions it has that the document's has not, and the other way round. */
export function againstDocumented({ text }: OfferedPolicy): {
  readonly more: number;
  readonly fewer: number;
} {
  const found = policyDifferences(documentedPolicy.text, text) ?? [];
  const count = (is: 'added' | 'dropped') => found.filter((one) => one.is === is).length;
  return { more: count('added'), fewer: count('dropped') };
}
/** What it grants otherwise than the document's, in short and in sentences. */
export const shortDifference = ({ text }: OfferedPolicy): string =>
  differenceInShort(documentedPolicy.text, text);
/** Actions that it allows and the document's does not at all. */
export const addedBy = ({ text }: OfferedPolicy): readonly string[] =>
  (policyDifferences(documentedPolicy.text, text) ?? []).flatMap(({ is, effect, action }) =>
    is === 'added' && effect === 'Allow' && 'only' in action ? [action.only] : [],
  );
export const sentencesOfDifference = ({ text }: OfferedPolicy): readonly string[] =>
  describeComparison(documentedPolicy.text, text);

/** What a reviewer asks about where it is allowed on every resource, and why. */
const asked: readonly (readonly [action: RegExp, why: string])[] = [
  [
    /^iam:CreateServiceLinkedRole$/,
    'it may create any AWS service’s own role. AWS prints it narrowed to the Amazon Q role today.',
  ],
  [/^kms:/, 'it reaches every KMS key whose key policy lets IAM decide.'],
  [
    /^organizations:(En|Dis)ableAWSServiceAccess$/,
    'it switches any service’s access to the organization, where the account may do that.',
  ],
  [
    /^sso:(CreateInstance|DeleteApplication)$/,
    'it may create an IAM Identity Center instance of the account, and delete its applications.',
  ],
  [/^s3:Get/, 'it reads every object of every bucket in the account.'],
];
function wideIn(policy: string, name: RegExp): readonly string[] {
  const wide = (policyIn(policy)?.grants ?? []).filter(isWide).map(({ action }) => action.only);
  return [...new Set(wide.filter((action) => name.test(action)))];
}
/** What a reviewer will ask about, a sentence each. */
export const remarksOn = (policy: string): readonly string[] =>
  asked.flatMap(([name, why]) => {
    const actions = wideIn(policy, name);
    return actions.length === 0
      ? []
      : [`A reviewer will ask about ${actions.join(', ')} on every resource: ${why}`];
  });
/** Of that what the document's policy does not have: the actions alone, in one sentence. */
export function askedBesides({ text }: OfferedPolicy): readonly string[] {
  const more = asked.flatMap(([name]) => {
    const before = wideIn(documentedPolicy.text, name);
    return wideIn(text, name).filter((action) => !before.includes(action));
  });
  return more.length === 0 ? [] : [`A reviewer will also ask about ${more.join(', ')} on every resource.`];
}
const isWide = (grant: Grant): grant is Grant & { readonly action: { readonly only: string } } =>
  grant.effect === 'Allow' &&
  'only' in grant.action &&
  'only' in grant.resource &&
  grant.resource.only === '*' &&
  grant.conditions.length === 0;
