import { LookupEventsCommand, type LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import { CreateUserCommand, ListUsersCommand } from '@aws-sdk/client-identitystore';
import {
  ListDelegatedAdministratorsCommand,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import {
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DeleteAccountAssignmentCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
  PutInlinePolicyToPermissionSetCommand,
} from '@aws-sdk/client-sso-admin';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import type { SimulatorOptions } from '../../src/simulator/server.ts';
import { type Credentials, raw, refusal, simulated } from './simulated.ts';

const minutes = 60_000;
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
});

interface Shown {
  readonly eventName: string;
  readonly eventSource: string;
  readonly awsRegion: string;
  readonly recipientAccountId: string;
  readonly requestID: string;
  readonly userAgent: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly userIdentity: Readonly<Record<string, unknown>>;
  readonly requestParameters: Readonly<Record<string, unknown>> | null;
  readonly responseElements: Readonly<Record<string, unknown>> | null;
  readonly [member: string]: unknown;
}

/** An organization with a delegated administrator, whose clock a test moves, and what CloudTrail shows of it. */
async function trailed(options: Partial<SimulatorOptions> = {}) {
  const world = await simulated('delegated', { settle: 0, ...options });
  const delegate = world.withRole('delegated-administrator');
  let passed = 0; // the clock of this machine does not go with the simulator's
  const pass = (ms: number): void => {
    passed += ms;
    world.pass(ms);
  };
  const lookup = (input: LookupEventsCommandInput = {}, who: Credentials = delegate, region?: string) => {
    const { cloudtrail } = world.as(who, region);
    cloudtrail.config.systemClockOffset = passed;
    return cloudtrail.send(new LookupEventsCommand(input));
  };
  /** All pages; the clock goes on between them as AWS wants it. */
  const all = async (input: LookupEventsCommandInput = {}, who?: Credentials, region?: string) => {
    const found: Shown[] = [];
    for (let NextToken: string | undefined, n = 0; n === 0 || NextToken !== undefined; n++) {
      pass(1_000);
      const page = await lookup({ ...input, ...(NextToken === undefined ? {} : { NextToken }) }, who, region);
      for (const { CloudTrailEvent = '' } of page.Events ?? []) found.push(JSON.parse(CloudTrailEvent));
      NextToken = page.NextToken;
    }
    return found;
  };
  const { arn: InstanceArn, store: IdentityStoreId } = await world.instance();
  const client = world.as(delegate);
  return { ...world, pass, delegate, lookup, all, InstanceArn, IdentityStoreId, client };
}
type World = Awaited<ReturnType<typeof trailed>>;
const named = (name: string) => ({
  LookupAttributes: [{ AttributeKey: 'EventName' as const, AttributeValue: name }],
});
const newSet = ({ client, InstanceArn }: World, Name = 'Set') =>
  client.sso.send(new CreatePermissionSetCommand({ InstanceArn, Name, Tags: [{ Key: 'a', Value: 'b' }] }));

