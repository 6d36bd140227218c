import * as account from '@aws-sdk/client-account';
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as iam from '@aws-sdk/client-iam';
import * as identitystore from '@aws-sdk/client-identitystore';
import * as organizations from '@aws-sdk/client-organizations';
import * as sso from '@aws-sdk/client-sso-admin';
import * as sts from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { translate } from '../../src/aws/errors.ts';
import { type ReadOperation, reads } from '../../src/model/operations.ts';
import { simulated } from '../simulator/simulated.ts';
import { ADA, ADMINS, BOB, DELEGATE, DEV, INSTANCE, otherPolicy, PROD, SSO } from './four-accounts.ts';
import { setup } from './process.ts';

const modules = { account, cloudtrail, iam, identitystore, organizations, sso, sts } as const;
const source = { kind: 'profile', name: 'delegate' } as const;
const actor = 'delegated-administrator';

interface Sending {
  send(command: unknown): Promise<{ readonly $metadata: unknown }>;
}

/** An organization in which a run was finished and another one taken back, reached in process and over HTTP with the SDK. */
async function twoWays() {
  const { p, w, clock, start } = setup();
  w.permSet('Other', otherPolicy, [PROD]);
  await p.all();
  await start().undo();
  const q = start();
  await q.all();
  clock.now = Date.now();
  w.profiles.set('delegate', { account: DELEGATE, arn: `arn:aws:iam::${DELEGATE}:user/runbook-operator` });
  const [, set] = w.sets;
  const request = (kind: string) => w.requests.findLast((one) => one.kind === kind)?.id ?? '';
  const way = w.connect(actor, source, 'eu-west-1');
  await way.send(
    {
      operation: 'sso:ProvisionPermissionSet',
      input: {
        InstanceArn: INSTANCE,
        PermissionSetArn: set?.arn ?? '',
        TargetType: 'ALL_PROVISIONED_ACCOUNTS',
      },
    },
    { run: '', attempt: '' },
  );
  clock.now += 10_000; // settled, in both
  const there = await simulated('fresh', { arrange: () => structuredClone(w.state), now: () => clock.now });
  const keys = there.named('Identity');
  const clients = there.as(keys, 'eu-west-1');
  const overHttp = async (operation: string, input: object): Promise<object> => {
    const [service = '', name = ''] = operation.split(':');
    const Command = Reflect.get(modules[service as keyof typeof modules], `${name}Command`);
    const client = clients[(service === 'identitystore' ? 'identity' : service) as keyof typeof clients];
    const { $metadata: _, ...output } = await (client as Sending).send(new Command(input));
    return output;
  };
  return { way, overHttp, set: set?.arn ?? '', request };
}
const of = { InstanceArn: INSTANCE };
const inStore = { IdentityStoreId: 'd-1111111111' };

