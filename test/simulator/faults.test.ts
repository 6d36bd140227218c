import { request } from 'node:https';
import { connect } from 'node:net';
import { CreateUserCommand, ListUsersCommand } from '@aws-sdk/client-identitystore';
import {
  ListDelegatedAdministratorsCommand,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import {
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  GetInlinePolicyForPermissionSetCommand,
  ListAccountAssignmentCreationStatusCommand,
  ListAccountAssignmentsCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
  PutInlinePolicyToPermissionSetCommand,
} from '@aws-sdk/client-sso-admin';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { faultNames } from '../../src/simulator/faults/fault-names.ts';
import type { Scenario } from '../../src/simulator/scenarios/scenarios.ts';
import { eventually, patience } from '../eventually.ts';
import { refusal, simulated } from './simulated.ts';

const onCreate = { operation: 'sso:CreatePermissionSet' };

/** A simulator with one fault, and the change that most faults here are about. */
async function faulty(fault: string, more: object = onCreate, scenario: Scenario = 'delegated') {
  const world = await simulated(scenario, { settle: 0 });
  const { arn: InstanceArn, store } = await world.instance();
  const { sso, identity, organizations, sts } = world.as();
  const create = (abortSignal?: AbortSignal) =>
    sso.send(
      new CreatePermissionSetCommand({ InstanceArn, Name: 'Faulty' }),
      abortSignal === undefined ? {} : { abortSignal },
    );
  const count = async () =>
    (await sso.send(new ListPermissionSetsCommand({ InstanceArn }))).PermissionSets?.length ?? 0;
  const before = await count();
  const made = async () => (await count()) - before;
  const assign = async () => {
    const { PermissionSet } = await sso.send(new CreatePermissionSetCommand({ InstanceArn, Name: 'Given' }));
    const { Users = [] } = await identity.send(new ListUsersCommand({ IdentityStoreId: store }));
    const where = { InstanceArn, PermissionSetArn: PermissionSet?.PermissionSetArn };
    const TargetId = world.named('Workloads Dev').id;
    const input = { TargetId, TargetType: 'AWS_ACCOUNT', PrincipalType: 'USER' } as const;
    const sent = sso.send(
      new CreateAccountAssignmentCommand({ ...where, ...input, PrincipalId: Users[0]?.UserId }),
    );
    const list = async () =>
      (await sso.send(new ListAccountAssignmentsCommand({ ...where, AccountId: TargetId })))
        .AccountAssignments;
    return { sent, list };
  };
  const order = (body: object) =>
    fetch(`${world.url}/_faults`, { method: 'POST', body: JSON.stringify(body) });
  const ordered = await order({ fault, ...more });
  const listed = async () => (await fetch(`${world.url}/_faults`)).json();
  const end = () => fetch(`${world.url}/_faults`, { method: 'DELETE' });
  const { ledger, pass, url, named } = world;
  return {
    ...{ ledger, pass, url, named, order, ordered, listed, end },
    ...{ sso, identity, organizations, sts, InstanceArn, store, create, made, assign },
  };
}

test.each([
  ['reset-after-effect', /reset|hang up|aborted/i],
  ['500-after-effect', /unknown error/],
  ['truncated-body', /aborted|terminated|reset/i],
])('%s: the change is made, and its answer is lost', async (fault, message) => {
  const { create, made, ledger } = await faulty(fault);
  expect((await refusal(create())).message).toMatch(message);
  expect(await made()).toBe(1);
  expect((await ledger()).effects).toHaveLength(1);
  expect((await refusal(create())).name).toBe('ConflictException');
});

test.each([
  ['hang', 0],
  ['hang-after-effect', 1],
])('%s: no answer comes', async (fault, effects) => {
  const { create, made, ledger } = await faulty(fault);
  const given = new AbortController();
  const asked = refusal(create(given.signal));
  // It is given up once it has arrived, be that when it may.
  await eventually(async () =>
    expect((await ledger()).requests.map(({ operation }) => operation)).toContain(onCreate.operation),
  );
  given.abort();
  expect((await asked).name).toMatch(/Abort|Timeout/);
  expect(await made()).toBe(effects);
});

test.each([
  [
    'denied-by-scp',
    'AccessDeniedException',
    /resource: arn:aws:sso:::instance\S+ with an explicit deny in a service control policy$/,
  ],
  [
    'denied-by-boundary',
    'AccessDeniedException',
    /because no permissions boundary allows the sso:CreatePermissionSet action$/,
  ],
  [
    'denied-by-identity-policy',
    'AccessDeniedException',
    /because no identity-based policy allows the sso:CreatePermissionSet action$/,
  ],
  [
    'denied-by-session-policy',
    'AccessDeniedException',
    /because no session policy allows the sso:CreatePermissionSet action$/,
  ],
  ['throttle-burst', 'ThrottlingException', /^Rate exceeded$/],
  ['conflict-busy', 'ConflictException', /conflicting operation in process/],
])('%s: nothing is done, as often as was asked', async (fault, name, message) => {
  const { create, made } = await faulty(fault, { ...onCreate, times: 2 });
  expect(await refusal(create())).toMatchObject({ name, message: expect.stringMatching(message) });
  expect((await refusal(create())).name).toBe(name);
  expect(await made()).toBe(0);
  await create();
  expect(await made()).toBe(1);
});

test.each([
  ['throttle-forever', 'ThrottlingException', 'Throttling'],
  ['expired-before', 'ExpiredTokenException', 'ExpiredToken'],
])('%s: nothing is answered until the fault is taken away', async (fault, name, atSts) => {
  const { create, sts, end } = await faulty(fault, {});
  for (let n = 0; n < 3; n++) expect((await refusal(create())).name).toBe(name);
  expect((await refusal(sts.send(new GetCallerIdentityCommand({})))).name).toBe(atSts);
  await end();
  await create();
});

test('expired-mid-bulk: so many requests pass first', async () => {
  const { sso, end } = await faulty('expired-mid-bulk', { after: 2 });
  const list = () => sso.send(new ListInstancesCommand({}));
  await list();
  await list();
  expect((await refusal(list())).name).toBe('ExpiredTokenException');
  await end();
  await list();
});

test.each([
  [
    'organizations:RegisterDelegatedAdministrator',
    'TooManyRequestsException',
    'ConcurrentModificationException',
  ],
  ['identitystore:CreateUser', 'ThrottlingException', 'ConflictException'],
])('each service has its own words: %s', async (operation, throttled, busy) => {
  const { organizations, identity, store, named, order } = await faulty('throttle-burst', { operation });
  const AccountId = named('Workloads Dev').id;
  const ask = (): Promise<unknown> =>
    operation.startsWith('organizations')
      ? organizations.send(
          new RegisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal: 'sso.amazonaws.com' }),
        )
      : identity.send(new CreateUserCommand({ IdentityStoreId: store, UserName: 'somebody' }));
  expect((await refusal(ask())).name).toBe(throttled);
  await order({ fault: 'conflict-busy', operation });
  const { name, Reason } = await refusal(ask());
  expect(name).toBe(busy);
  if (busy === 'ConflictException') expect(Reason).toBe('CONCURRENT_MODIFICATION');
});

