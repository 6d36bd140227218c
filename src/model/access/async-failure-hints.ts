import { deniedSays } from './access-denied-hints.ts';

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
      'Try again then. If it stays so, whoever runs the directory looks whether it is still there: who was made anew has another id.',
    ],
  ],
  [
    /limit ?exceeded|quota/i,
    [
      'A quota of the target account is reached, such as its number of IAM roles: who administers that account deletes some, or asks for more in Service Quotas.',
    ],
  ],
  [
    /polic(y|ies)\b.*(does not exist|not attachable|not found|no such|not supported|isn't|missing)|(404|NoSuchEntity).*\bpolic(y|ies)\b/i,
    [
      'The permission set has a customer managed policy, or a permissions boundary, that the target account does not have: IAM Identity Center does not make it there.',
      'Who administers the target account creates it, by the same name and path, and then it is tried again. Or another set, or another account, is chosen.',
    ],
  ],
  [
    /obtaining permissions to manage your aws account.*takes longer than usual/i,
    [
      'The target account may be suspended: AWS has said so in these words of one that was. Who manages the organization looks at its state.',
      'If it is active, try again in some minutes.',
    ],
  ],
  [
    /suspended/i,
    [
      'The target account is suspended: who manages the organization sees to that. For what is still to be made, another account can be chosen.',
    ],
  ],
  [
    /403|access denied/i,
    [
      'AWS does not say which policy denied it. In a member account IAM Identity Center makes and deletes its role by its own service-linked role, AWSServiceRoleForSSO, whatever these credentials may do; in the management account it does so by these credentials.',
      'Try again in some minutes: it may pass by itself, above all in an account that is new. If it stays so, who administers the target account looks whether that service-linked role is there, and for the denied call in the account’s CloudTrail.',
    ],
  ],
];
const nothingSaid = [
  'Try again. If it stays so, AWS Support finds the reason by the id of the request.',
] as const;

export function gaveUpSays(why: string): readonly string[] {
  const denied = deniedSays(why);
  if (denied.length > 0) return denied;
  const [, action] = /not authorized to perform: (iam:\w+)/.exec(why) ?? [];
  if (action !== undefined)
    return [
      `These credentials may not do ${action}. In the management account IAM Identity Center makes and deletes its role by the rights of whoever asks for it: all that it takes is printed by cw-runbook permissions --actor management --management-target.`,
    ];
  return met.find(([reason]) => reason.test(why))?.[1] ?? nothingSaid;
}
