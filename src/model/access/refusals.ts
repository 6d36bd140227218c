import type { Call } from '../call.ts';
import type { WriteOperation } from '../operations.ts';
import { unreachable } from '../text/unreachable.ts';

/**
 * What a refusal of a change means for the next step. In each case nothing was changed by this request.
 * `throttled`, `in-progress`: AWS says that it passes; the same may be sent again under the same confirmation.
 * `already`: AWS says that it is so already; a look has to show it, and nothing is sent again.
 * `final`: all else, words that nobody knows included; nothing is sent again.
 */
export type RefusalKind = 'throttled' | 'in-progress' | 'already' | 'final';

/** AWS's words. A member that is absent matches anything. */
interface Wording {
  readonly code: string;
  readonly reason?: string;
  readonly says?: RegExp;
  /** Where these words are from. */
  readonly source: string;
}
interface Known {
  readonly inProgress: readonly Wording[];
  readonly already: readonly Wording[];
}

/** The class has one meaning in these: the request was not taken, for there are too many. */
const throttled: readonly Wording[] = [
  { code: 'ThrottlingException', source: 'service models of sso-admin and identitystore' },
  { code: 'TooManyRequestsException', source: 'service model of organizations' },
  { code: 'Throttling', source: 'AWS query protocol, common errors' },
  { code: 'ThrottledException', source: 'AWS SDKs, standard retry mode' },
  { code: 'RequestThrottled', source: 'AWS SDKs, standard retry mode' },
  { code: 'RequestThrottledException', source: 'AWS SDKs, standard retry mode' },
  { code: 'RequestLimitExceeded', source: 'AWS SDKs, standard retry mode' },
];

/**
 * IAM Identity Center’s `ConflictException` has no Reason. Its page recommends a retry, and it says "already exists" as
 * well: only the sentence tells.
 */
const ssoBusy: readonly Wording[] = [
  {
    code: 'ConflictException',
    says: /^There is a conflicting operation in process\.?$/i,
    source: 'aws-samples/aws-iam-identity-center-extensions#111; fivexl/terraform-aws-sso-elevator (tests)',
  },
];
/** Organizations has a class of its own for it: "the target of the operation is currently being modified by a different request". */
const organizationsBusy: readonly Wording[] = [
  {
    code: 'ConcurrentModificationException',
    source:
      'service model of organizations; org-formation/org-formation-cli#7; hashicorp/terraform-provider-aws#5073',
  },
];
/** What is to be taken away is not there. */
const isGone: readonly Wording[] = [
  { code: 'ResourceNotFoundException', source: 'service model of sso-admin, without a Reason' },
];

const known: Readonly<Record<WriteOperation, Known>> = {
  'organizations:RegisterDelegatedAdministrator': {
    inProgress: organizationsBusy,
    already: [{ code: 'AccountAlreadyRegisteredException', source: 'service model of organizations' }],
  },
  'organizations:DeregisterDelegatedAdministrator': {
    inProgress: organizationsBusy,
    already: [{ code: 'AccountNotRegisteredException', source: 'service model of organizations' }],
  },
  'identitystore:CreateUser': {
    inProgress: [
      {
        code: 'ConflictException',
        reason: 'CONCURRENT_MODIFICATION',
        source: 'service model of identitystore: ConflictExceptionReason',
      },
    ],
    already: [
      {
        code: 'ConflictException',
        reason: 'UNIQUENESS_CONSTRAINT_VIOLATION',
        source: 'service model of identitystore: ConflictExceptionReason',
      },
      {
        code: 'ConflictException',
        says: /^Duplicate UserName\b/,
        source: 'getmoto/moto, compared with AWS by its authors',
      },
    ],
  },
  'sso:CreatePermissionSet': {
    inProgress: ssoBusy,
    already: [
      {
        code: 'ConflictException',
        says: /^PermissionSet with name \S+ already exists\.?$/,
        source:
          'hashicorp/terraform-provider-aws#38544; aws-samples/terraform-aws-identity-center#2 (CloudTrail)',
      },
    ],
  },
  'sso:PutInlinePolicyToPermissionSet': { inProgress: ssoBusy, already: [] },
  'sso:ProvisionPermissionSet': { inProgress: ssoBusy, already: [] },
  'sso:CreateAccountAssignment': { inProgress: ssoBusy, already: [] },
  'sso:DeleteAccountAssignment': { inProgress: ssoBusy, already: isGone },
  'sso:DeletePermissionSet': { inProgress: ssoBusy, already: isGone },
  'sso:DeleteInlinePolicyFromPermissionSet': { inProgress: ssoBusy, already: isGone },
};

