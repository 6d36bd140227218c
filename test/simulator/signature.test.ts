import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { presigned, raw, refusal, simulated } from './simulated.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

test('a request signed by hand is answered in the protocol of its service', async () => {
  const { url, management: credentials } = await simulated('fresh');
  const json = await raw(url, { service: 'organizations', operation: 'DescribeOrganization', credentials });
  expect(json.status).toBe(200);
  expect(json.headers.get('content-type')).toBe('application/x-amz-json-1.1');
  expect(json.headers.get('x-amzn-requestid')).toMatch(uuid);

  const rest = await raw(url, {
    service: 'account',
    operation: 'GetRegionOptStatus',
    path: '/getRegionOptStatus',
    input: { RegionName: 'ca-west-1' },
    credentials,
  });
  expect(rest.headers.get('content-type')).toBe('application/json');
  expect(rest.json).toEqual({ RegionName: 'ca-west-1', RegionOptStatus: 'DISABLED' });

  const xml = await raw(url, { service: 'sts', operation: 'GetCallerIdentity', credentials });
  expect(xml.headers.get('content-type')).toBe('text/xml');
  expect(xml.text).toContain(`<Account>${credentials.id}</Account>`);
});

test('times are seconds since 1970', async () => {
  const { url, management: credentials } = await simulated('fresh');
  const { json } = await raw(url, { service: 'sso', operation: 'ListInstances', credentials });
  const [instance] = json.Instances as [{ CreatedDate: number }];
  expect(instance.CreatedDate).toBeGreaterThan(Date.UTC(2024, 3, 18) / 1000);
  expect(instance.CreatedDate).toBeLessThan(Date.now() / 1000);
});

test.each([
  ['sso', 400, 'InvalidSignatureException'],
  ['organizations', 400, 'InvalidSignatureException'],
  ['identitystore', 400, 'InvalidSignatureException'],
  ['sts', 403, 'SignatureDoesNotMatch'],
] as const)('%s refuses what is signed with another secret', async (service, status, error) => {
  const { url, management } = await simulated('fresh');
  const operation = {
    sso: 'ListInstances',
    organizations: 'ListAccounts',
    identitystore: 'ListUsers',
    sts: 'GetCallerIdentity',
  }[service];
  const credentials = { ...management, secretAccessKey: 'not the secret' };
  const answer = await raw(url, { service, operation, credentials });
  expect(answer.status).toBe(status);
  expect(answer.text).toContain(error);
});

test('a body that is not the signed one is refused', async () => {
  const { url, management: credentials } = await simulated('fresh');
  const answer = await raw(url, {
    service: 'organizations',
    operation: 'ListAccounts',
    input: { MaxResults: 20 },
    signed: JSON.stringify({ MaxResults: 1 }),
    credentials,
  });
  expect(answer.json.__type).toBe('InvalidSignatureException');
});

test.each([
  [-16, /^Signature expired: \d{8}T\d{6}Z is now earlier than .*15 min/],
  [16, /^Signature not yet current: \d{8}T\d{6}Z is still later than .*15 min/],
])('a clock that is %i minutes off is refused', async (minutes, message) => {
  const { url, management: credentials } = await simulated('fresh');
  const answer = await raw(url, {
    service: 'sso',
    operation: 'ListInstances',
    date: new Date(Date.now() + minutes * 60_000),
    credentials,
  });
  expect(answer.json.__type).toBe('InvalidSignatureException');
  expect(answer.json.message).toMatch(message);
});

test.each(['60', '604801', '-5', 'abc'])(
  'a presigned URL lasts 15 minutes, whatever it says itself: %s',
  async (expires) => {
    const { url, management, pass } = await simulated('fresh');
    const signed = presigned(url, management, expires);
    const ask = async () => {
      const answer = await fetch(signed);
      return { status: answer.status, text: await answer.text() };
    };
    const begun = await ask();
    expect(begun.status).toBe(200);
    expect(begun.text).toContain(`<Account>${management.id}</Account>`);
    pass(14 * 60_000);
    expect((await ask()).status).toBe(200);
    pass(2 * 60_000);
    const { status, text } = await ask();
    expect(status).toBe(403);
    expect(text).toMatch(/<Code>SignatureDoesNotMatch<.*Signature expired: .* - 15 min\.\)/);
  },
);

