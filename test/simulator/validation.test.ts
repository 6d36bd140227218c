import { expect, test } from 'vitest';
import { type Raw, raw, simulated } from './simulated.ts';

const arn = 'arn:aws:sso:::instance/ssoins-0123456789abcdef';
const sets = 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef';
const constrained = (rest: string): string => `1 validation error detected: ${rest}`;
const at = (value: string, member: string, constraint: string): string =>
  constrained(`Value ${value} at '${member}' failed to satisfy constraint: Member must ${constraint}`);
/** Of sensitive members, and of lists, AWS does not say the value. */
const unsaid = (member: string, constraint: string): string =>
  at('', member, constraint).replace('Value  at', 'Value at');

test.each<[Raw['service'], string, unknown, string]>([
  ['sso', 'ListPermissionSets', {}, at('null', 'instanceArn', 'not be null')],
  ['sso', 'ListPermissionSets', { InstanceArn: null }, at('null', 'instanceArn', 'not be null')],
  [
    'sso',
    'CreatePermissionSet',
    { InstanceArn: arn, Name: 'x'.repeat(33) },
    at(`'${'x'.repeat(33)}'`, 'name', 'have length less than or equal to 32'),
  ],
  [
    'sso',
    'CreatePermissionSet',
    { InstanceArn: arn, Name: 'two words' },
    at("'two words'", 'name', 'satisfy regular expression pattern: [\\w+=,.@-]+'),
  ],
  [
    'sso',
    'CreatePermissionSet',
    { InstanceArn: arn, Name: 'x', Tags: [{ Key: 'k' }] },
    at('null', 'tags.1.member.value', 'not be null'),
  ],
  [
    'sso',
    'ListPermissionSets',
    { InstanceArn: arn, MaxResults: 101 },
    at("'101'", 'maxResults', 'have value less than or equal to 100'),
  ],
  [
    'sso',
    'ProvisionPermissionSet',
    { InstanceArn: arn, PermissionSetArn: sets, TargetType: 'EVERYWHERE' },
    at("'EVERYWHERE'", 'targetType', 'satisfy enum value set: [AWS_ACCOUNT, ALL_PROVISIONED_ACCOUNTS]'),
  ],
  [
    'identitystore',
    'ListUsers',
    {
      IdentityStoreId: 'd-0123456789',
      Filters: [1, 2].map(() => ({ AttributePath: 'UserName', AttributeValue: 'x' })),
    },
    unsaid('filters', 'have length less than or equal to 1'),
  ],
  [
    'identitystore',
    'CreateUser',
    { IdentityStoreId: 'd-0123456789', UserName: 'n 3' },
    unsaid('userName', 'satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+'),
  ],
  [
    'identitystore',
    'CreateUser',
    { IdentityStoreId: 'd-0123456789', Emails: [{ Value: 'x'.repeat(1025) }] },
    unsaid('emails.1.member.value', 'have length less than or equal to 1024'),
  ],
  [
    'identitystore',
    'GetUserId',
    {
      IdentityStoreId: 'd-0123456789',
      AlternateIdentifier: { ExternalId: { Issuer: 'x', Id: 'x'.repeat(257) } },
    },
    unsaid('alternateIdentifier.externalId.id', 'have length less than or equal to 256'),
  ],
])('%s %s refuses %j', async (service, operation, input, message) => {
  const { url, management: credentials } = await simulated('fresh');
  const { status, json } = await raw(url, { service, operation, input, credentials });
  expect([status, json.__type, json.Message]).toEqual([400, 'ValidationException', message]);
});

test('several findings are told together', async () => {
  const { url, management: credentials } = await simulated('fresh');
  const { json } = await raw(url, { service: 'sso', operation: 'DescribePermissionSet', credentials });
  expect(json.Message).toMatch(/^2 validation errors detected: .*'instanceArn'.*; .*'permissionSetArn'/);
});

test.each([
  ['DescribeAccount', {}, 'INPUT_REQUIRED'],
  ['DescribeAccount', { AccountId: '12' }, 'INVALID_PATTERN'],
  ['ListAccounts', { MaxResults: 21 }, 'MAX_VALUE_EXCEEDED'],
  ['ListAccounts', { MaxResults: 0 }, 'MIN_VALUE_EXCEEDED'],
  ['ListAccounts', { NextToken: 'not ours' }, 'INVALID_NEXT_TOKEN'],
  [
    'CreateAccount',
    { Email: 'x@example.com', AccountName: 'x', IamUserAccessToBilling: 'MAYBE' },
    'INVALID_ENUM',
  ],
  ['CreateAccount', { Email: 'x', AccountName: 'x' }, 'MIN_LENGTH_EXCEEDED'],
  [
    'RegisterDelegatedAdministrator',
    { AccountId: '123456789012', ServicePrincipal: 'x'.repeat(129) },
    'MAX_LENGTH_EXCEEDED',
  ],
])('organizations %s refuses %j with the reason %s', async (operation, input, Reason) => {
  const { url, management: credentials } = await simulated('fresh');
  const { status, json } = await raw(url, { service: 'organizations', operation, input, credentials });
  expect([status, json.__type, json.Reason]).toEqual([400, 'InvalidInputException', Reason]);
  expect(json.Message).toMatch(/\.$/);
});

