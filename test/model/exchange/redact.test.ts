import { describe, expect, test } from 'vitest';
import type { Answered } from '../../../src/model/exchange/exchange.ts';
import { createPlaceholders } from '../../../src/model/exchange/placeholders.ts';
import { exchangeIn, exchangeOf, lineOf } from '../../../src/model/exchange/record.ts';
import { redacted } from '../../../src/model/exchange/redact.ts';
import { models } from '../../../src/simulator/protocol/model.ts';

const sso = (shape: string, value: unknown) => redacted(models.sso, shape, value, createPlaceholders());
const answer = (operation: Answered['operation'], body: unknown, more: Partial<Answered> = {}) =>
  exchangeOf(
    models,
    { operation, input: {}, at: 'aws', status: 200, speaks: 'json', body, ...more },
    createPlaceholders(),
  );

describe('what is kept of a value', () => {
  test('enums, booleans, counts and the absence of members; ids in their form, the same for the same', () => {
    const own = 'arn:aws:sso:::instance/ssoins-7223aa11bb22cc33';
    const region = { RegionName: 'eu-west-1', Status: 'ACTIVE', IsPrimaryRegion: true };
    expect(
      sso('ListInstancesResponse', {
        Instances: [
          { InstanceArn: own, OwnerAccountId: '314159265358', Status: 'ACTIVE', Regions: [region] },
          { InstanceArn: own, OwnerAccountId: '271828182845', CreatedDate: 1_650_989_104.461 },
        ],
      }),
    ).toEqual({
      Instances: [
        {
          InstanceArn: 'arn:aws:sso:::instance/ssoins-1234567890ab0001',
          OwnerAccountId: '111122223333',
          Status: 'ACTIVE',
          Regions: [region],
        },
        {
          InstanceArn: 'arn:aws:sso:::instance/ssoins-1234567890ab0001',
          OwnerAccountId: '444455556666',
          CreatedDate: 1_700_000_000.123,
        },
      ],
    });
  });

  test('of what the model does not know: name and type', () => {
    expect(
      sso('InstanceMetadata', { State: { Name: 'hush', Secretproject: 'hush' }, More: [1, true, 'hush'] }),
    ).toEqual({ State: { Name: '(text)', Member1: '(text)' }, More: [0, false, '(text)'] });
    expect(sso('InstanceMetadata', { 'arn:hush': 'x', [`A${'b'.repeat(64)}`]: 1 })).toEqual({
      Member1: '(text)',
      Member2: 0,
    });
  });

  test('an enum’s value that is not in the model does not pass, nor a value of another type', () => {
    expect(
      sso('InstanceMetadata', { Status: 'HUSH', Name: 7, Regions: 'hush', OwnerAccountId: null }),
    ).toEqual({ Status: 'UNKNOWN_VALUE', Name: 0, Regions: '(text)', OwnerAccountId: null });
  });

  test('keys of a map do not pass', () => {
    const kept = redacted(models.iam, 'EvalDecisionDetailsType', { 'arn:aws:iam::1:hush': 'allowed' });
    expect(kept).toEqual({ Example1: 'allowed' });
  });

  test('policies keep that they are policies; an empty text stays empty', () => {
    const inline = (InlinePolicy: string) => sso('GetInlinePolicyForPermissionSetResponse', { InlinePolicy });
    expect(inline('')).toEqual({ InlinePolicy: '' });
    expect(inline('{"Version":"2012-10-17","Statement":[{"Sid":"hush"}]}')).toEqual({
      InlinePolicy: '{"Version":"2012-10-17","Statement":[]}',
    });
    expect(inline('hush')).toEqual({ InlinePolicy: 'Example1' });
  });

  test('a name that looks like a word of AWS passes only where nobody chooses it', () => {
    const account = redacted(models.organizations, 'Account', { Name: 'us-east-1', Email: 'a@b.c' });
    expect(account).toEqual({ Name: 'Example1', Email: 'user1@example.com' });
  });

  test('who uses a role', () => {
    const body = {
      UserId: 'AROAQWERTZUIOPASDFGHJ:hush@corp.com',
      Account: '314159265358',
      Arn: 'arn:aws:sts::314159265358:assumed-role/AWSReservedSSO_Hush_0011223344556677/hush@corp.com',
    };
    expect(answer('sts:GetCallerIdentity', body, { speaks: 'xml' }).answer).toEqual({
      UserId: 'AROAEXAMPLEEXAMPL0001:user1@example.com',
      Account: '111122223333',
      Arn: 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Example1_1234567890ab0001/user1@example.com',
    });
  });
});

