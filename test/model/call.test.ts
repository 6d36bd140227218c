import { expect, test } from 'vitest';
import { holdsAfter, iamActions, isReady, naturalKey, replaceAfter } from '../../src/model/call.ts';
import { change } from '../../src/model/plan.ts';
import { commandLine } from '../../src/model/progress/cli-command.ts';
import { steps } from '../../steps/index.ts';

const after = { $after: 'set', path: 'PermissionSet.PermissionSetArn', step: 'permission-set' };

test('a natural key names the effect: what does not belong to it makes no other wish', () => {
  const input = { InstanceArn: 'i', Name: 'n' };
  const one = naturalKey({ operation: 'sso:CreatePermissionSet', input });
  expect(one).toBe('sso:CreatePermissionSet i n');
  expect(naturalKey({ operation: 'sso:CreatePermissionSet', input: { ...input, Description: 'd' } })).toBe(
    one,
  );
  expect(naturalKey({ operation: 'sso:CreatePermissionSet', input: { ...input, Name: 'm' } })).not.toBe(one);
});

test('a call that waits for a value is shown, and is not ready', () => {
  const { call } = change('p', '', 'sso:PutInlinePolicyToPermissionSet', {
    InstanceArn: 'i',
    PermissionSetArn: after,
    InlinePolicy: `{"a": "it's"}`,
  });
  expect([isReady(call), holdsAfter([{ x: [after] }]), holdsAfter(null)]).toEqual([false, true, false]);
  expect(commandLine(call, { region: 'eu-west-1', profile: 'me' })).toBe(
    `aws sso-admin put-inline-policy-to-permission-set --instance-arn i --permission-set-arn '<known after permission-set/set>' --inline-policy '{"a": "it'\\''s"}' --region eu-west-1 --profile me`,
  );
  expect(replaceAfter({ a: [after, 1] }, () => 'arn')).toEqual({ a: ['arn', 1] });
});

test('nothing an input holds can end the quotes of a shell', () => {
  const hostile = `$(touch x) ; \`id\` "' \\ --flag`;
  const { call } = change('u', '', 'sso:CreatePermissionSet', { InstanceArn: 'i', Name: hostile });
  const quoted = commandLine(call).split('--name ')[1] ?? '';
  expect(quoted.replaceAll(`'\\''`, '').match(/'/g)).toHaveLength(2);
  expect(quoted.startsWith("'") && quoted.endsWith("'")).toBe(true);
});

test('the permissions that the runbook needs come from what its steps declare', () => {
  expect(iamActions(steps.flatMap(({ calls }) => calls))).toMatchInlineSnapshot(`
    [
      "account:GetAccountInformation",
      "account:GetRegionOptStatus",
      "account:ListRegions",
      "iam:GetRole",
      "iam:SimulatePrincipalPolicy",
      "identitystore:CreateUser",
      "identitystore:DescribeGroup",
      "identitystore:DescribeUser",
      "identitystore:GetGroupId",
      "identitystore:GetUserId",
      "identitystore:ListGroupMemberships",
      "identitystore:ListGroups",
      "identitystore:ListUsers",
      "organizations:DeregisterDelegatedAdministrator",
      "organizations:DescribeOrganization",
      "organizations:ListAWSServiceAccessForOrganization",
      "organizations:ListAccounts",
      "organizations:ListDelegatedAdministrators",
      "organizations:RegisterDelegatedAdministrator",
      "sso:CreateAccountAssignment",
      "sso:CreatePermissionSet",
      "sso:DeleteAccountAssignment",
      "sso:DeleteInlinePolicyFromPermissionSet",
      "sso:DeletePermissionSet",
      "sso:DescribeAccountAssignmentCreationStatus",
      "sso:DescribeAccountAssignmentDeletionStatus",
      "sso:DescribeInstance",
      "sso:DescribePermissionSet",
      "sso:DescribePermissionSetProvisioningStatus",
      "sso:GetInlinePolicyForPermissionSet",
      "sso:GetPermissionsBoundaryForPermissionSet",
      "sso:ListAccountAssignmentCreationStatus",
      "sso:ListAccountAssignmentDeletionStatus",
      "sso:ListAccountAssignments",
      "sso:ListAccountsForProvisionedPermissionSet",
      "sso:ListApplications",
      "sso:ListCustomerManagedPolicyReferencesInPermissionSet",
      "sso:ListInstances",
      "sso:ListManagedPoliciesInPermissionSet",
      "sso:ListPermissionSetProvisioningStatus",
      "sso:ListPermissionSets",
      "sso:ListTagsForResource",
      "sso:ProvisionPermissionSet",
      "sso:PutInlinePolicyToPermissionSet",
      "sso:TagResource",
    ]
  `);
});

test('every step changes nothing and looks at nothing that it does not declare twice', () => {
  for (const { id, calls } of steps) expect(new Set(calls).size, id).toBe(calls.length);
  expect(steps.every(({ short }) => short.length <= 24)).toBe(true);
  expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
});