test('account names the field and the reason, in headers and body', async () => {
  const { url, management: credentials } = await simulated('fresh');
  const ask = (input: unknown) =>
    raw(url, {
      service: 'account',
      operation: 'GetRegionOptStatus',
      path: '/getRegionOptStatus',
      input,
      credentials,
    });
  const missing = await ask({});
  expect(missing.headers.get('x-amzn-errortype')).toBe('ValidationException');
  expect(missing.json).toMatchObject({
    reason: 'fieldValidationFailed',
    fieldList: [{ name: 'RegionName' }],
  });
  expect((await ask({ RegionName: 'mars-north-1' })).json).toMatchObject({
    reason: 'invalidRegionOptTarget',
  });
});

test('sts says what is wrong in XML', async () => {
  const { url, management: credentials } = await simulated('fresh');
  const { status, text } = await raw(url, {
    service: 'sts',
    operation: 'AssumeRole',
    input: { RoleArn: 'arn:aws:iam::123456789012:role/<x>', RoleSessionName: '&' },
    credentials,
  });
  expect(status).toBe(400);
  expect(text).toContain('<Code>ValidationError</Code>');
  expect(text).toContain('Value &#39;&#38;&#39; at &#39;roleSessionName&#39;');
});

test.each([
  ['sso', 'ListPermissionSets', { InstanceArn: 5 }, 'NUMBER_VALUE can not be converted to String'],
  [
    'sso',
    'ListPermissionSets',
    { InstanceArn: arn, MaxResults: '5' },
    'STRING_VALUE can not be converted to Integer',
  ],
  ['organizations', 'ListAccounts', { MaxResults: [] }, 'START_ARRAY can not be converted to Integer'],
] as const)('%s %s cannot read %j', async (service, operation, input, message) => {
  const { url, management: credentials } = await simulated('fresh');
  const { json } = await raw(url, { service, operation, input, credentials });
  expect(json).toMatchObject({ __type: 'SerializationException', message });
});

test('members that nobody knows are ignored, as AWS does', async () => {
  const { url, management: credentials } = await simulated('fresh');
  const input = { MaxResults: 1, Unknown: { deep: [1] }, ['__proto__']: { polluted: true } };
  const { status, json } = await raw(url, {
    service: 'organizations',
    operation: 'ListAccounts',
    input,
    credentials,
  });
  expect(status).toBe(200);
  expect(json.Accounts).toHaveLength(1);
});

const policyOf = (...statements: readonly object[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((one) => ({ Effect: 'Allow', Action: 's3:*', Resource: '*', ...one })),
  });
async function putting() {
  const { url, management: credentials, instance } = await simulated('existing-set');
  const { arn: InstanceArn } = await instance();
  const list = await raw(url, {
    service: 'sso',
    operation: 'ListPermissionSets',
    input: { InstanceArn },
    credentials,
  });
  const [PermissionSetArn] = list.json.PermissionSets as string[];
  return (InlinePolicy: string) =>
    raw(url, {
      service: 'sso',
      operation: 'PutInlinePolicyToPermissionSet',
      input: { InstanceArn, PermissionSetArn, InlinePolicy },
      credentials,
    });
}

test.each([
  ['no JSON', '{'],
  ['no object', '[]'],
  ['no effect', '{"Version":"2012-10-17","Statement":[{"Action":"s3:*","Resource":"*"}]}'],
  ['no action', '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*"}]}'],
  ['a bad action', '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3","Resource":"*"}]}'],
  [
    'a principal',
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Principal":"*"}]}',
  ],
  [
    'a version of its own',
    '{"Version":"2024-01-01","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
  ],
  ['a Sid of two words', policyOf({ Sid: 'a b!' })],
  ['a Sid that is no text', policyOf({ Sid: 1 })],
  ['the same Sid twice', policyOf({ Sid: 'a' }, { Sid: 'b' }, { Sid: 'a' })],
])('an inline policy with %s is refused', async (_, text) => {
  const put = await putting();
  expect((await put(text)).json.__type).toBe('ValidationException');
});

test('statements may have Sids that differ, or none', async () => {
  const put = await putting();
  expect((await put(policyOf({ Sid: 'a' }, { Sid: 'A1' }, { Sid: '' }, { Sid: '' }, {}, {}))).status).toBe(
    200,
  );
});

test('an inline policy beyond the quota is refused', async () => {
  const put = await putting();
  const policy = (count: number, space: number): string => {
    const Action = Array.from({ length: count }, (_, n) => `s3:GetObject${n}`);
    return JSON.stringify(JSON.parse(policyOf({ Action })), null, space);
  };
  expect((await put(policy(400, 8))).status).toBe(200);
  expect((await put(policy(600, 0))).json.__type).toBe('ServiceQuotaExceededException');
});

test('pages: a token leads on, and fits its own list only', async () => {
  const { url, management: credentials, instance } = await simulated('fresh');
  const { store: IdentityStoreId } = await instance();
  const ask = async (operation: string, more: object) =>
    (
      await raw(url, {
        service: 'identitystore',
        operation,
        input: { IdentityStoreId, ...more },
        credentials,
      })
    ).json;
  const seen: string[] = [];
  let token: unknown;
  let pages = 0;
  do {
    const page = await ask('ListUsers', {
      MaxResults: 7,
      ...(token === undefined ? {} : { NextToken: token }),
    });
    seen.push(...(page.Users as { UserId: string }[]).map(({ UserId }) => UserId));
    token = page.NextToken;
    pages += 1;
  } while (token !== undefined);
  expect(pages).toBe(Math.ceil(seen.length / 7));
  expect(new Set(seen).size).toBe(seen.length);
  const first = await ask('ListUsers', { MaxResults: 1 });
  expect((await ask('ListGroups', { NextToken: first.NextToken })).__type).toBe('ValidationException');
});
