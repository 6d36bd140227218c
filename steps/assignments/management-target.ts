import type { Goal } from '../../src/model/plan.ts';
import { met, open, warning } from '../../src/model/plan.ts';
import type { Choice, Question } from '../../src/model/question.ts';
import { defined } from '../../src/model/text/defined.ts';
import { unreachable } from '../../src/model/text/unreachable.ts';
import { describeShared, wordsForAccount } from '../lookups/account-words.ts';
import type { Place } from './assignments.ts';
import { placeSaid } from './assignments.ts';

/** Source: IAM Identity Center User Guide, "Delegated administration". */
const whyNot =
  'The delegated administrator can neither assign anything in the management account nor use a permission set that is provisioned there.';

const decided = 'It is decided whether CodeWhisperer is administered in the management account';
export const managementQuestion = {
  says: 'The management account is among the chosen. Is CodeWhisperer administered there too?',
  as: 'choice',
  values: ['own-set', 'leave-out'],
  noDefault: true,
} as const satisfies Question;

/** How the management account stands among the chosen ones. */
export type ManagementDecision = 'own-set' | 'left-out' | 'open' | undefined;

/** What was decided about it. Left out, it may not have been the only one. */
export function decisionOn(
  management: string,
  targets: readonly string[],
  answer: string | undefined,
): ManagementDecision {
  if (!targets.includes(management)) return undefined;
  if (answer === 'own-set') return 'own-set';
  return answer === 'leave-out' && targets.length > 1 ? 'left-out' : 'open';
}

export function decisionGoals(decision: ManagementDecision, account: Place): readonly Goal<never>[] {
  switch (decision) {
    case undefined:
      return [];
    case 'open':
      return [open('management', decided, 'management')];
    case 'left-out':
      return [
        warning('management', decided, `${placeSaid(account)} was chosen, then left out (your choice)`),
      ];
    case 'own-set':
      return [
        met(
          'management',
          decided,
          `${placeSaid(account)}: with a permission set of its own, in two steps by its own credentials`,
        ),
      ];
    default:
      return unreachable(decision);
  }
}
/** What has to be read before it is decided. */
export const decisionNotes = ({ name }: Place): readonly string[] => [
  `${whyNot} So ${name} needs a permission set of another name, made and assigned by the management account’s credentials.`,
  'Anyone with access to the management account can reach every account of the organization. AWS recommends using it only for what no other account can do.',
];

export async function* managementChoices(account: Place, others: boolean): AsyncIterable<Choice> {
  yield {
    value: 'own-set',
    label: 'Yes, with a permission set of its own',
    detail: 'Two more steps, by the management account’s credentials.',
    danger: {
      decisive: [
        'Those you chose become CodeWhisperer administrators in the management account.',
        'Anyone with access to it can reach every account of the organization.',
        'Only its own credentials can change that set and remove these assignments.',
        'The delegated administrator still decides who is in a group, and so who gets in.',
        ...describeShared(account),
      ],
      says: [
        ...decisionNotes(account),
        'Those who were chosen become CodeWhisperer administrators in the management account, with the policy that was chosen.',
        'Only the management account’s credentials can change that set and take these assignments away.',
        'Of a group, the delegated administrator still decides who is in it, and so who gets into the management account.',
        ...describeShared(account),
      ],
      typed: wordsForAccount(account),
    },
  };
  yield {
    value: 'leave-out',
    label: 'No, leave the management account out',
    ...defined({ not: others ? undefined : 'no other account was chosen: take that answer back' }),
  };
}

/**
 * In the management account IAM Identity Center makes and changes roles with the caller’s rights. Source: IAM Identity
 * Center User Guide, "Using identity-based policies", example 2.
 */
export const rolesThere = [
  ...['iam:AttachRolePolicy', 'iam:CreateRole', 'iam:DeleteRole', 'iam:DeleteRolePolicy'],
  ...['iam:DetachRolePolicy', 'iam:GetRole', 'iam:GetSAMLProvider', 'iam:ListAttachedRolePolicies'],
  ...['iam:ListPolicies', 'iam:ListRolePolicies', 'iam:ListRoles', 'iam:PutRolePolicy'],
  ...['iam:UpdateRole', 'iam:UpdateRoleDescription', 'iam:UpdateSAMLProvider'],
];
