import type { Placeholders } from './placeholders.ts';

/**
 * Sentences of AWS’s errors whose form is known, with `{}` for what differs. Of another sentence only its length is
 * kept: what a service puts into it cannot be told.
 */
const sentences: readonly string[] = [
  'User: {} is not authorized to perform: {} because no identity-based policy allows the {} action',
  ...[
    '',
    ' because no identity-based policy allows the {} action',
    ' because no permissions boundary allows the {} action',
    ' because no session policy allows the {} action',
    ' because no service control policy allows the {} action',
    ' because no resource-based policy allows the {} action',
    ' because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access',
    ' with an explicit deny in a service control policy',
    ' with an explicit deny in a service control policy: {}',
    ' with an explicit deny in an identity-based policy',
    ' with an explicit deny in an identity-based policy: {}',
    ' with an explicit deny in a permissions boundary',
    ' with an explicit deny in a session policy',
    ' with an explicit deny in a resource-based policy',
    ' with an explicit deny in a resource control policy',
  ].map((why) => `User: {} is not authorized to perform: {} on resource: {}${why}`),
  'User: {} is not authorized to perform: {} (The specified account {} cannot be accessed with AccountId from account {})',
  'User: {} is not authorized to perform: {} (The management account can only be managed using the standalone context from the management account.)',
  'User: {} is not authorized to perform: {} (Your organization must first enable trusted access with AWS Account Management.)',
  "You don't have permissions to access this resource.",
  'Your account is not a member of an organization.',
  'Rate exceeded',
  'The security token included in the request is expired',
  'The security token included in the request is invalid.',
  'The security token included in the request is invalid',
  'USER not found.',
  'GROUP not found.',
  'Group not found',
  'User not found',
  'Could not find PermissionSet with id {}',
  'PermissionSet with ARN {} was not found.',
  'PermissionSet with name {} already exists.',
  'Instance with ARN {} was not found.',
  'Resource with ARN {} was not found.',
  'The role with name {} cannot be found.',
  'The user with name {} cannot be found.',
  'The provided account is not a registered delegated administrator for your organization.',
  'The provided account is already a delegated administrator for your organization.',
  'You have exceeded the allowed number of delegated administrators for the delegated service.',
  'You specified an unrecognized service principal.',
  'You cannot register management account/yourself as delegated administrator for your organization.',
  'You must enable service access before you delegate an administrator for this service. Call the AWS API EnableAWSServiceAccess first.',
  'Duplicate UserName',
  'There is a conflicting operation in process.',
];
/** Why a request that AWS had taken failed (FailureReason, StatusReason), in AWS's words as far as they are known. */
const reasons: readonly string[] = [
  'Received a 403 status error: Access Denied',
  ...['{}', 'role {}'].flatMap((resource) =>
    ['', ' because no identity-based policy allows the {} action', ' with an explicit deny in {} policy'].map(
      (why) =>
        `Received a 403 status error: Access denied by IAM. Please check your policy, or wait for role propagation to complete. IAM Error: User: {} is not authorized to perform: {} on resource: ${resource}${why} (Service: AmazonIdentityManagement; Status Code: 403; Error Code: AccessDenied; Request ID: {}; Proxy: null)`,
    ),
  ),
  'Received a 404 status error: Not supported policy {}.',
  'Received a 404 status error: Assignment not found.',
  ...['USER', 'GROUP'].map(
    (type) => `Received a 404 status error: the ${type} assignee {} was not found in directory {}`,
  ),
  "Received a 404 status error: EntitlementItem doesn't exist with the given entitlement key EntitlementKey{accessorId=AccessorId{value={}}, resourceId=ResourceId{value={}}, auxiliaryResourceId=AuxiliaryResourceId{value={}}, containerId=ContainerId{value={}}}",
  'An unexpected internal service exception was encountered',
  "AWS SSO is unable to complete your request at this time. Obtaining permissions to manage your AWS account '{}' takes longer than usual. Please try again in a few minutes. If this problem continues, contact AWS Support.",
  "AWS SSO is unable to complete your request at this time. Obtaining permissions to manage your AWS account '{}' is taking longer than usual.",
];
const known = [...new Set([...sentences, ...reasons])]
  // The more a form says of itself, the sooner it is tried: an open one would take the rest into a hole.
  .sort((a, b) => b.replaceAll('{}', '').length - a.replaceAll('{}', '').length)
  .map((form) => {
    const parts = form.split('{}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return { form, whole: new RegExp(`^${parts.join('(\\S+)')}$`) };
  });

/** Members that hold a sentence of AWS's where the rest of an answer holds values. */
const areSentences: ReadonlySet<string> = new Set([
  'FailureReason',
  'StatusReason',
  'EncryptionStatusReason',
]);
/** What is kept of such a member; undefined where the member is none. */
export const reasonKept = (member: string, text: string, stand: Placeholders): string | undefined =>
  areSentences.has(member) && text !== ''
    ? (sentenceKept(text, stand) ?? `(a text of ${text.length} characters)`)
    : undefined;

/** The sentence with placeholders in it; undefined where its form is not known. */
export function sentenceKept(message: string, stand: Placeholders): string | undefined {
  for (const { form, whole } of known) {
    const found = whole.exec(message);
    if (!found) continue;
    let n = 0;
    return form.replaceAll('{}', () => stand.text(found[++n] ?? ''));
  }
  return undefined;
}
