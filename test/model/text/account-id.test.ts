import { expect, test } from 'vitest';
import { isOneOf, plainAccountId, plainRoleArn } from '../../../src/model/text/account-id.ts';

test.each([
  ['1234-5678-9012', '123456789012'],
  ['1234 5678 9012', '123456789012'],
  ['1234\u20115678\u20119012', '123456789012'],
  [' 1234-5678-9012 ', '123456789012'],
  ['123456789012', '123456789012'],
  ['1234-56789012', '1234-56789012'],
  ['12-345678-9012', '12-345678-9012'],
  ['Workloads-1234-5678-9012', 'Workloads-1234-5678-9012'],
  [' 1234567890123 ', ' 1234567890123 '],
  [' Main ', ' Main '],
])('%j is the account %j', (text, plain) => {
  expect(plainAccountId(text)).toBe(plain);
});

test('a role’s ARN may have the hyphens too', () => {
  expect(plainRoleArn('arn:aws:iam::1234-5678-9012:role/x-1234')).toBe(
    'arn:aws:iam::123456789012:role/x-1234',
  );
  expect(plainRoleArn('arn:aws:iam::1234:role/x')).toBe('arn:aws:iam::1234:role/x');
});

test('what is typed is a word as it is, or the id in it with its hyphens', () => {
  expect(isOneOf(['Dev', '123456789012'], '1234-5678-9012')).toBe(true);
  expect(isOneOf(['1234-5678-9012', '210987654321'], '1234-5678-9012')).toBe(true);
  expect(isOneOf(['Dev', '123456789012'], 'dev')).toBe(false);
});