test('every question of the runbook has the same answer in process and over HTTP', async () => {
  const { way, overHttp, set, request } = await twoWays();
  const ofSet = { ...of, PermissionSetArn: set };
  const named = (AttributePath: string, AttributeValue: string) => ({
    AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
  });
  const inputs: Readonly<Record<ReadOperation, object>> = {
    'account:GetAccountInformation': {},
    'account:GetRegionOptStatus': { RegionName: 'eu-south-1' },
    'account:ListRegions': { RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'] },
    'cloudtrail:LookupEvents': {},
    'iam:GetRole': { RoleName: 'OrganizationAccountAccessRole' },
    'iam:SimulatePrincipalPolicy': {
      PolicySourceArn: `arn:aws:iam::${DELEGATE}:user/runbook-operator`,
      ActionNames: ['sso:ListInstances', 'sso:CreatePermissionSet'],
      ResourceArns: [INSTANCE],
    },
    'identitystore:DescribeGroup': { ...inStore, GroupId: ADMINS },
    'identitystore:DescribeUser': { ...inStore, UserId: ADA },
    'identitystore:GetGroupId': { ...inStore, ...named('displayName', 'Admins') },
    'identitystore:GetUserId': { ...inStore, ...named('userName', 'bob') },
    'identitystore:ListGroupMemberships': { ...inStore, GroupId: ADMINS },
    'identitystore:ListGroups': inStore,
    'identitystore:ListUsers': inStore,
    'organizations:DescribeOrganization': {},
    'organizations:ListAWSServiceAccessForOrganization': {},
    'organizations:ListAccounts': { MaxResults: 2 },
    'organizations:ListDelegatedAdministrators': { ServicePrincipal: SSO },
    'sso:DescribeAccountAssignmentCreationStatus': {
      ...of,
      AccountAssignmentCreationRequestId: request('create'),
    },
    'sso:DescribeAccountAssignmentDeletionStatus': {
      ...of,
      AccountAssignmentDeletionRequestId: request('delete'),
    },
    'sso:DescribeInstance': of,
    'sso:DescribePermissionSet': ofSet,
    'sso:DescribePermissionSetProvisioningStatus': {
      ...of,
      ProvisionPermissionSetRequestId: request('provision'),
    },
    'sso:GetInlinePolicyForPermissionSet': ofSet,
    'sso:GetPermissionsBoundaryForPermissionSet': ofSet,
    'sso:ListAccountAssignmentCreationStatus': of,
    'sso:ListAccountAssignmentDeletionStatus': of,
    'sso:ListAccountAssignments': { ...ofSet, AccountId: DEV },
    'sso:ListAccountsForProvisionedPermissionSet': ofSet,
    'sso:ListApplications': { ...of, Filter: { ApplicationAccount: DELEGATE } },
    'sso:ListCustomerManagedPolicyReferencesInPermissionSet': ofSet,
    'sso:ListInstances': {},
    'sso:ListManagedPoliciesInPermissionSet': ofSet,
    'sso:ListPermissionSetProvisioningStatus': of,
    'sso:ListPermissionSets': of,
    'sso:ListTagsForResource': { ...of, ResourceArn: set },
    'sts:GetCallerIdentity': {},
  };
  expect(Object.keys(inputs).toSorted()).toEqual(reads.toSorted());
  for (const [operation, input] of Object.entries(inputs)) {
    const asked = operation as ReadOperation;
    const settled = async (answer: Promise<object>): Promise<unknown> => {
      try {
        const { UserId: _, ...rest } = (await answer) as { UserId?: string };
        return asked === 'sts:GetCallerIdentity' ? rest : await answer;
      } catch (error) {
        const region = 'eu-west-1';
        const { requestId: __, ...refused } = translate(error, {
          actor,
          source,
          env: {},
          operation: asked,
          region,
        }) as {
          requestId?: string;
        };
        return { ...refused, message: (error as Error).message };
      }
    };
    const inProcess = await settled(way.read(asked, input as never) as Promise<object>);
    // The models may be newer than the SDK: it leaves out what it does not know.
    expect(inProcess, operation).toMatchObject((await settled(overHttp(asked, input))) as object);
    expect(Object.keys(inProcess as object), operation).not.toEqual([]);
  }
});

test('a refusal is the same in process and over HTTP', async () => {
  const { way, overHttp, set } = await twoWays();
  const asked: readonly (readonly [ReadOperation, object])[] = [
    ['identitystore:DescribeUser', { ...inStore, UserId: BOB.replace('b', 'c') }],
    ['identitystore:GetUserId', { ...inStore, AlternateIdentifier: {} }],
    ['sso:DescribePermissionSet', { ...of, PermissionSetArn: `${set.slice(0, -1)}_` }],
    ['sso:DescribeInstance', { InstanceArn: INSTANCE.replace(/.$/, '2') }],
    ['iam:GetRole', { RoleName: 'Nobody' }],
    ['account:GetRegionOptStatus', { RegionName: 'mars-north-1' }],
    ['organizations:ListDelegatedAdministrators', { ServicePrincipal: 'no.amazonaws.com' }],
  ];
  for (const [operation, input] of asked) {
    const refused = (error: unknown): object => {
      const found = translate(error, { actor, source, env: {}, operation, region: 'eu-west-1' });
      return { ...(found as object), message: (found as Error).message, requestId: undefined };
    };
    const inProcess: unknown = await way.read(operation, input as never).catch(refused);
    expect(inProcess, operation).toEqual(await overHttp(operation, input).catch(refused));
    expect(inProcess, operation).toHaveProperty('code');
  }
});
