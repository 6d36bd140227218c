import { GetRoleCommand, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { ListUsersCommand } from '@aws-sdk/client-identitystore';
import {
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  ListPermissionSetsCommand,
} from '@aws-sdk/client-sso-admin';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { reservedRole } from '../../src/simulator/organization/sessions.ts';
import { raw, refusal, simulated } from './simulated.ts';

async function world() {
  const at = await simulated('delegated', { settle: 0 });
  const delegate = at.withRole('delegated-administrator');
  const restrict = async (policies: object, account = delegate.id) =>
    (
      await fetch(`${at.url}/_permissions`, {
        method: 'POST',
        body: JSON.stringify({ account, ...policies }),
      })
    ).status;
  const user = `arn:aws:iam::${delegate.id}:user/runbook-operator`;
  const { iam, sso } = at.as(delegate);
  const simulate = (more: object = {}) =>
    iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: user,
        ActionNames: ['sso:CreatePermissionSet', 'sso:ListInstances'],
        ...more,
      }),
    );
  return { ...at, delegate, restrict, user, iam, sso, simulate };
}
const simulation = ['iam:SimulatePrincipalPolicy'];

test('the simulation says what the calls say: what is allowed, what is missing, and which policy denies', async () => {
  const at = await world();
  const { arn: InstanceArn } = await at.instance();
  const refused = () => refusal(at.sso.send(new ListPermissionSetsCommand({ InstanceArn })));
  const of = async () => {
    const { EvaluationResults: [one] = [] } = await at.simulate({ ActionNames: ['sso:ListPermissionSets'] });
    return one;
  };
  expect(await of()).toMatchObject({
    EvalActionName: 'sso:ListPermissionSets',
    EvalResourceName: '*',
    EvalDecision: 'allowed',
    OrganizationsDecisionDetail: { AllowedByOrganizations: true },
  });
  const cases = [
    [{ actions: simulation }, 'implicitDeny', true, undefined, 'no identity-based policy allows'],
    [{ denied: ['sso:List*'] }, 'explicitDeny', true, undefined, 'explicit deny in an identity-based policy'],
    [{ boundary: simulation }, 'implicitDeny', true, false, 'no permissions boundary allows'],
    [{ scp: ['sso:*'] }, 'explicitDeny', false, undefined, 'explicit deny in a service control policy'],
  ] as const;
  for (const [policies, decision, organizations, boundary, says] of cases) {
    expect(await at.restrict(policies)).toBe(200);
    const result = await of();
    expect(result?.EvalDecision).toBe(decision);
    expect(result?.OrganizationsDecisionDetail?.AllowedByOrganizations).toBe(organizations);
    expect(result?.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary).toBe(boundary);
    expect(await refused()).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(says),
    });
  }
});

test('a session’s policy is not known to the simulation, as at AWS', async () => {
  const at = await world();
  const { arn: InstanceArn } = await at.instance();
  await at.restrict({ session: simulation });
  const { EvaluationResults = [] } = await at.simulate({ ActionNames: ['sso:ListPermissionSets'] });
  expect(EvaluationResults.map(({ EvalDecision }) => EvalDecision)).toEqual(['allowed']);
  expect(await refusal(at.sso.send(new ListPermissionSetsCommand({ InstanceArn })))).toMatchObject({
    message: expect.stringContaining('no session policy allows the sso:ListPermissionSets action'),
  });
});

test('pages, and one result for each action, with each resource beneath it', async () => {
  const at = await world();
  const arns = [1, 2, 3].map((n) => `arn:aws:sso:::instance/ssoins-000000000000000${n}`);
  const seen: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await at.simulate({ ResourceArns: arns, MaxItems: 1, ...(Marker ? { Marker } : {}) });
    expect(page.IsTruncated).toBe(page.Marker !== undefined);
    expect(page.EvaluationResults).toMatchObject([
      {
        EvalResourceName: `arn:aws:sso:::$${'{RelativeId}'}`,
        EvalDecision: 'allowed',
        EvalDecisionDetails: {},
      },
    ]);
    for (const { EvalActionName, ResourceSpecificResults = [] } of page.EvaluationResults ?? [])
      for (const one of ResourceSpecificResults)
        seen.push(`${EvalActionName} ${one.EvalResourceName} ${one.EvalResourceDecision}`);
    Marker = page.Marker;
  } while (Marker);
  expect(seen).toHaveLength(6);
  expect(new Set(seen).size).toBe(6);
  expect(await refusal(at.simulate({ Marker: 'abc' }))).toMatchObject({ name: 'InvalidInputException' });
});