test.each([
  [{ region: 'mars-north-1' }, "Credential should be scoped to a valid region, not 'mars-north-1'."],
  [{ scope: 'sso' }, "Credential should be scoped to correct service: 'organizations'."],
])('organizations refuses a credential scope %o', async (scope, message) => {
  const { url, management: credentials } = await simulated('fresh');
  const answer = await raw(url, {
    service: 'organizations',
    operation: 'ListAccounts',
    credentials,
    ...scope,
  });
  expect(answer.json).toEqual({ __type: 'InvalidSignatureException', message });
});

test('without a signature nothing is answered, and half a one is named', async () => {
  const { url } = await simulated('fresh');
  const ask = async (headers: Record<string, string>) => {
    const target = { 'x-amz-target': 'AWSOrganizationsV20161128.ListAccounts' };
    const response = await fetch(url, { method: 'POST', headers: { ...target, ...headers }, body: '{}' });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  expect(await ask({})).toEqual({
    status: 400,
    body: { __type: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' },
  });
  const half = await ask({ authorization: 'AWS4-HMAC-SHA256 Credential=x/y' });
  expect(half.body.__type).toBe('IncompleteSignatureException');
  expect(half.body.message).toContain("Authorization header requires 'Signature' parameter.");
});

test('an unknown key is refused, as is any key in a Region that the account has not switched on', async () => {
  const { as, management } = await simulated('fresh');
  const stranger = { accessKeyId: `AKIA${'A'.repeat(16)}`, secretAccessKey: 'x' };
  const unknown = await refusal(as(stranger).organizations.send(new DescribeOrganizationCommand({})));
  expect(unknown).toMatchObject({
    name: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
  });
  expect(await refusal(as(stranger).sts.send(new GetCallerIdentityCommand({})))).toMatchObject({
    name: 'InvalidClientTokenId',
  });
  expect(
    await refusal(as(management, 'af-south-1').sts.send(new GetCallerIdentityCommand({}))),
  ).toMatchObject({
    name: 'InvalidClientTokenId',
  });
});

test('a suspended account is not let in', async () => {
  const { as, withRole } = await simulated('fresh');
  const refused = await refusal(as(withRole('suspended')).sts.send(new GetCallerIdentityCommand({})));
  expect(refused.name).toBe('InvalidClientTokenId');
});

test('an assumed role acts as the other account until it expires', async () => {
  const { as, withRole, pass, url } = await simulated('fresh');
  const { id } = withRole('member');
  const { Credentials } = await as().sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${id}:role/OrganizationAccountAccessRole`,
      RoleSessionName: 'operator@example.com',
      DurationSeconds: 900,
    }),
  );
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  expect(credentials.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
  const { Account, Arn, UserId } = await as(credentials).sts.send(new GetCallerIdentityCommand({}));
  expect(Account).toBe(id);
  expect(Arn).toBe(`arn:aws:sts::${id}:assumed-role/OrganizationAccountAccessRole/operator@example.com`);
  expect(UserId).toMatch(/^AROA[A-Z2-7]{17}:operator@example\.com$/);

  const changed = { ...credentials, sessionToken: `x${credentials.sessionToken.slice(1)}` };
  expect((await refusal(as(changed).sts.send(new GetCallerIdentityCommand({})))).name).toBe(
    'InvalidClientTokenId',
  );
  const withoutToken = { ...credentials, sessionToken: undefined };
  const { sessionToken: _, ...bare } = withoutToken;
  expect((await refusal(as(bare).sts.send(new GetCallerIdentityCommand({})))).name).toBe(
    'InvalidClientTokenId',
  );

  const later = async (minutes: number) => {
    const date = new Date(Date.now() + minutes * 60_000);
    return raw(url, { service: 'sso', operation: 'ListInstances', credentials, date });
  };
  pass(14 * 60_000);
  expect((await later(14)).status).toBe(200);
  pass(2 * 60_000);
  expect((await later(16)).json).toMatchObject({
    __type: 'ExpiredTokenException',
    message: 'The security token included in the request is expired',
  });
});

test('who may assume a role', async () => {
  const { as, management, simulator, named } = await simulated('fresh');
  const role = (account: string, name = 'OrganizationAccountAccessRole') =>
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/${name}`, RoleSessionName: 'me' });
  const member = named('Workloads Dev');
  const refused = [
    as(member).sts.send(role(named('Workloads Prod').id)),
    as(member).sts.send(role(management.id, 'Admin')),
    as().sts.send(role(management.id)),
    as().sts.send(role(named('Old Sandbox').id)),
    as().sts.send(role('123456789012')),
  ];
  for (const work of refused) expect(await refusal(work)).toMatchObject({ name: 'AccessDenied' });
  await as(member).sts.send(role(member.id, 'path/to/Admin'));
  expect(simulator.accounts[0]?.id).toBe(management.id);
});