/** AWS's no to a change: its error code, its sentence, and the Reason where its model has one. */
export interface Said {
  readonly code: string;
  readonly why: string;
  readonly reason?: string;
}

/**
 * Which of these a refusal of a change is. It goes by code, Reason and AWS's sentence, for one class may mean both
 * 'passes' and 'is so already'; what is not in the tables above is 'final'.
 */
export function kindOf(operation: WriteOperation, said: Said): RefusalKind {
  const { inProgress, already } = known[operation];
  const fits = (wording: Wording): boolean => matches(wording, said);
  if (throttled.some(fits)) return 'throttled';
  if (inProgress.some(fits)) return 'in-progress';
  // Trouble with the key that encrypts IAM Identity Center says nothing about what is there.
  return already.some(fits) && !/KMS_/.test(`${said.reason ?? ''} ${said.why}`) ? 'already' : 'final';
}
const matches = ({ code, reason, says }: Wording, said: Said): boolean =>
  code === said.code &&
  (reason === undefined || reason === said.reason) &&
  (says === undefined || says.test(said.why.trim()));

/**
 * How it stands where AWS says that it is so already, and does not show it to these credentials: what was found, and
 * what to do, as sentences without and with their full stop.
 */
export function unseenSays(call: Call): { readonly found: string; readonly remedy: string } {
  switch (call.operation) {
    case 'sso:CreatePermissionSet':
      return {
        found: `AWS has a permission set of this name that these credentials cannot see`,
        remedy: `Wait a few minutes and check again: somebody may have just created it. If it stays so, look for ${call.input.Name} in the console (IAM Identity Center › Permission sets) with an identity that can see every permission set, or choose another name for the set of this run.`,
      };
    case 'identitystore:CreateUser':
      return {
        found:
          'AWS has a user with this user name or e-mail address that these credentials cannot see by that name',
        remedy:
          'Wait a few minutes and check again: somebody may have just created the user. If it stays so, look for the user name and the e-mail address in the console (IAM Identity Center › Users), and choose that person, or another user name and address.',
      };
    case 'organizations:RegisterDelegatedAdministrator':
      return {
        found: 'AWS says that the account is registered already, and does not list it to these credentials',
        remedy:
          'Wait a few minutes and check again. If it stays so, look in the management account’s console: IAM Identity Center › Settings › Management.',
      };
    case 'organizations:DeregisterDelegatedAdministrator':
    case 'sso:DeleteAccountAssignment':
    case 'sso:DeletePermissionSet':
    case 'sso:DeleteInlinePolicyFromPermissionSet':
      return {
        found: 'AWS says that it is gone already, and still shows it to these credentials',
        remedy: 'Wait a few minutes and check again. If it stays so, look for it in the console.',
      };
    // AWS has no such words for these that are known: see the table above.
    case 'sso:PutInlinePolicyToPermissionSet':
    case 'sso:ProvisionPermissionSet':
    case 'sso:CreateAccountAssignment':
      return {
        found: 'AWS says that it is so already, and does not show it to these credentials',
        remedy: 'Wait a few minutes and check again. If it stays so, look for it in the console.',
      };
    default:
      return unreachable(call);
  }
}