test('a change has its event in the account that made it, in the Region of the instance', async () => {
  const world = await trailed();
  const { client, InstanceArn, delegate, management, pass, all, simulator } = world;
  const { $metadata, PermissionSet } = await newSet(world);
  await client.sso.send(
    new PutInlinePolicyToPermissionSetCommand({
      ...{ InstanceArn, PermissionSetArn: PermissionSet?.PermissionSetArn, InlinePolicy: policy },
    }),
  );
  pass(6 * minutes);
  const [put, made] = await all({
    LookupAttributes: [{ AttributeKey: 'ReadOnly', AttributeValue: 'false' }],
  });
  expect(made).toMatchObject({
    eventVersion: '1.09',
    userIdentity: {
      type: 'IAMUser',
      arn: `arn:aws:iam::${delegate.id}:user/runbook-operator`,
      accountId: delegate.id,
      accessKeyId: delegate.accessKeyId,
      userName: 'runbook-operator',
    },
    eventSource: 'sso.amazonaws.com',
    eventName: 'CreatePermissionSet',
    awsRegion: simulator.region,
    requestParameters: { name: 'Set', instanceArn: InstanceArn, tags: [{ key: 'a', value: 'b' }] },
    responseElements: {
      permissionSet: { name: 'Set', permissionSetArn: PermissionSet?.PermissionSetArn },
    },
    requestID: $metadata.requestId,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: delegate.id,
    eventCategory: 'Management',
  });
  expect(JSON.stringify(made?.responseElements)).toMatch(
    /"createdDate":"[A-Z][a-z]{2} \d{1,2}, \d{4} \d{1,2}:\d\d:\d\d [AP]M"/,
  );
  expect(made?.eventTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(put).toMatchObject({ eventName: 'PutInlinePolicyToPermissionSet', responseElements: null });
  // The management account has none of it, and neither has another Region.
  expect(await all(named('CreatePermissionSet'), management)).toEqual([]);
  expect(await all(named('CreatePermissionSet'), delegate, 'us-west-2')).toEqual([]);
});

test('reads are events too; a session is listed by its name', async () => {
  const { client, InstanceArn, management, as, pass, all, lookup, simulator } = await trailed();
  await client.sso.send(new ListPermissionSetsCommand({ InstanceArn }));
  const { Credentials } = await as(management).sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${management.id}:role/Admin`,
      RoleSessionName: 'jane',
    }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const jane = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  await as(jane).sts.send(new GetCallerIdentityCommand({}));
  pass(6 * minutes);
  expect(await all(named('ListPermissionSets'))).toMatchObject([
    { eventName: 'ListPermissionSets', readOnly: true, responseElements: null },
  ]);
  const byName = { AttributeKey: 'Username', AttributeValue: 'jane' } as const;
  const { Events = [] } = await lookup({ LookupAttributes: [byName] }, management);
  expect(Events).toMatchObject([
    { EventName: 'GetCallerIdentity', EventSource: 'sts.amazonaws.com', ReadOnly: 'true', Username: 'jane' },
  ]);
  expect(JSON.parse(Events[0]?.CloudTrailEvent ?? '')).toMatchObject({
    userIdentity: {
      type: 'AssumedRole',
      accessKeyId: AccessKeyId,
      sessionContext: { sessionIssuer: { type: 'Role', userName: 'Admin', accountId: management.id } },
    },
    awsRegion: simulator.region,
    requestParameters: null,
  });
  const byKey = { AttributeKey: 'AccessKeyId', AttributeValue: AccessKeyId } as const;
  expect(await all({ LookupAttributes: [byKey] }, management)).toHaveLength(1);
  const byId = { AttributeKey: 'EventId', AttributeValue: Events[0]?.EventId } as const;
  expect(await all({ LookupAttributes: [byId] }, management)).toHaveLength(1);
});

test('AWS Organizations is recorded in us-east-1 alone, wherever one asks from', async () => {
  const { management, as, named: account, pass, all } = await trailed();
  await as(management, 'eu-west-1').organizations.send(new ListDelegatedAdministratorsCommand({}));
  const AccountId = account('Workloads Dev').id;
  const again = await refusal(
    as(management).organizations.send(
      new RegisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal: 'sso.amazonaws.com' }),
    ),
  );
  pass(6 * minutes);
  const source = {
    LookupAttributes: [
      { AttributeKey: 'EventSource', AttributeValue: 'organizations.amazonaws.com' },
    ] as const,
  };
  const input = { LookupAttributes: [...source.LookupAttributes] };
  expect(await all(input, management, 'eu-west-1')).toEqual([]);
  const [refused, read] = await all(input, management, 'us-east-1');
  expect(read).toMatchObject({ eventName: 'ListDelegatedAdministrators', awsRegion: 'us-east-1' });
  expect(refused).toMatchObject({
    eventName: 'RegisterDelegatedAdministrator',
    errorCode: again.name,
    errorMessage: again.message,
    requestParameters: { accountId: AccountId },
    responseElements: null,
  });
});

test('a refused call is recorded with its error; whom AWS does not let in, it cannot tell of', async () => {
  const world = await trailed();
  const { url, delegate, pass, all } = world;
  await newSet(world, 'Twice');
  const twice = await refusal(newSet(world, 'Twice'));
  await fetch(`${url}/_permissions`, {
    method: 'POST',
    body: JSON.stringify({ account: delegate.id, without: ['sso:CreatePermissionSet'] }),
  });
  await refusal(newSet(world, 'Third'));
  const stranger = { ...delegate, secretAccessKey: 'wrong' };
  await refusal(world.as(stranger).sso.send(new ListInstancesCommand({})));
  pass(6 * minutes);
  const [denied, conflict, made] = await all(named('CreatePermissionSet'));
  expect(made).not.toHaveProperty('errorCode');
  expect(conflict).toMatchObject({ errorCode: 'ConflictException', errorMessage: twice.message });
  expect(denied).toMatchObject({ errorCode: 'AccessDenied', requestParameters: null });
  expect(await all(named('ListInstances'))).toEqual([]);
});

test('events come five minutes late, by AWS’s clock; a fault makes one later', async () => {
  const world = await trailed();
  const { pass, all, url } = world;
  await newSet(world, 'First');
  await fetch(`${url}/_faults`, {
    method: 'POST',
    body: JSON.stringify({ fault: 'trail-late', operation: 'sso:CreatePermissionSet', ms: 60 * minutes }),
  });
  await newSet(world, 'Second');
  const names = async () =>
    (await all(named('CreatePermissionSet'))).map(({ requestParameters }) => requestParameters?.name);
  expect(await names()).toEqual([]);
  pass(5 * minutes);
  expect(await names()).toEqual(['First']);
  pass(60 * minutes);
  expect(await names()).toEqual(['Second', 'First']);
});

test('pages hold 50, the newest first, and what comes meanwhile is on none of them', async () => {
  const world = await trailed({ trailDelay: 0 });
  const { client, InstanceArn, pass, lookup } = world;
  for (let n = 0; n < 101; n++) {
    pass(1_000);
    await client.sso.send(new ListPermissionSetsCommand({ InstanceArn, MaxResults: 1 + (n % 100) }));
  }
  pass(5_000);
  const input = named('ListPermissionSets');
  const first = await lookup(input);
  expect(first.Events).toHaveLength(50);
  await client.sso.send(new ListPermissionSetsCommand({ InstanceArn }));
  pass(5_000);
  const second = await lookup({ ...input, NextToken: first.NextToken });
  const third = await lookup({ ...input, NextToken: second.NextToken });
  expect(third.Events).toHaveLength(1);
  expect(third.NextToken).toBeUndefined();
  const times = [first, second, third].flatMap(({ Events = [] }) =>
    Events.map(({ EventTime }) => EventTime?.getTime() ?? 0),
  );
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  const ids = [first, second, third].flatMap(({ Events = [] }) => Events.map(({ EventId }) => EventId));
  expect(new Set(ids).size).toBe(101);
  pass(5_000);
  expect((await lookup({ ...input, MaxResults: 3 })).Events).toHaveLength(3);
  const StartTime = new Date(times[1] ?? 0);
  const narrow = await lookup({ ...input, StartTime, EndTime: StartTime });
  expect(narrow.Events?.map(({ EventId }) => EventId)).toEqual([ids[1]]);
});

test.each<[string, object, string]>([
  [
    'two attributes',
    {
      LookupAttributes: [
        { AttributeKey: 'EventName', AttributeValue: 'a' },
        { AttributeKey: 'ReadOnly', AttributeValue: 'true' },
      ],
    },
    'InvalidLookupAttributesException',
  ],
  [
    'an attribute that there is not',
    { LookupAttributes: [{ AttributeKey: 'RequestId', AttributeValue: 'a' }] },
    'InvalidLookupAttributesException',
  ],
  [
    'an attribute without a value',
    { LookupAttributes: [{ AttributeKey: 'EventName' }] },
    'InvalidLookupAttributesException',
  ],
  [
    'an end before the start',
    { StartTime: 2_000_000_000, EndTime: 1_900_000_000 },
    'InvalidTimeRangeException',
  ],
  ['51 on a page', { MaxResults: 51 }, 'InvalidMaxResultsException'],
  ['none on a page', { MaxResults: 0 }, 'InvalidMaxResultsException'],
  ['a token of another list', { NextToken: 'abc' }, 'InvalidNextTokenException'],
  ['another category', { EventCategory: 'data' }, 'InvalidEventCategoryException'],
])('%s is refused by name', async (_, input, code) => {
  const { url, management } = await simulated('delegated');
  const { json, status } = await raw(url, {
    ...{ service: 'cloudtrail', operation: 'LookupEvents', input, credentials: management },
  });
  expect([status, json.__type]).toEqual([400, code]);
});

test('two a second in an account and a Region; Insights there are none', async () => {
  const { lookup, management, pass } = await trailed();
  expect(await lookup({ EventCategory: 'insight' })).toMatchObject({ Events: [] });
  await lookup();
  expect(await refusal(lookup())).toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' });
  await lookup({}, management);
  await lookup({}, undefined, 'us-west-2');
  pass(1_000);
  await lookup();
});

test('who may not look is told so, without a resource', async () => {
  const { lookup, url, delegate } = await trailed();
  await fetch(`${url}/_permissions`, {
    method: 'POST',
    body: JSON.stringify({ account: delegate.id, without: ['cloudtrail:*'] }),
  });
  const { name, message } = await refusal(lookup());
  expect(name).toBe('AccessDeniedException');
  expect(message).toBe(
    `User: arn:aws:iam::${delegate.id}:user/runbook-operator is not authorized to perform: cloudtrail:LookupEvents because no identity-based policy allows the cloudtrail:LookupEvents action`,
  );
});

test('events are kept for 90 days', async () => {
  const world = await trailed();
  const { pass, all } = world;
  await newSet(world);
  pass(89 * 24 * 60 * minutes);
  expect(await all(named('CreatePermissionSet'))).toHaveLength(1);
  pass(24 * 60 * minutes);
  expect(await all(named('CreatePermissionSet'))).toEqual([]);
});

test('the role of a set is recorded where it is made: by IAM Identity Center itself, or as its caller in the management account', async () => {
  const world = await trailed();
  const { client, as, InstanceArn, IdentityStoreId, management, named: account, pass, all } = world;
  const { Users = [] } = await client.identity.send(new ListUsersCommand({ IdentityStoreId }));
  const assign = async (who: World['client'], TargetId: string, name: string) => {
    const { PermissionSet } = await who.sso.send(new CreatePermissionSetCommand({ InstanceArn, Name: name }));
    const assignment = {
      ...{ InstanceArn, TargetId, PermissionSetArn: PermissionSet?.PermissionSetArn },
      ...({ TargetType: 'AWS_ACCOUNT', PrincipalType: 'USER', PrincipalId: Users[0]?.UserId } as const),
    };
    await who.sso.send(
      new PutInlinePolicyToPermissionSetCommand({
        ...{ InstanceArn, PermissionSetArn: assignment.PermissionSetArn, InlinePolicy: policy },
      }),
    );
    await who.sso.send(new CreateAccountAssignmentCommand(assignment));
    pass(minutes);
    await who.sso.send(new ListInstancesCommand({}));
    return assignment;
  };
  const dev = account('Workloads Dev');
  const made = await assign(client, dev.id, 'Member');
  await assign(as(management), management.id, 'Management');
  await client.sso.send(new DeleteAccountAssignmentCommand(made));
  pass(minutes);
  await client.sso.send(new ListInstancesCommand({}));
  pass(6 * minutes);
  const iam = (who: Credentials) =>
    all(
      { LookupAttributes: [{ AttributeKey: 'EventSource', AttributeValue: 'iam.amazonaws.com' }] },
      who,
      'us-east-1',
    );
  const there = await iam(dev);
  expect(there.map(({ eventName }) => eventName)).toEqual([
    'DeleteRole',
    'DeleteRolePolicy',
    'PutRolePolicy',
    'CreateRole',
  ]);
  expect(there.at(-1)).toMatchObject({
    userIdentity: {
      arn: `arn:aws:sts::${dev.id}:assumed-role/AWSServiceRoleForSSO/AWS-SSO`,
      invokedBy: 'sso.amazonaws.com',
    },
    sourceIPAddress: 'sso.amazonaws.com',
    userAgent: 'sso.amazonaws.com',
    requestParameters: { path: expect.stringContaining('/aws-reserved/sso.amazonaws.com/') },
  });
  const [, create] = await iam(management);
  expect(create).toMatchObject({
    eventName: 'CreateRole',
    userIdentity: {
      arn: `arn:aws:iam::${management.id}:user/runbook-operator`,
      invokedBy: 'sso.amazonaws.com',
    },
    userAgent: 'AWS Internal',
  });
});

test('what says who somebody is, is hidden', async () => {
  const { as, management, IdentityStoreId, pass, all } = await trailed();
  await as(management).identity.send(
    new CreateUserCommand({
      ...{ IdentityStoreId, UserName: 'secret.person', DisplayName: 'Secret Person' },
      Name: { GivenName: 'Secret', FamilyName: 'Person' },
    }),
  );
  pass(6 * minutes);
  const [made] = await all(named('CreateUser'), management);
  expect(made?.requestParameters).toMatchObject({ identityStoreId: IdentityStoreId });
  expect(JSON.stringify(made)).not.toMatch(/secret/i);
  expect(JSON.stringify(made)).toContain('HIDDEN_DUE_TO_SECURITY_REASONS');
});
