import { expect, test } from 'vitest';
import { principalsOf } from '../../../src/model/access/principal.ts';
import { contextOf, resourcesOf } from '../../../src/model/access/resources.ts';
import { type Operation, reads, type WriteOperation, writes } from '../../../src/model/operations.ts';
import { type Reader, RequestRejected } from '../../../src/model/reader.ts';

const instance = 'arn:aws:sso:::instance/ssoins-1111111111111111';
const binding = {
  organization: 'o-1',
  instance,
  region: 'eu-central-1',
  accounts: { management: '111111111111' },
};
const about = { caller: '222222222222', binding, input: {} };
const arns = (action: string, input: Record<string, unknown> = {}) =>
  resourcesOf(action, { ...about, input }).map(({ arn, sure }) => `${sure ? '' : '? '}${arn}`);
const nobody = '00000000-0000-0000-0000-000000000000';
const any = '? arn:aws:sso:::permissionSet/ssoins-1111111111111111/ps-0000000000000000';

test('each action is simulated on what AWS checks it on', () => {
  expect(arns('sso:ListInstances')).toEqual(['*']);
  expect(arns('sso:CreatePermissionSet')).toEqual([instance]);
  expect(arns('sso:ListPermissionSets')).toEqual([instance]);
  expect(arns('sso:DescribePermissionSetProvisioningStatus')).toEqual([instance]);
  expect(arns('sso:DescribeAccountAssignmentCreationStatus')).toEqual([instance]);
  expect(arns('sso:PutInlinePolicyToPermissionSet')).toEqual([instance, any]);
  expect(arns('sso:DescribePermissionSet', { PermissionSetArn: 'arn:x' })).toEqual([instance, 'arn:x']);
  expect(arns('sso:CreateAccountAssignment', { TargetId: '333333333333' })).toEqual([
    ...[instance, any, 'arn:aws:sso:::account/333333333333'],
  ]);
  expect(arns('identitystore:CreateUser', { IdentityStoreId: 'd-1' })).toEqual([
    'arn:aws:identitystore::111111111111:identitystore/d-1',
  ]);
  const store = 'arn:aws:identitystore::111111111111:identitystore/d-1';
  const IdentityStoreId = 'd-1';
  const directory: Readonly<Record<string, readonly string[]>> = {
    GetUserId: [`? arn:aws:identitystore:::user/${nobody}`],
    DescribeUser: [`? arn:aws:identitystore:::user/${nobody}`],
    ListUsers: ['arn:aws:identitystore:::user/*'],
    GetGroupId: [`? arn:aws:identitystore:::group/${nobody}`],
    DescribeGroup: [`? arn:aws:identitystore:::group/${nobody}`],
    ListGroups: ['arn:aws:identitystore:::group/*'],
    ListGroupMemberships: [
      'arn:aws:identitystore:::membership/*',
      `? arn:aws:identitystore:::group/${nobody}`,
    ],
  };
  for (const [name, parts] of Object.entries(directory))
    expect(arns(`identitystore:${name}`, { IdentityStoreId })).toEqual([...parts, store]);
  expect(arns('identitystore:DescribeUser', { IdentityStoreId, UserId: 'u-1' })).toEqual([
    'arn:aws:identitystore:::user/u-1',
    store,
  ]);
  expect(arns('organizations:ListAccounts')).toEqual(['*']);
  expect(arns('organizations:RegisterDelegatedAdministrator', { AccountId: '222222222222' })).toEqual([
    'arn:aws:organizations::111111111111:account/o-1/222222222222',
  ]);
  expect(arns('account:ListRegions')).toEqual(['arn:aws:account::222222222222:account']);
});

test('all resources that are named are ARNs, as the simulation wants them', () => {
  const all: readonly Operation[] = [...reads, ...(Object.keys(writes) as WriteOperation[])];
  for (const operation of all)
    for (const arn of arns(operation)) expect(arn).toMatch(/^(\? )?(\*|arn:aws:[a-z]+::\d*:.+)$/);
});

test('the context tells the Region in which the call is made', () => {
  const region = (action: string) =>
    contextOf(action, about, 'arn:x').find(({ ContextKeyName }) => ContextKeyName === 'aws:RequestedRegion');
  expect(region('sso:ListInstances')?.ContextKeyValues).toEqual(['eu-central-1']);
  expect(region('organizations:ListAccounts')?.ContextKeyValues).toEqual(['us-east-1']);
});

test('whose policies count: a user’s own, a role’s with the path that IAM tells, or those that are likely', async () => {
  const told = (Arn: string): Reader<'iam:GetRole'> =>
    ({ read: async () => ({ Role: { Arn } }) }) as unknown as Reader<'iam:GetRole'>;
  const refused = {
    read: async () => {
      throw new RequestRejected('AccessDenied', 'no');
    },
  } as unknown as Reader<'iam:GetRole'>;
  const sso = 'arn:aws:sts::222222222222:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/me';
  const path = 'arn:aws:iam::222222222222:role/aws-reserved/sso.amazonaws.com/';
  expect(await principalsOf(refused, 'arn:aws:iam::222222222222:user/a/me', 'eu-west-1')).toEqual([
    'arn:aws:iam::222222222222:user/a/me',
  ]);
  expect(await principalsOf(told('arn:told'), sso, 'eu-west-1')).toEqual(['arn:told']);
  expect(await principalsOf(refused, sso, 'eu-west-1')).toEqual([
    `${path}eu-west-1/AWSReservedSSO_Admin_0123456789abcdef`,
    `${path}AWSReservedSSO_Admin_0123456789abcdef`,
  ]);
  expect(await principalsOf(refused, sso, 'us-east-1')).toHaveLength(1);
  expect(await principalsOf(refused, 'arn:aws:iam::222222222222:root', 'us-east-1')).toEqual([]);
});