test('conflict-exists: the set is another administrator’s, and is not in the ledger', async () => {
  const { create, made, ledger } = await faulty('conflict-exists', {});
  expect(await refusal(create())).toMatchObject({
    name: 'ConflictException',
    message: 'PermissionSet with name Faulty already exists.',
  });
  expect(await made()).toBe(1);
  expect((await ledger()).effects).toEqual([]);
});

test('conflict-exists, for a user', async () => {
  const { identity, store } = await faulty('conflict-exists', { operation: 'identitystore:CreateUser' });
  const user = { UserName: 'new.person', DisplayName: 'N', Name: { GivenName: 'N', FamilyName: 'P' } };
  const create = () => identity.send(new CreateUserCommand({ IdentityStoreId: store, ...user }));
  expect(await refusal(create())).toMatchObject({
    name: 'ConflictException',
    Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION',
  });
});

test('delegated-admin-exists: another account has become it in between', async () => {
  const { organizations, named } = await faulty('delegated-admin-exists', {}, 'fresh');
  const AccountId = named('Shared Services').id;
  const ServicePrincipal = 'sso.amazonaws.com';
  expect(
    await refusal(
      organizations.send(new RegisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal })),
    ),
  ).toMatchObject({ Reason: 'MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED' });
  const { DelegatedAdministrators = [] } = await organizations.send(
    new ListDelegatedAdministratorsCommand({ ServicePrincipal }),
  );
  expect(DelegatedAdministrators.map(({ Id }) => Id)).toEqual([expect.not.stringContaining(AccountId)]);
});

test('policy-drift: another administrator changes the policy before it is read', async () => {
  const { sso, create, InstanceArn } = await faulty('policy-drift', { after: 1 });
  const { PermissionSet } = await create();
  const on = { InstanceArn, PermissionSetArn: PermissionSet?.PermissionSetArn };
  const statement = { Effect: 'Allow', Action: 'q:*', Resource: '*' };
  const InlinePolicy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await sso.send(new PutInlinePolicyToPermissionSetCommand({ ...on, InlinePolicy }));
  const read = async () => (await sso.send(new GetInlinePolicyForPermissionSetCommand(on))).InlinePolicy;
  expect(await read()).toBe(InlinePolicy);
  expect(await read()).toContain('codewhisperer:ListProfiles');
});