test('what is no request of a simulated service is refused, and nothing breaks', async () => {
  const { url, management: credentials } = await simulated('fresh');
  expect((await fetch(`${url}/_nothing`)).status).toBe(404);
  const unknown = await raw(url, { service: 'organizations', operation: 'LeaveOrganization', credentials });
  expect(unknown.json.__type).toBe('UnknownOperationException');
  const broken = await raw(url, {
    service: 'organizations',
    operation: 'ListAccounts',
    input: '{"Max',
    credentials,
  });
  expect(broken.json.__type).toBe('SerializationException');
  const proto = await raw(url, { service: 'organizations', operation: 'toString', credentials });
  expect(proto.json.__type).toBe('UnknownOperationException');
});

test('what no service can be told from is answered as by AWS’s front door, with a request id', async () => {
  const { url } = await simulated('fresh');
  const json = { 'content-type': 'application/x-amz-json-1.1' };
  const ask = async (method: string, headers: Record<string, string>, body?: string) => {
    const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
    expect(answer.headers.get('x-amzn-requestid')).toMatch(uuid);
    return [answer.status, await answer.text()];
  };
  const unknown = [400, '{"__type":"UnknownOperationException"}'];
  expect(await ask('POST', { ...json, 'x-amz-target': 'DynamoDB_20120810.ListTables' }, '{}')).toEqual(
    unknown,
  );
  expect(await ask('POST', json, '{}')).toEqual(unknown);

  const page = [404, '<UnknownOperationException/>\n'];
  expect(await ask('GET', {})).toEqual(page);
  expect(await ask('GET', { 'x-amz-target': 'AWSOrganizationsV20161128.ListAccounts' })).toEqual(page);

  const [status, text] = await ask('POST', json, 'x'.repeat(2_000_000));
  expect([status, JSON.parse(String(text)).__type]).toEqual([413, 'RequestEntityTooLargeException']);
});

test('a client that talks to a service that is not simulated is told so, with a request id', async () => {
  const { url, management } = await simulated('fresh');
  const client = new OrganizationsClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: management,
    maxAttempts: 1,
  });
  client.middlewareStack.add(
    (next) => (args) => {
      Object.assign((args.request as { headers: object }).headers, { 'x-amz-target': 'Other.ListAccounts' });
      return next(args);
    },
    { step: 'build' },
  );
  const refused = await refusal(client.send(new DescribeOrganizationCommand({})));
  expect(refused).toMatchObject({
    name: 'UnknownOperationException',
    $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(uuid) },
  });
});

test.each([
  ['Action=GetCallerIdentity&Version=2099-01-01', 'GetCallerIdentity for version 2099-01-01'],
  ['Action=GetCallerIdentity', 'GetCallerIdentity for version NO_VERSION_SPECIFIED'],
  ['Action=GetCallerIdentity&Version=', 'GetCallerIdentity for version '],
  ['Action=NoSuchAction&Version=2011-06-15', 'NoSuchAction for version 2011-06-15'],
  ['Action=NoSuchAction&Version=2010-05-08', 'NoSuchAction for version 2010-05-08'],
])('%s: AWS Query names the operation and the version that were asked for', async (body, named) => {
  const { url } = await simulated('fresh');
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await fetch(url, { method: 'POST', headers, body });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain(
    `<Code>InvalidAction</Code><Message>Could not find operation ${named}</Message>`,
  );
});

test('organizations and account are in us-east-1, wherever a client signs for', async () => {
  const { url, management: credentials, ledger } = await simulated('opt-in-region');
  for (const region of ['us-east-1', 'eu-south-1', 'af-south-1'])
    await raw(url, { service: 'organizations', operation: 'ListAccounts', credentials, region });
  expect((await ledger()).requests.map(({ status, region }) => [status, region])).toEqual(
    Array.from({ length: 3 }, () => [200, 'us-east-1']),
  );
});
