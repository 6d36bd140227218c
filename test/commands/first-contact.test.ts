import { stat } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { createPlaceholders } from '../../src/model/exchange/placeholders.ts';
import { redacted } from '../../src/model/exchange/redact.ts';
import { modelOf } from '../../src/model/exchange/shapes.ts';
import { reads } from '../../src/model/operations.ts';
import { newSession } from '../../src/simulator/organization/sessions.ts';
import type { State } from '../../src/simulator/organization/state.ts';
import { models } from '../../src/simulator/protocol/model.ts';
import type { Scenario } from '../../src/simulator/scenarios/scenarios.ts';
import { both, more, sampled, test } from '../more.ts';
import { inAnswersOf, type Passing } from './record/altering.ts';
import { canary, planted, secretsOf } from './record/canaries.ts';
import { compared, nothingDiffers, type Options } from './record/compared.ts';

describe('where AWS is as the simulator is, nothing differs', () => {
  const all: readonly [Scenario, Options['as']][] = [
    ['customer-key', 'management'],
    ['fresh', 'management'],
    ['done', 'management'],
    ['done', 'delegated-administrator'],
    ['done', 'member'],
    ['existing-set-with-admin', 'management'],
    ['billing-only', 'management'],
    ['no-instance', 'management'],
    ['external-idp', 'management'],
    ['multi-region', 'management'],
    ['no-permission-sets', 'management'],
    ['large', 'management'],
  ];
  both.each(sampled(all, 3))('%s, %s', nothingDiffers);
});

/** The row of a difference, its columns one space apart. */
const rows = (out: string): string => out.replace(/ {2,}/g, '  ');