test('async-failed: it is taken on, fails with the reason, and had no effect', async () => {
  const { assign, sso, InstanceArn, ledger } = await faulty('async-failed', { reason: 'Because of that' });
  const { sent, list } = await assign();
  const { AccountAssignmentCreationStatus: accepted } = await sent;
  const { AccountAssignmentCreationStatus: ended } = await sso.send(
    new DescribeAccountAssignmentCreationStatusCommand({
      InstanceArn,
      AccountAssignmentCreationRequestId: accepted?.RequestId,
    }),
  );
  expect(ended).toMatchObject({ Status: 'FAILED', FailureReason: 'Because of that' });
  expect(await list()).toEqual([]);
  expect((await ledger()).effects.map(({ operation }) => operation)).toEqual(['sso:CreatePermissionSet']);
});

test('async-stuck: it stays in progress until the fault is taken away', async () => {
  const { assign, sso, InstanceArn, pass, end } = await faulty('async-stuck', {});
  const { sent, list } = await assign();
  const { AccountAssignmentCreationStatus: accepted } = await sent;
  const status = async () =>
    (
      await sso.send(
        new DescribeAccountAssignmentCreationStatusCommand({
          InstanceArn,
          AccountAssignmentCreationRequestId: accepted?.RequestId,
        }),
      )
    ).AccountAssignmentCreationStatus?.Status;
  pass(60_000);
  expect(await status()).toBe('IN_PROGRESS');
  expect(await list()).toEqual([]);
  await end();
  expect(await status()).toBe('SUCCEEDED');
  expect(await list()).toHaveLength(1);
});

test('response-lost-async: the assignment is made, and its request is in AWS’s list alone', async () => {
  const { assign, sso, InstanceArn } = await faulty('response-lost-async', {});
  const { sent, list } = await assign();
  expect((await refusal(sent)).message).toMatch(/reset|hang up|aborted/i);
  expect(await list()).toHaveLength(1);
  const { AccountAssignmentsCreationStatus: requests } = await sso.send(
    new ListAccountAssignmentCreationStatusCommand({ InstanceArn }),
  );
  expect(requests?.[0]).toMatchObject({ Status: 'SUCCEEDED' });
});

test('eventual-consistency: what was written cannot be read for a while', async () => {
  const { create, made, pass } = await faulty('eventual-consistency', { ms: 20_000 });
  await create();
  expect(await made()).toBe(0);
  expect((await refusal(create())).name).toBe('ConflictException'); // writes see it
  pass(20_001);
  expect(await made()).toBe(1);
});

test.each([
  [20, /^Signature expired: /],
  [-20, /^Signature not yet current: /],
])('clock-skew: AWS is %i minutes ahead, refuses, and its Date says so', async (minutes, message) => {
  const { sso, url } = await faulty('clock-skew', { minutes });
  // The SDK puts its clock right by the Date of the answer, so only the first request is refused.
  expect(await refusal(sso.send(new ListInstancesCommand({})))).toMatchObject({
    name: 'InvalidSignatureException',
    message: expect.stringMatching(message),
  });
  await sso.send(new ListInstancesCommand({}));
  const { headers } = await fetch(url, {
    method: 'POST',
    headers: { 'x-amz-target': 'SWBExternalService.ListInstances' },
  });
  const ahead = (Date.parse(headers.get('date') ?? '') - Date.now()) / 60_000;
  expect(Math.round(ahead)).toBe(minutes);
});

test.each([
  ['role', /:assumed-role\/ReadOnly\//],
  ['account', /:user\/somebody-else$/],
])('identity-changed: the credentials are another %s’s', async (to, arn) => {
  const { sts, end } = await faulty('identity-changed', { to });
  const who = () => sts.send(new GetCallerIdentityCommand({}));
  const changed = await who();
  expect(changed.Arn).toMatch(arn);
  await end();
  const { Arn, Account } = await who();
  expect(Arn).not.toMatch(arn);
  expect(Account === changed.Account).toBe(to === 'role');
});

test('captive-portal: a page answers, and AWS has nothing of it', async () => {
  const { create, made, order } = await faulty('captive-portal');
  expect((await refusal(create())).message).toMatch(/Unexpected token '<'|Deserialization/);
  await order({ fault: 'captive-portal', status: 503, ...onCreate });
  expect(await refusal(create())).toMatchObject({ $metadata: { httpStatusCode: 503 } });
  expect(await made()).toBe(0);
});

test('offline: the connection breaks, nothing listens for a while, and then it goes on', async () => {
  const { create, made, url } = await faulty('offline', { ...onCreate, ms: 2_000 });
  await refusal(create());
  const knock = () =>
    new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => resolve('answered'));
      socket
        .on('connect', () => socket.destroy())
        .on('error', ({ code }: NodeJS.ErrnoException) => resolve(`${code}`));
    });
  expect(await knock()).toBe('ECONNREFUSED');
  await expect.poll(knock, { timeout: patience }).toBe('answered');
  expect(await made()).toBe(0);
});

