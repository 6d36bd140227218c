import { expect, test } from 'vitest';
import type { Call } from '../../src/model/call.ts';
import { changeSays } from '../../src/model/change-words.ts';

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
  expect(changeSays(call, before)).toEqual(says);
});
