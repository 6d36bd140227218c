import { expect, test } from 'vitest';
import { describeRefused } from '../../../src/model/access/rejection-hints.ts';

test('a quota is no permission: what makes room, and that asking again does not', () => {
  const why = 'You have exceeded AWS SSO limits. Cannot create Permission Set more than 3500.';
  expect(describeRefused('ServiceQuotaExceededException', why).join(' ')).toMatch(
    /^Asking again does not help: .*Delete an unused permission set.*Service Quotas.*Or name an existing set/,
  );
  expect(describeRefused('LimitExceededException', 'too many').join(' ')).toMatch(/Delete what is not used/);
  expect(describeRefused('ConflictException', 'a set of that name')).toEqual([]);
});