test('proxy-mitm: a second address answers over TLS, with a certificate of its own', async () => {
  const { ordered, end } = await faulty('proxy-mitm', {});
  const { url, certificate } = (await ordered.json()) as { url: string; certificate: string };
  const ask = (ca?: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      request(`${url}/_ledger`, ca === undefined ? {} : { ca }, ({ statusCode }) => resolve(statusCode))
        .on('error', reject)
        .end();
    });
  await expect(ask()).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  expect(await ask(certificate)).toBe(200);
  await end();
  await expect(ask(certificate)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('faults of different stages strike the same request; of one stage, one after the other', async () => {
  const { create, made, order, listed } = await faulty('denied-by-scp');
  await order({ fault: 'throttle-burst', ...onCreate });
  await order({ fault: 'eventual-consistency', ...onCreate });
  await order({ fault: 'reset-after-effect', ...onCreate });
  expect((await refusal(create())).name).toBe('AccessDeniedException');
  expect((await refusal(create())).name).toBe('ThrottlingException');
  expect((await refusal(create())).message).toMatch(/reset|hang up|aborted/i);
  expect(await made()).toBe(0);
  const { orders } = (await listed()) as { orders: { fault: string; struck: number }[] };
  expect(orders.map(({ struck }) => struck)).toEqual([1, 1, 1, 1]);
});

test.each([
  [{ fault: 'earthquake' }, /^There is no fault “earthquake”\. Did you mean “.+”\? Faults: hang, /],
  [{ fault: 'trotle-burst' }, /Did you mean “throttle-burst”/],
  [
    { fault: 'hang', tims: 1 },
    /hang has no parameter “tims”\. Did you mean “times”\? Parameters: operation, after, times$/,
  ],
  [{ fault: 'hang', times: 0 }, /times must be a whole number from 1, or always/],
  [{ fault: 'hang', after: -1 }, /after must be a whole number from 0/],
  [{ fault: 'hang', operation: 'sso:CreatePermisionSet' }, /Did you mean “sso:CreatePermissionSet”/],
  [{ fault: 'offline', ms: 'soon' }, /ms must be a whole number/],
  [{ fault: 'offline', ms: -1 }, /ms must be 0 or more/],
  [{ fault: 'captive-portal', status: 99 }, /status must be from 200 to 599/],
  [{ fault: 'identity-changed', to: 'nobody' }, /to must be role or account/],
  [{ fault: 'async-failed', reason: {} }, /reason must be a text/],
  [[], /A JSON object is expected/],
])('an order that cannot be understood is refused: %j', async (body, says) => {
  const { url } = await simulated('fresh');
  const refused = await fetch(`${url}/_faults`, { method: 'POST', body: JSON.stringify(body) });
  expect(refused.status).toBe(400);
  expect(((await refused.json()) as { message: string }).message).toMatch(says);
});

test('every fault can be asked for by its name alone, and is listed with one sentence', async () => {
  const { url } = await simulated('fresh');
  for (const fault of faultNames) {
    const ordered = await fetch(`${url}/_faults`, { method: 'POST', body: JSON.stringify({ fault }) });
    expect(ordered.status, fault).toBe(200);
  }
  const { faults, orders } = (await (await fetch(`${url}/_faults`)).json()) as {
    faults: Record<string, { says: string; operation: string; times: number | string }>;
    orders: { fault: string; struck: number }[];
  };
  expect(Object.keys(faults)).toEqual(faultNames);
  for (const { says } of Object.values(faults)) expect(says).toMatch(/^[^.]+\.$/);
  expect(faults['throttle-forever']).toMatchObject({ times: 'always' });
  expect(orders.map(({ fault }) => fault)).toEqual(faultNames);
});

test('with a latency every answer takes that long', async () => {
  const { as } = await simulated('fresh', { latency: 120 });
  const begun = performance.now();
  await as().sso.send(new ListInstancesCommand({}));
  expect(performance.now() - begun).toBeGreaterThanOrEqual(119);
});