test('of several resources the decision above them is none about each', async () => {
  const at = await world();
  const [first, second] = ['1', '2'].map((n) => `arn:aws:sso:::instance/ssoins-000000000000000${n}`);
  await at.restrict({ resources: [`${first}*`] });
  const of = async (ResourceArns: readonly (string | undefined)[]) => {
    const { EvaluationResults: [one] = [] } = await at.simulate({
      ActionNames: ['sso:ListPermissionSets'],
      ResourceArns,
    });
    return [
      one?.EvalDecision,
      ...(one?.ResourceSpecificResults ?? []).map(({ EvalResourceDecision: decision }) => decision),
    ];
  };
  expect(await of([first, second])).toEqual(['allowed', 'allowed', 'implicitDeny']);
  expect(await of([second])).toEqual(['implicitDeny', 'implicitDeny']);
  // A service of which the policy names no resource is as before.
  await expect(at.iam.send(new GetRoleCommand({ RoleName: 'Operators' }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  });
});

test('actions that IAM checks on resources are not simulated with others, where resources are named', async () => {
  const at = await world();
  const ActionNames = ['sso:CreatePermissionSet', 'sts:AssumeRole', 'sso:ListInstances', 'q:ListProfiles'];
  const ResourceArns = ['arn:aws:sso:::instance/ssoins-0000000000000001'];
  expect(await refusal(at.simulate({ ActionNames, ResourceArns }))).toMatchObject({
    name: 'InvalidInputException',
    message: expect.stringMatching(
      /^Invalid Input Actions: \[sso:CreatePermissionSet,sso:ListInstances\] and \[sts:AssumeRole,q:ListProfiles\] require different authorization information\. Please refer/,
    ),
  });
  expect((await at.simulate({ ActionNames })).EvaluationResults).toHaveLength(4);
  expect(await refusal(at.simulate({ ResourceArns: [...ResourceArns, '*'] }))).toMatchObject({
    message: 'ResourceNames are not in a valid ARN format: *.',
  });
});

test('a condition for which it has no value denies, and is named; with the value it allows', async () => {
  const at = await world();
  await at.restrict({ conditions: ['aws:SourceIp'] });
  const { EvaluationResults: [one] = [] } = await at.simulate();
  expect(one).toMatchObject({ EvalDecision: 'implicitDeny', MissingContextValues: ['aws:SourceIp'] });
  const { EvaluationResults: [two] = [] } = await at.simulate({
    ContextEntries: [
      { ContextKeyName: 'aws:sourceip', ContextKeyValues: ['192.0.2.1'], ContextKeyType: 'ip' },
    ],
  });
  expect(two).toMatchObject({ EvalDecision: 'allowed', MissingContextValues: [] });
});

test('refused: whoever may not ask, what names nobody, another account’s, and what is no ARN', async () => {
  const at = await world();
  const session = `arn:aws:sts::${at.delegate.id}:assumed-role/Admin/me`;
  expect(await refusal(at.simulate({ PolicySourceArn: session }))).toMatchObject({
    name: 'InvalidInputException',
    message: `Invalid Entity Arn: ${session} does not clearly define entity type and name.`,
  });
  for (const arn of [
    `arn:aws:iam::${at.management.id}:user/runbook-operator`,
    `arn:aws:iam::${at.delegate.id}:role/AWSReservedSSO_Admin_0123456789abcdef`,
    `arn:aws:iam::${at.delegate.id}:user/nobody`,
  ])
    expect(await refusal(at.simulate({ PolicySourceArn: arn }))).toMatchObject({
      name: 'NoSuchEntityException',
    });
  expect(await refusal(at.simulate({ ResourceArns: ['key'] }))).toMatchObject({
    name: 'InvalidInputException',
    message: 'ResourceNames are not in a valid ARN format: key.',
  });
  expect(await refusal(at.simulate({ MaxItems: 1001 }))).toMatchObject({ name: 'ValidationError' });
  await at.restrict({ actions: ['sso:*'] });
  expect(await refusal(at.simulate())).toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('iam:SimulatePrincipalPolicy'),
  });
});

