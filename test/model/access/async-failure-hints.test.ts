import { expect, test } from 'vitest';
import { gaveUpSays } from '../../../src/model/access/async-failure-hints.ts';

test.each([
  'Received a 404 status error: Policy arn:aws:iam::111122223333:policy/infra/Limits does not exist or is not attachable.',
  'Received a 404 status error: Not supported policy arn:aws:iam::111122223333:policy/Mine.',
  'Received a 404 status error: Not supported policy arn:aws:iam::111122223333:policy/Mine (Error Code: NoSuchEntity)',
])('a policy that the target account lacks is named as the reason: %s', (why) => {
  expect(gaveUpSays(why).join(' ')).toContain('that the target account does not have');
});

test.each([
  'AWS SSO is unable to complete your request at this time. Obtaining permissions to manage your AWS account 111122223333 takes longer than usual. This is usually caused by multiple permission changes.',
  'Received a 403 status error: the target account is suspended.',
])('a suspended account is thought of: %s', (why) => {
  expect(gaveUpSays(why).join(' ')).toContain('may be, suspended');
});

test('somebody who was deleted does not come back', () => {
  const why = 'Received a 404 status error: the USER assignee u-1 was not found in directory d-1';
  expect(gaveUpSays(why).join(' ')).toContain('one that was deleted does not come back');
});
