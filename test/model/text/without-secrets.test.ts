import { describe, expect, test } from 'vitest';
import { withoutSecrets } from '../../../src/model/text/without-secrets.ts';
import { echoes } from './echoes.ts';

describe('what a text repeats of credentials is taken out', () => {
  test.each(echoes)('%s', (_, text, secret, stays) => {
    expect(text).toContain(secret);
    const found = withoutSecrets(text);
    expect(found).not.toContain(secret);
    expect(found).toContain(stays);
    expect(withoutSecrets(found)).toBe(found);
  });
});

describe('what AWS says stays, to the letter', () => {
  test.each([
    'The security token included in the request is invalid.',
    'The security token included in the request is expired',
    'The security token included in the request is invalid: it has expired',
    'Signature expired: 20261130T025600Z is now earlier than 20261130T030100Z (20261130T030600Z - 5 min.)',
    "Credential should be scoped to a valid region, not 'us-east-9'.",
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    'User: arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_CodeWhispererAdministrators1_0123456789abcdef/ann.smith@example.com is not authorized to perform: sso:CreatePermissionSet on resource: arn:aws:sso:::instance/ssoins-1111111111111111 because no identity-based policy allows the sso:CreatePermissionSet action',
    'User: arn:aws:iam::123456789012:user/ann is not authorized to perform: organizations:RegisterDelegatedAdministrator with an explicit deny in a service control policy: arn:aws:organizations::123456789012:policy/o-a1b2c3d4e5/service_control_policy/p-abcdefgh',
    'User with primary email ann@example.com not found. (AROAJ2UCCR6DPCEXAMPLE:anna)',
    'PermissionSet with id arn:aws:sso:::permissionSet/ssoins-1111111111111111/ps-2222222222222222 not found in instance arn:aws:sso:::instance/ssoins-1111111111111111',
    'Received a 404 status code: Not Found Exception (Service: AwsIdentityStore, Status Code: 404, Request ID: 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed)',
    'MultiFactorAuthentication failed with invalid MFA one time pass code.',
    'Roles may not be assumed by root accounts.',
    'Unable to parse ARN arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab, account 123456789012',
    'connect ECONNREFUSED 10.0.0.1:443',
    'getaddrinfo ENOTFOUND sso.us-east-1.amazonaws.com',
    'https://d-1234567890.awsapps.com/start#/device?user_code=ABCD-EFGH cannot be reached, http://proxy.corp.example:3128 was asked',
    `the record has the SHA-256 ${'0123456789abcdef'.repeat(4)}, and the commit ${'0a1b2c3d4e'.repeat(4)}`,
    'Bearer authentication is not enabled for this authorizationMechanism',
    'You have exceeded the number of delegated administrators: 1 for sso.amazonaws.com',
    'CreateAccountAssignmentCreationStatusCreationInProgressException',
  ])('%s', (text) => expect(withoutSecrets(text)).toBe(text));
});

test('a text of no end is looked through at once', () => {
  for (const text of ['x', 'x.', 'a:', '://', 'Aa1', 'a@b:c', 'Bearer ', 'mfa ', '"'].map((one) =>
    one.repeat(20_000 / one.length),
  ))
    expect(timed(() => withoutSecrets(text))).toBeLessThan(2_000);
});
function timed(work: () => unknown): number {
  const { user } = process.cpuUsage();
  work();
  return (process.cpuUsage().user - user) / 1_000;
}