test.each([
  ['existing-set', '/aws-reserved/sso.amazonaws.com/'],
  ['other-region', '/aws-reserved/sso.amazonaws.com/eu-central-1/'],
] as const)(
  '%s: a role of IAM Identity Center has the path that its ARN in a session does not show',
  async (scenario, path) => {
    const at = await simulated(scenario, { settle: 0, seed: 'roles' });
    const { arn: InstanceArn, store } = await at.instance();
    const { sso, identity } = at.as();
    const { PermissionSet } = await sso.send(new CreatePermissionSetCommand({ InstanceArn, Name: 'Admin' }));
    const { Users = [] } = await identity.send(new ListUsersCommand({ IdentityStoreId: store }));
    const member = at.named('Workloads Dev');
    await sso.send(
      new CreateAccountAssignmentCommand({
        ...{ InstanceArn, PermissionSetArn: PermissionSet?.PermissionSetArn, PrincipalId: Users[0]?.UserId },
        ...{ TargetId: member.id, TargetType: 'AWS_ACCOUNT', PrincipalType: 'USER' },
      }),
    );
    const RoleName = reservedRole('roles', member.id, 'Admin');
    const { iam } = at.as(member);
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    const arn = `arn:aws:iam::${member.id}:role${path}${RoleName}`;
    expect(Role).toMatchObject({ Arn: arn, Path: path });
    const simulation = { PolicySourceArn: arn, ActionNames: ['sso:ListInstances'] };
    expect((await iam.send(new SimulatePrincipalPolicyCommand(simulation))).EvaluationResults).toHaveLength(
      1,
    );
  },
);

test('a role that nobody made is not there', async () => {
  const at = await world();
  const RoleName = 'Nobody';
  const said = { name: 'NoSuchEntityException', message: 'The role with name Nobody cannot be found.' };
  expect(await refusal(at.iam.send(new GetRoleCommand({ RoleName })))).toMatchObject(said);
  const PolicySourceArn = `arn:aws:iam::${at.delegate.id}:role/${RoleName}`;
  expect(await refusal(at.simulate({ PolicySourceArn }))).toMatchObject(said);
});

test('an assumed role is simulated by its role’s ARN', async () => {
  const at = await world();
  const RoleArn = `arn:aws:iam::${at.delegate.id}:role/Operators`;
  const { Credentials } = await at
    .as()
    .sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'somebody' }));
  const { iam } = at.as({
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  });
  const { EvaluationResults } = await iam.send(
    new SimulatePrincipalPolicyCommand({ PolicySourceArn: RoleArn, ActionNames: ['sso:ListInstances'] }),
  );
  expect(EvaluationResults).toHaveLength(1);
});

test('IAM’s answers and refusals are XML in IAM’s namespace', async () => {
  const at = await world();
  const ask = (input: Record<string, string>, operation = 'SimulatePrincipalPolicy') =>
    raw(at.url, { service: 'iam', operation, input, credentials: at.delegate });
  const good = await ask({ PolicySourceArn: at.user, 'ActionNames.member.1': 'sso:ListInstances' });
  expect(good).toMatchObject({ status: 200 });
  expect(good.headers.get('content-type')).toBe('text/xml');
  expect(good.text).toMatch(
    /^<SimulatePrincipalPolicyResponse xmlns="https:\/\/iam.amazonaws.com\/doc\/2010-05-08\/"><SimulatePrincipalPolicyResult><EvaluationResults><member>.*<\/member><\/EvaluationResults><IsTruncated>false<\/IsTruncated>/,
  );
  const bad = await ask({ RoleName: 'x y' }, 'GetRole');
  expect(bad).toMatchObject({ status: 400 });
  expect(bad.text).toContain('<Code>ValidationError</Code>');
  expect(await ask({}, 'ListUsers')).toMatchObject({
    status: 400,
    text: expect.stringMatching(/InvalidAction/),
  });
});

test('orders that make no sense are refused in a sentence', async () => {
  const at = await world();
  expect(await at.restrict({ action: ['sso:*'] })).toBe(400);
  expect(await at.restrict({ scp: ['sso:*'] }, at.management.id)).toBe(400);
});
