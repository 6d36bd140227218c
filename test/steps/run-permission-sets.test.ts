import { expect, test } from 'vitest';
import type { Reader } from '../../src/model/reader.ts';
import { RequestRejected, unwatched } from '../../src/model/reader.ts';
import type { AppliedChange } from '../../src/model/step.ts';
import { observeTouched } from '../../steps/permission-sets/run-permission-sets.ts';
import { madeAt, madeBy } from './made.ts';
import { instance } from './plans.ts';

const put = (n: number, PermissionSetArn: string): AppliedChange =>
  madeBy(n, 'policy', 'sso:PutInlinePolicyToPermissionSet', {
    ...{ InstanceArn: instance.arn, PermissionSetArn, InlinePolicy: '{}' },
  });
const provision = (n: number, PermissionSetArn: string): AppliedChange =>
  madeBy(n, 'provisioned', 'sso:ProvisionPermissionSet', {
    ...{ InstanceArn: instance.arn, PermissionSetArn, TargetType: 'ALL_PROVISIONED_ACCOUNTS' },
  });
const creates = (n: number, arn?: string): AppliedChange =>
  madeBy(
    n,
    'set',
    'sso:CreatePermissionSet',
    { InstanceArn: instance.arn, Name: 'Named' },
    arn === undefined ? {} : { output: { PermissionSet: { PermissionSetArn: arn } } },
  );
const assigned = (
  n: number,
  TargetId: string,
  PrincipalId: string,
  PermissionSetArn = 'arn:1',
): AppliedChange =>
  madeBy(n, 'assignment', 'sso:CreateAccountAssignment', {
    ...{ InstanceArn: instance.arn, TargetType: 'AWS_ACCOUNT', TargetId },
    ...{ PermissionSetArn, PrincipalType: 'USER', PrincipalId },
  });
interface World {
  readonly names: Readonly<Record<string, string>>; // of sets, by ARN
  readonly holders?: Readonly<Record<string, readonly string[]>>; // users, by account
  readonly outdated?: readonly string[];
  readonly tags?: 'refused';
}
const asked: string[] = [];
const aws = ({ names, holders = {}, outdated = [], tags }: World) =>
  ({
    read: async (
      operation: string,
      { PermissionSetArn: arn = '', UserId }: Readonly<Record<string, string>>,
    ) => {
      switch (operation) {
        case 'sso:DescribePermissionSet':
          if (names[arn] === undefined) throw new RequestRejected('ResourceNotFoundException', arn);
          return { PermissionSet: { Name: names[arn], CreatedDate: new Date(madeAt) } };
        case 'sso:GetPermissionsBoundaryForPermissionSet':
          throw new RequestRejected('ResourceNotFoundException', 'none');
        case 'identitystore:DescribeUser':
          return { UserName: `name of ${UserId}` };
        default:
          return {};
      }
    },
    pages: async function* (operation: string, i: Readonly<Record<string, string>>) {
      asked.push(operation);
      if (operation === 'sso:ListPermissionSets') yield { PermissionSets: Object.keys(names) };
      if (operation === 'sso:ListAccountsForProvisionedPermissionSet')
        yield { AccountIds: i.ProvisioningStatus ? outdated : Object.keys(holders) };
      if (operation === 'sso:ListAccountAssignments')
        yield {
          AccountAssignments: (holders[i.AccountId ?? ''] ?? []).map((PrincipalId) => ({
            ...{ PrincipalId, PrincipalType: 'USER' },
          })),
        };
      if (operation === 'sso:ListTagsForResource') {
        if (tags === 'refused') throw new RequestRejected('AccessDeniedException', 'denied');
        yield { Tags: [{ Key: 'k', Value: 'v' }] };
      }
    },
    search: unwatched(),
  }) as unknown as Reader;

test('each with its own policies and provisionings, those it created with their tags', async () => {
  const made = [creates(1, 'arn:1'), put(2, 'arn:1'), put(3, 'arn:2'), provision(4, 'arn:2')];
  asked.length = 0;
  const all = await observeTouched(aws({ names: { 'arn:1': 'Named', 'arn:2': 'Other' } }), instance, made);
  expect(all).toMatchObject([
    {
      created: made[0],
      puts: [made[1]],
      provisions: [],
      now: { arn: 'arn:1', tags: { seen: { k: 'v' } } },
    },
    { puts: [made[2]], provisions: [made[3]], now: { arn: 'arn:2', tags: { seen: {} } } },
  ]);
  expect(all[1]).not.toHaveProperty('created');
  expect(asked.filter((one) => one === 'sso:ListTagsForResource')).toHaveLength(1);
  expect(asked).not.toContain('sso:ListPermissionSets');
});

test('tags that AWS does not let us read are told as that', async () => {
  const [one] = await observeTouched(aws({ names: { 'arn:1': 'Named' }, tags: 'refused' }), instance, [
    creates(1, 'arn:1'),
  ]);
  expect(one?.now?.tags).toMatchObject({ refused: 'AccessDeniedException: denied' });
});

test('one whose ARN was lost with AWS’s reply is found by its name; one that is gone is nowhere', async () => {
  const [lost] = await observeTouched(aws({ names: { 'arn:x': 'X', 'arn:9': 'Named' } }), instance, [
    creates(1),
  ]);
  expect(lost?.now?.arn).toBe('arn:9');
  const [gone] = await observeTouched(aws({ names: { 'arn:9': 'Named' } }), instance, [creates(1, 'arn:1')]);
  expect(gone).not.toHaveProperty('now'); // another of its name is not it
});

test('as it will be once assignments of this run are gone, and with them the accounts that nobody else is in', async () => {
  const world = {
    names: { 'arn:1': 'Named' },
    holders: { '1': ['u-1'], '2': ['u-1', 'u-2'], '3': ['u-1'], '4': [] },
    outdated: ['1', '2'],
  };
  const goesFirst = [
    assigned(1, '1', 'u-1'),
    assigned(2, '2', 'u-1'),
    assigned(3, '3', 'u-1', 'arn:other'),
    assigned(4, '3', 'u-9'),
  ];
  const made = [creates(5, 'arn:1')];
  const [ahead] = await observeTouched(aws(world), instance, made, goesFirst);
  expect(ahead?.now).toMatchObject({
    holders: [
      { account: '2', principal: 'u-2' },
      { account: '3', principal: 'u-1' },
    ],
    provisioned: ['2', '3', '4'],
    outdated: ['2'],
  });
  const [today] = await observeTouched(aws(world), instance, made);
  expect(today?.now).toMatchObject({ provisioned: ['1', '2', '3', '4'], outdated: ['1', '2'] });
});