describe('what differs is reported', () => {
  const first = (body: Record<string, unknown>, list: string) =>
    (body[list] as Record<string, unknown>[])[0] ?? {};
  const altered: readonly [
    what: string,
    operation: string,
    change: (body: Record<string, unknown>) => unknown,
    row: string,
  ][] = [
    [
      'a new member',
      'ListInstances',
      (body) => void Object.assign(first(body, 'Instances'), { Delegation: { Name: canary } }),
      'sso:ListInstances  Instances[].Delegation  AWS sends it (object); its service model has no such member',
    ],
    [
      'a member that is missing, and that the model does not require',
      'ListInstances',
      (body) => void delete first(body, 'Instances').PrimaryRegion,
      'sso:ListInstances  Instances[].PrimaryRegion  AWS does not send it; the simulator always does',
    ],
    [
      'a member that is missing, and that the model requires',
      'DescribeUser',
      (body) => void delete body.UserId,
      'identitystore:DescribeUser  UserId  AWS does not send it; its service model says that it is always there',
    ],
    [
      'another type',
      'DescribeInstance',
      (body) => void Object.assign(body, { PermissionSetsEnabled: canary }),
      'sso:DescribeInstance  PermissionSetsEnabled  AWS sends text; its service model says boolean',
    ],
    [
      'a list that is null',
      'ListAccounts',
      (body) => void Object.assign(body, { Accounts: null }),
      'organizations:ListAccounts  Accounts  AWS sends null; its service model says list',
    ],
    [
      'a value of an enum that nobody knows',
      'DescribeInstance',
      (body) => void Object.assign(body, { Status: canary }),
      'sso:DescribeInstance  Status  AWS sends a value that its service model does not list',
    ],
    [
      'a value of an enum that is known, and not what the simulator says',
      'GetAccountInformation',
      (body) => void Object.assign(body, { AccountState: 'SUSPENDED' }),
      'account:GetAccountInformation  AccountState  AWS: SUSPENDED; the simulator: ACTIVE',
    ],
    [
      'a member that some have, in a simulated organization that is made like this one',
      'DescribePermissionSet',
      (body) => void Object.assign(body.PermissionSet as object, { RelayState: canary }),
      '',
    ],
    [
      'a member that the model has and the simulator does not send',
      'DescribeInstance',
      (body) => void Object.assign(body, { Name: canary }),
      'sso:DescribeInstance  Name  AWS sends it (text); the simulator does not',
    ],
  ];
  both.each(sampled(altered, 3))('%s', async (_, operation, change, row) => {
    const { code, out, text } = await compared('existing-set-with-admin', {
      alter: inAnswersOf(operation, change),
    });
    const table = out.slice(out.indexOf('Nothing is changed.'));
    if (row === '') {
      // A set of the simulated organization is made like it: what AWS may send or not is no difference.
      expect([code, rows(table)]).toEqual([0, expect.stringContaining('Nothing differs.')]);
    } else expect([code, rows(table)]).toEqual([2, expect.stringContaining(`${row}\n`)]);
    expect(out.includes(canary) || text.includes(canary)).toBe(false);
  });

  const refused: readonly [what: string, operation: string, error: object, row: string][] = [
    [
      'an error whose name nobody knows',
      'DescribeInstance',
      { __type: 'com.amazonaws.sso#InstanceAsleepException', Message: `${canary} sleeps` },
      'sso:DescribeInstance  the answer  AWS refuses with InstanceAsleepException; its service model does not list that error',
    ],
    [
      'a refusal where the simulator answers',
      'ListPermissionSets',
      { __type: 'ResourceNotFoundException', Message: `no ${canary}` },
      'sso:ListPermissionSets  the answer  AWS: ResourceNotFoundException; the simulator: an answer',
    ],
    [
      'a Reason that is not in the model',
      'ListPermissionSets',
      { __type: 'AccessDeniedException', Message: canary, Reason: canary },
      'sso:ListPermissionSets  Reason  AWS sends a value that its service model does not list',
    ],
  ];
  both.each(sampled(refused, 3))('%s', async (_, operation, error, row) => {
    const { code, out, text } = await compared('done', {
      alter: (passing) =>
        passing.operation === operation ? { status: 400, body: JSON.stringify(error) } : undefined,
    });
    expect([code, rows(out)]).toEqual([2, expect.stringContaining(`${row}\n`)]);
    expect(out.includes(canary) || text.includes(canary)).toBe(false);
  });

  more('in XML: a new member, a missing one, and an error that nobody knows', async () => {
    const alter = ({ operation, body }: Passing) =>
      operation === 'GetCallerIdentity'
        ? { body: body.replace(/<UserId>[^<]*<\/UserId>/, `<Session><Name>${canary}</Name></Session>`) }
        : operation === 'SimulatePrincipalPolicy'
          ? {
              status: 400,
              body: `<ErrorResponse><Error><Type>Sender</Type><Code>Asleep</Code><Message>${canary}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
            }
          : undefined;
    const { code, out, text } = await compared('done', { alter });
    expect(code).toBe(2);
    for (const row of [
      'sts:GetCallerIdentity  Session  AWS sends it (object); its service model has no such member',
      'sts:GetCallerIdentity  UserId  AWS does not send it; the simulator always does',
      'iam:SimulatePrincipalPolicy  the answer  AWS refuses with Asleep; its service model does not list that error',
    ])
      expect(rows(out)).toContain(row);
    expect(out.includes(canary) || text.includes(canary)).toBe(false);
  });
});

test('what the policies of the credentials deny is not taken for a difference, and is said', async () => {
  const sentence =
    'User: arn:aws:iam::314159265358:user/me is not authorized to perform: sso:ListApplications on resource: * because no identity-based policy allows the sso:ListApplications action';
  const { code, out, exchanges } = await compared('done', {
    alter: ({ operation }) =>
      operation === 'ListApplications'
        ? { status: 400, body: JSON.stringify({ __type: 'AccessDeniedException', Message: sentence }) }
        : undefined,
  });
  expect(code).toBe(0);
  expect(out).toContain('do not allow 1 of them. They were not compared:\n  sso:ListApplications\n');
  const kept = exchanges.find(({ operation }) => operation === 'sso:ListApplications');
  expect(kept?.error?.message).toMatch(/^User: arn:aws:iam::\d{12}:user\/Example\d+ is not authorized/);
});

test('nothing that tells whose organization it is comes into the file; each line says what was asked and where', async () => {
  let state: State | undefined;
  const { code, out, text, exchanges, file, folder } = await compared('done', {
    arrange: (begun) => {
      state = planted(begun);
      return state;
    },
  });
  if (!state) throw new Error('no organization was arranged');
  expect([code, out]).toEqual([0, expect.stringContaining('Nothing differs.')]);
  const table = out.slice(out.indexOf('Nothing is changed.')).replaceAll(folder, '');
  expect(secretsOf(state).length).toBeGreaterThan(100);
  expect(secretsOf(state).filter((one) => text.includes(one) || table.includes(one))).toEqual([]);
  // What is cut down once: nothing is left that another cut would take.
  const formOf = (value: unknown): string => JSON.stringify(value).replace(/\d+/g, '#');
  const stand = createPlaceholders();
  for (const { operation, request, answer } of exchanges.slice(2)) {
    const { model, known } = modelOf(models, operation);
    if (known?.input !== undefined)
      expect(formOf(redacted(model, known.input, request, stand))).toBe(formOf(request));
    if (answer !== undefined)
      expect(formOf(redacted(model, known?.output, answer, stand))).toBe(formOf(answer));
  }
  const asked = new Set(exchanges.map(({ operation }) => operation));
  expect(reads.filter((read) => !asked.has(read))).toEqual([
    'cloudtrail:LookupEvents', // it holds who did what
    'iam:GetRole', // of a role, and this is a user
    'sso:DescribePermissionSetProvisioningStatus', // there is no such request, and no deletion
    'sso:DescribeAccountAssignmentDeletionStatus',
  ]);
  expect(exchanges.at(-1)).toMatchObject({
    situation: 'management account, delegated, instance, permission sets, assignments',
    source: expect.stringMatching(/^cw-runbook\/\S+ doctor, \d{4}-\d\d-\d\d, another endpoint than AWS$/),
  });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

more('a session of a role of IAM Identity Center: its role is looked up, and nothing differs', async () => {
  let state: State | undefined;
  const role = `AWSReservedSSO_${canary}_00112233445566ff`;
  const { code, out, text, exchanges } = await compared('done', {
    arrange: (begun) => {
      state = begun;
      return begun;
    },
    env: () => {
      if (!state) throw new Error('no organization was made');
      const account = state.organization.management;
      const made = { account, role, name: canary, expires: 8.64e15, id: 'test' };
      const { accessKeyId, secretAccessKey, token } = newSession(state.seed, made);
      return {
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: token,
      };
    },
  });
  expect([code, out]).toEqual([0, expect.stringContaining('Nothing differs.')]);
  expect(exchanges.filter(({ operation }) => operation.startsWith('iam:')).map((one) => one.answer)).toEqual([
    { Role: expect.objectContaining({ Path: '/aws-reserved/sso.amazonaws.com/' }) },
    { EvaluationResults: expect.anything(), IsTruncated: false },
    { EvaluationResults: expect.anything(), IsTruncated: false },
  ]);
  expect(text).not.toContain(canary);
});

test('before it is accepted only who asks is asked', async () => {
  const { code, err, asked } = await compared('done', { args: [] });
  expect([code, err]).toEqual([4, expect.stringContaining('Accept them with --yes.')]);
  expect(new Set(asked)).toEqual(new Set(['sts:GetCallerIdentity', 'organizations:DescribeOrganization']));
});

test('it only reads', async () => {
  const { asked } = await compared('done');
  expect(asked.filter((operation) => !reads.some((read) => read === operation))).toEqual([]);
});

more('credentials that end on the way: exit code 6, and what was answered until then is kept', async () => {
  const { code, exchanges } = await compared('done', {
    faults: [
      {
        fault: 'expired-mid-bulk',
        operation: '*',
        after: 20,
        times: Number.POSITIVE_INFINITY,
        parameters: {},
      },
    ],
  });
  expect(code).toBe(6);
  expect(exchanges.length).toBeGreaterThan(10);
});
