import { describe, expect, test } from 'vitest';
import type { Call } from '../../../src/model/call.ts';
import { describeBatch, describeChange } from '../../../src/model/policy/change-words.ts';

const policy = (...Action: readonly string[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const set = { InstanceArn: 'arn:i', PermissionSetArn: 'arn:s' };
const put = (InlinePolicy: string): Call => ({
  operation: 'sso:PutInlinePolicyToPermissionSet',
  input: { ...set, InlinePolicy },
});

test.each<[string, Call, string | undefined, readonly string[]]>([
  ['a first policy', put(policy('a:X')), undefined, ['Allows a:X on every resource']],
  ['a first one, where there was none', put(policy('a:X')), '', ['Allows a:X on every resource']],
  [
    'another policy',
    put(policy('a:X')),
    policy('b:Y'),
    ['Allows a:X on every resource', 'No longer allows b:Y on every resource'],
  ],
  ['the same, written otherwise', put(policy('a:X', 'b:Y')), policy('B:y', 'A:x'), []],
  [
    'the policy goes',
    { operation: 'sso:DeleteInlinePolicyFromPermissionSet', input: set },
    policy('a:X'),
    ['No longer allows a:X on every resource'],
  ],
  [
    'the set goes',
    { operation: 'sso:DeletePermissionSet', input: set },
    policy('a:X'),
    ['No longer allows a:X on every resource'],
  ],
  [
    'a change of something else',
    { operation: 'sso:ProvisionPermissionSet', input: { ...set, TargetType: 'ALL_PROVISIONED_ACCOUNTS' } },
    policy('a:X'),
    [],
  ],
])('%s', (_, call, before, says) => {
  expect(describeChange(call, before)).toEqual(says);
});

describe('what many assignments come to, in one line', () => {
  const assign = (PrincipalId: string, TargetId: string, PrincipalType: 'USER' | 'GROUP' = 'USER'): Call => ({
    operation: 'sso:CreateAccountAssignment',
    input: { ...set, TargetType: 'AWS_ACCOUNT', TargetId, PrincipalId, PrincipalType },
  });
  const each = (people: readonly string[], accounts: readonly string[]): readonly Call[] =>
    people.flatMap((one) => accounts.map((account) => assign(one, account)));

  test.each<[string, readonly Call[], string | undefined]>([
    ['nothing of a single one', [assign('a', '1')], undefined],
    [
      'people and accounts',
      each(['a', 'b', 'c'], ['1', '2', '3', '4']),
      '12 assignments: 3 people × 4 accounts',
    ],
    ['one of either', each(['a'], ['1', '2']), '2 assignments: 1 person × 2 accounts'],
    [
      'groups among them',
      [...each(['a', 'b'], ['1']), assign('g', '1', 'GROUP')],
      '3 assignments: 2 people and 1 group × 1 account',
    ],
    [
      'groups alone',
      [assign('g', '1', 'GROUP'), assign('h', '1', 'GROUP')],
      '2 assignments: 2 groups × 1 account',
    ],
    [
      'no product where some are there already',
      each(['a', 'b'], ['1', '2']).slice(1),
      '3 assignments: 2 people in 2 accounts',
    ],
    [
      'somebody who is made first',
      [
        {
          ...assign('', '1'),
          input: { ...assign('', '1').input, PrincipalId: { $after: 'user', path: 'UserId' } },
        } as Call,
        assign('a', '1'),
      ],
      '2 assignments: 2 people × 1 account',
    ],
    ['nothing of other changes', [assign('a', '1'), put(policy('a:X'))], undefined],
  ])('%s', (_, calls, says) => {
    expect(describeBatch(calls)).toBe(says);
  });
});
