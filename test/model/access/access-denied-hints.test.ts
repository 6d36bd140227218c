import { describe, expect, test } from 'vitest';
import { describeDenied, isNotLetIn } from '../../../src/model/access/access-denied-hints.ts';

const denied = (why: string): string =>
  `User: arn:aws:iam::111122223333:user/a is not authorized to perform: sso:CreatePermissionSet on resource: * ${why}`;

test.each([
  ['with an explicit deny in a service control policy', 'service control policy of the organization'],
  ['because no service control policy allows the sso:CreatePermissionSet action', 'service control policy'],
  ['with an explicit deny in a resource control policy', 'resource control policy'],
  ['because no permissions boundary allows the sso:CreatePermissionSet action', 'permissions boundary'],
  ['with an explicit deny in a session policy', 'policy of this session'],
  [
    'because no identity-based policy allows the sso:CreatePermissionSet action',
    'policies of these credentials',
  ],
  ['because no VPC endpoint policy allows the sso:CreatePermissionSet action', 'VPC endpoint'],
])('%s', (why, says) => {
  expect(describeDenied(denied(why))).toEqual([expect.stringContaining(says)]);
  expect(describeDenied(denied(why))).toEqual([expect.stringMatching(/\(sso:CreatePermissionSet\)\.$/)]);
});

test.each([denied(''), 'Rate exceeded', 'permissions boundary', ''])('AWS does not say which: %j', (why) => {
  expect(describeDenied(why)).toEqual([]);
});

test.each([
  [
    'AccessDeniedException: User: a is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because no identity-based policy allows the kms:Decrypt action (KMS_AccessDeniedException)',
    [
      /customer managed key, and these credentials cannot use it: the key’s administrator .*\(kms:Decrypt\)\.$/,
    ],
  ],
  ['AccessDeniedException: no (KMS_ACCESS_DENIED)', [/cannot use it.*\(kms:Decrypt\)\.$/]],
  [
    'User: a is not authorized to perform: kms:Decrypt with an explicit deny in a service control policy (KMS_AccessDeniedException)',
    [/cannot use it/, /service control policy/],
  ],
  ['ValidationException: no (KMS_DisabledException)', [/is disabled: its administrator must enable it/]],
  ['ValidationException: no (KMS_InvalidStateException)', [/not usable in its current state/]],
  ['ResourceNotFoundException: no (KMS_NotFoundException)', [/no longer exists/]],
  ['ThrottlingException: no (KMS_THROTTLING)', [/temporary; retry/]],
])('a customer managed key: %s', (why, says) => {
  expect(describeDenied(why)).toEqual(says.map((one) => expect.stringMatching(one)));
});

describe('AWS’s word for a stranger, another Region, and a delegation that it does not act on yet', () => {
  const because =
    'because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access';
  const on = (action: string, resource = 'arn:aws:sso:::instance/ssoins-1'): string =>
    `User: arn:aws:iam::111122223333:user/a is not authorized to perform: ${action} on resource: ${resource} ${because}`;

  test('it is explained, whatever IAM Identity Center or its directory was asked', () => {
    for (const action of ['sso:DescribeInstance', 'sso:ListPermissionSets', 'identitystore:GetUserId']) {
      expect(isNotLetIn(on(action))).toBe(true);
      expect(describeDenied(on(action))).toEqual([
        expect.stringMatching(/does not administer IAM Identity Center.*check the Region.*few minutes/),
      ]);
    }
  });
  test.each([
    `${on('identitystore:DescribeUser')}, ${denied('because no identity-based policy allows the sso:CreatePermissionSet action')}`,
    on('kms:Decrypt', 'arn:aws:kms:us-east-1:111122223333:key/k'),
    on('s3:GetObject', 'arn:aws:s3:::b/k'),
    denied('with an explicit deny in a resource control policy'),
    denied('with an explicit deny in a service control policy'),
    "AccessDeniedException: You don't have permissions to access this resource.",
    'ResourceNotFoundException: it does not exist in this Region',
  ])('and it is nothing else: %s', (why) => {
    expect(isNotLetIn(why)).toBe(false);
  });
});
