import { expect, test } from 'vitest';
import { conditionOf, describePrincipal } from '../../../src/model/policy/condition-words.ts';
import { describeDifference } from '../../../src/model/policy/policy-words.ts';

test.each<[operator: string, values: unknown, says: string]>([
  ['StringEquals', 'a', 'k is a'],
  ['StringEquals', ['b', 'a', 'a'], 'k is a or b'],
  ['StringNotEquals', 'a', 'k is not a, or is not in the request'],
  ['StringNotEquals', ['a', 'b'], 'k is neither a nor b, or is not in the request'],
  ['StringEqualsIgnoreCase', 'a', 'k is a'],
  ['StringNotEqualsIgnoreCase', 'a', 'k is not a, or is not in the request'],
  ['StringLike', 'a*', 'k is a*'],
  ['StringNotLike', 'a*', 'k is not a*, or is not in the request'],
  ['NumericEquals', 3, 'k is 3'],
  ['NumericNotEquals', 3, 'k is not 3, or is not in the request'],
  ['NumericLessThan', 3, 'k is less than 3'],
  ['NumericLessThanEquals', 3, 'k is at most 3'],
  ['NumericGreaterThan', 3, 'k is more than 3'],
  ['NumericGreaterThanEquals', 3, 'k is at least 3'],
  ['DateEquals', 'd', 'k is d'],
  ['DateNotEquals', 'd', 'k is not d, or is not in the request'],
  ['DateLessThan', 'd', 'k is before d'],
  ['DateLessThanEquals', 'd', 'k is at or before d'],
  ['DateGreaterThan', 'd', 'k is after d'],
  ['DateGreaterThanEquals', 'd', 'k is at or after d'],
  ['Bool', true, 'k is true'],
  ['BoolIfExists', 'false', 'k is false, or is not in the request'],
  ['BinaryEquals', 'x', 'k is x'],
  ['IpAddress', '10.0.0.0/8', 'k is 10.0.0.0/8'],
  ['NotIpAddress', ['10.0.0.0/8', '::1'], 'k is neither 10.0.0.0/8 nor ::1, or is not in the request'],
  ['ArnEquals', 'arn:x', 'k is arn:x'],
  ['ArnLike', 'arn:*', 'k is arn:*'],
  ['ArnNotEquals', 'arn:x', 'k is not arn:x, or is not in the request'],
  ['ArnNotLike', 'arn:*', 'k is not arn:*, or is not in the request'],
  ['ArnNotLikeIfExists', 'arn:*', 'k is not arn:*, or is not in the request'],
  ['StringEqualsIfExists', 'a', 'k is a, or is not in the request'],
  ['Null', 'true', 'k is not in the request'],
  ['Null', [false], 'k is in the request'],
  ['ForAnyValue:StringEquals', ['a', 'b'], 'k is a or b'],
  ['ForAnyValue:StringNotEquals', 'a', 'a value of k is not a'],
  ['ForAllValues:StringEquals', ['a', 'b'], 'every value of k is a or b, or there is none'],
  ['ForAllValues:StringNotLike', ['a', 'b'], 'every value of k is neither a nor b, or there is none'],
  ['ForAllValues:StringEqualsIfExists', 'a', 'every value of k is a, or there is none'],
])('%s %j', (operator, values, words) => {
  expect(conditionOf(operator, 'k', values)).toBe(`${words} (${operator})`);
});

test('who a statement is about', () => {
  expect(describePrincipal('Principal', { AWS: '*' })).toBe('the caller is {"AWS":"*"} (Principal)');
  expect(describePrincipal('NotPrincipal', '*')).toBe('the caller is not "*" (NotPrincipal)');
});

test('a denial says when it denies, not its opposite', () => {
  const policy = (Statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [Statement] });
  const says = describeDifference(
    policy({ Effect: 'Allow', Action: 'a:X', Resource: '*' }),
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'a:X', Resource: '*' },
        {
          Effect: 'Deny',
          NotAction: 'b:Y',
          NotResource: 'arn:r',
          NotPrincipal: { AWS: 'arn:me' },
          Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Admin' } },
        },
      ],
    }),
  ).join(' ');
  expect(says).toContain('Denies every action but b:Y on everything but arn:r');
  expect(says).toContain('aws:PrincipalArn is not arn:aws:iam::*:role/Admin, or is not in the request');
  expect(says).toContain('the caller is not {"AWS":"arn:me"} (NotPrincipal)');
});
