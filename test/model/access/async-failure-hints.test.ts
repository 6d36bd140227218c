import { expect, test } from 'vitest';
import { describeGaveUp } from '../../../src/model/access/async-failure-hints.ts';
import { unmarked } from '../../../src/model/text/own-commands.ts';

test.each([
  [
    'Received a 403 status error: Access denied by IAM. Please check your policy, or wait for role propagation to complete. IAM Error: User: arn:aws:sts::111122223333:assumed-role/r/r is not authorized to perform: iam:UpdateSAMLProvider on resource: arn:aws:iam::111122223333:saml-provider/AWSSSO_x because no identity-based policy allows the iam:UpdateSAMLProvider action',
    /^These credentials may not do iam:UpdateSAMLProvider.*--management-target\. The policies of these credentials do not allow it.*\(iam:UpdateSAMLProvider\)/,
  ],
  [
    'Received a 403 status error: User: arn:aws:iam::111122223333:user/op is not authorized to perform: iam:AttachRolePolicy on resource: arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/x',
    /^These credentials may not do iam:AttachRolePolicy.*permissions --actor management --management-target\.$/,
  ],
  [
    'Received a 403 status error: Access Denied',
    /does not say which policy.*AWSServiceRoleForSSO.*Try again.*administrator of the target account/,
  ],
  [
    'Received a 404 status error: the GROUP assignee g-1 was not found in directory d-1234567890',
    /one that is new is not known.*Try again/,
  ],
  ['Role limit exceeded: LimitExceededException', /number of IAM roles.*Service Quotas/],
  [
    'Received a 403 status error: the target account is suspended.',
    /is suspended: ask whoever manages the organization/,
  ],
  [
    "AWS SSO is unable to complete your request at this time. Obtaining permissions to manage your AWS account '908111111111' takes longer than usual. Please try again in a few minutes. If this problem continues, contact AWS Support.",
    /an account that is suspended or closed: check its state in AWS Organizations.*another account can be chosen/,
  ],
  [
    "Request failed due to: AWS SSO is unable to complete your request at this time. Obtaining permissions to manage your AWS account '908111111111' is taking longer than usual.",
    /suspended or closed/,
  ],
  [
    'Received a 404 status error: Not supported policy arn:aws:iam::111122223333:policy/Boundary.',
    /names a customer managed policy.*that the target account does not have.*same path and name.*Then try again/,
  ],
  ['An unexpected internal service exception was encountered', /Try again.*AWS Support/],
])('%s', (why, says) => {
  expect(unmarked(describeGaveUp(why).join(' '))).toMatch(says);
});

test('what is said fits a deletion too, which may be of what an account has had for long', () => {
  const said = describeGaveUp('Received a 403 status error: Access Denied').join(' ');
  expect(said).toContain('makes and deletes its role');
  expect(said).toMatch(/In the management account it makes its role by these credentials, and deletes it by/);
  expect(said).not.toMatch(/In an account that is new/);
});

test.each([
  'Received a 404 status error: Policy arn:aws:iam::111122223333:policy/infra/Limits does not exist or is not attachable.',
  'Received a 404 status error: Not supported policy arn:aws:iam::111122223333:policy/Mine.',
  'Received a 404 status error: Not supported policy arn:aws:iam::111122223333:policy/Mine (Error Code: NoSuchEntity)',
])('a policy that the target account lacks is named as the reason: %s', (why) => {
  expect(unmarked(describeGaveUp(why).join(' '))).toContain('that the target account does not have');
});

test.each(['Received a 403 status error: the target account is suspended.'])(
  'a suspended account is thought of: %s',
  (why) => {
    expect(unmarked(describeGaveUp(why).join(' '))).toContain('suspended');
  },
);

test('somebody who was deleted does not come back', () => {
  const why = 'Received a 404 status error: the USER assignee u-1 was not found in directory d-1';
  expect(unmarked(describeGaveUp(why).join(' '))).toContain('one that was deleted does not come back');
});
