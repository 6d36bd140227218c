import { asCommand } from '../text/own-commands.ts';
import { describeDenied } from './access-denied-hints.ts';

/**
 * What a request that AWS took on and gave up on may have met, who sees to it, and what to do: a sentence each. They fit
 * what makes something and what deletes it: AWS's words do not tell which of them it was. The reasons are as others have
 * met them; a service-linked role is bound by no service control policy (AWS Organizations' guide), so in a member
 * account it is none of those that refused.
 */
const met: readonly (readonly [reason: RegExp, says: readonly string[]])[] = [
  [
    /404.*(assignee|principal|user|group).*not found|not found in directory/i,
    [
      'AWS did not find the user or the group in the directory: one that is new is not known everywhere for some minutes, and one that was deleted does not come back.',
      'Try again then. If it stays so, ask the directory’s administrator whether it still exists: a user created again has another id.',
    ],
  ],
  [
    // terraform-provider-aws#33152, and re:Post: a customer managed policy is looked for in each account that gets the set.
    /404.*not supported policy/i,
    [
      'The permission set names a customer managed policy, or one as its permissions boundary, that the target account does not have: the administrator of that account creates it there, under the same path and name.',
      'Then try again. Or choose another account, or a permission set without it.',
    ],
  ],
  [
    /limit ?exceeded|quota/i,
    [
      'A quota of the target account is reached, such as its number of IAM roles: who administers that account deletes some, or asks for more in Service Quotas.',
    ],
  ],
  [
    // Of an account that was closed, as others met it (aws-identitycenter-codepipeline-auto-assignment#31, aws-sso-util#80).
    /obtaining permissions to manage your AWS account .*(takes|taking) longer than usual/i,
    [
      'IAM Identity Center cannot get into the target account. AWS answers so of an account that is suspended or closed: check its state in AWS Organizations, and ask whoever manages the organization.',
      'If it is active, try again in some minutes. For what is still to be made, another account can be chosen.',
    ],
  ],
  [
    /polic(y|ies)\b.*(does not exist|not attachable|not found|no such|not supported|isn't|missing)|(404|NoSuchEntity).*\bpolic(y|ies)\b/i,
    [
      'The permission set has a customer managed policy, or a permissions boundary, that the target account does not have: IAM Identity Center does not create it there.',
      'The administrator of the target account creates it, with the same name and path; then try again. Or choose another set, or another account.',
    ],
  ],
  [
    /suspended/i,
    [
      'The target account is suspended: ask whoever manages the organization. For what is still to be made, another account can be chosen.',
    ],
  ],
  [
    /403|access denied/i,
    [
      'AWS does not say which policy denied it. In a member account IAM Identity Center makes and deletes its role by its own service-linked role, AWSServiceRoleForSSO, whatever these credentials may do. In the management account it makes its role by these credentials, and deletes it by that service-linked role.',
      'Try again in a few minutes: this is often temporary, above all in a new account. If it stays so, ask the administrator of the target account to check whether that service-linked role exists, and to find the denied call in the account’s CloudTrail.',
    ],
  ],
];
const nothingSaid = [
  'Try again. If it stays so, AWS Support finds the reason by the id of the request.',
] as const;

/**
 * What a request met that AWS took on and gave up on, and what to do, a sentence each. `why`: AWS's FailureReason, word
 * for word. Never empty: of words that nobody knows it says to try again, and whom to ask.
 */
export function describeGaveUp(why: string): readonly string[] {
  const denied = describeDenied(why);
  const [, action] = /not authorized to perform: (iam:\w+)/.exec(why) ?? [];
  if (action !== undefined)
    return [
      `These credentials may not do ${action}. In the management account IAM Identity Center makes and changes its role by the rights of whoever asks for it: all that it takes is printed by ${asCommand('cw-runbook permissions --actor management --management-target')}.`,
      ...denied,
    ];
  if (denied.length > 0) return denied;
  return met.find(([reason]) => reason.test(why))?.[1] ?? nothingSaid;
}