describe('errors', () => {
  const refused = (body: unknown, error = 'AccessDeniedException') =>
    answer('sso:ListPermissionSets', body, { status: 400, error }).error;

  test('a sentence of a known form keeps its form; of any other its length is kept', () => {
    const who = 'arn:aws:sts::314159265358:assumed-role/hush/hush';
    const Message = `User: ${who} is not authorized to perform: sso:ListPermissionSets on resource: arn:aws:sso:::instance/ssoins-7223aa11bb22cc33 because no identity-based policy allows the sso:ListPermissionSets action`;
    expect(refused({ __type: 'AccessDeniedException', Message })).toEqual({
      name: 'AccessDeniedException',
      status: 400,
      message:
        'User: arn:aws:sts::111122223333:assumed-role/Example1/Example1 is not authorized to perform: sso:ListPermissionSets on resource: arn:aws:sso:::instance/ssoins-1234567890ab0001 because no identity-based policy allows the sso:ListPermissionSets action',
      members: {},
    });
    expect(refused({ message: `${Message} of hush` })).toMatchObject({ length: Message.length + 8 });
    expect(JSON.stringify(refused({ message: `${Message} of hush` }))).not.toContain('hush');
  });

  test('Reason and ResourceType stay where the model has them; a name that is none does not', () => {
    const error = answer(
      'identitystore:GetUserId',
      { Message: 'USER not found.', Reason: 'RESOURCE_NOT_FOUND', ResourceType: 'USER', Hint: 'hush' },
      { status: 400, error: 'ResourceNotFoundException' },
    ).error;
    expect(error).toMatchObject({
      message: 'USER not found.',
      members: { ResourceType: 'USER', Hint: '(text)' },
    });
    expect(refused({}, 'arn:aws:hush')?.name).toBe('(no name)');
  });

  test('what cannot be read leaves only its status', () => {
    expect(answer('sso:ListInstances', undefined, { status: 503 })).toEqual({
      exchange: 1,
      operation: 'sso:ListInstances',
      request: {},
      unreadable: { status: 503 },
    });
  });
});

test('a line is read as it was written, and what is none is refused', () => {
  const one = answer('sso:ListInstances', { Instances: [] });
  expect(exchangeIn(lineOf(one))).toEqual(one);
  for (const line of ['{}', '[]', '7', JSON.stringify({ ...one, exchange: 2 })])
    expect(() => exchangeIn(line)).toThrow('no recorded exchange');
});

describe('why a request failed', () => {
  const status = (FailureReason: string) =>
    sso('AccountAssignmentOperationStatus', { Status: 'FAILED', FailureReason });
  const id = 'ec7d0558-60d1-709c-b30d-81f909a1dfe7';
  test.each([
    [
      `Received a 404 status error: the GROUP assignee ${id} was not found in directory d-9067a1b2c3`,
      /^Received a 404 status error: the GROUP assignee a1b2c3d4-5678-\S+ was not found in directory d-\d{10}$/,
    ],
    [
      'Received a 404 status error: Not supported policy arn:aws:iam::314159265358:policy/hush/hush.',
      /^Received a 404 status error: Not supported policy arn:aws:iam::111122223333:policy\/Example1\/Example\d\.$/,
    ],
    [
      'Received a 403 status error: Access denied by IAM. Please check your policy, or wait for role propagation to complete. IAM Error: User: arn:aws:iam::314159265358:user/hush is not authorized to perform: iam:UpdateSAMLProvider on resource: arn:aws:iam::314159265358:saml-provider/AWSSSO_hush_DO_NOT_DELETE because no identity-based policy allows the iam:UpdateSAMLProvider action (Service: AmazonIdentityManagement; Status Code: 403; Error Code: AccessDenied; Request ID: 4f6b0a1e-2d3c-4b5a-9687-a1b2c3d4e5f6; Proxy: null)',
      /^Received a 403 status error: .* User: arn:aws:iam::111122223333:user\/Example\d is not authorized to perform: \S+ on resource: arn:.* \(Service: AmazonIdentityManagement; .*; Request ID: a1b2c3d4-\S+; Proxy: null\)$/,
    ],
    [
      'An unexpected internal service exception was encountered',
      /^An unexpected internal service exception was encountered$/,
    ],
    [
      "AWS SSO is unable to complete your request at this time. Obtaining permissions to manage your AWS account '314159265358' takes longer than usual. Please try again in a few minutes. If this problem continues, contact AWS Support.",
      /AWS account '111122223333' takes longer than usual/,
    ],
  ])('AWS’s known sentence stays, with placeholders for its values: %s', (reason, kept) => {
    const found = JSON.stringify(status(reason));
    expect(JSON.parse(found).FailureReason).toMatch(kept);
    expect(found).not.toMatch(/hush|314159265358|d-9067/);
  });
  test('of another its length stays, and nothing else', () => {
    expect(status('hush hush')).toEqual({ Status: 'FAILED', FailureReason: '(a text of 9 characters)' });
    expect(status('Received a 404 status error: the USER assignee hush hush was not found')).toMatchObject({
      FailureReason: '(a text of 70 characters)',
    });
    expect(sso('InstanceMetadata', { StatusReason: 'hush' })).toEqual({
      StatusReason: '(a text of 4 characters)',
    });
  });
});
