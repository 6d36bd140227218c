import { expect, test } from 'vitest';
import type { Outcome } from '../../src/model/event.ts';
import { attemptBlock } from '../../src/presentation/attempts.ts';
import { blockLines } from '../../src/ui/content/block-lines.ts';
import { plainText } from '../../src/ui/text/line.ts';
import { intent } from './asks.ts';
import { across } from './page.ts';

const rowsOf = (outcome: Outcome): readonly string[] => {
  if (intent.type !== 'intended') return expect.fail();
  const attempt = { intent, state: outcome.ended, outcome };
  return blockLines([attemptBlock(attempt)], across(400)).map(plainText);
};
const denied =
  'User: arn:aws:iam::111122223333:user/op is not authorized to perform: sso:CreatePermissionSet because no permissions boundary allows the sso:CreatePermissionSet action';

test('what is to be done about a refusal stands on a row of its own, behind AWS’s words', () => {
  expect(
    rowsOf({ ended: 'refused', code: 'AccessDeniedException', why: denied, requestId: '0f0f' }).slice(1, 3),
  ).toEqual([
    `  AWS refused: AccessDeniedException: ${denied} (request 0f0f)`,
    '  What to do: The permissions boundary of these credentials denies it: use a role without that boundary, or have it widened (sso:CreatePermissionSet).',
  ]);
});

test('so it does where AWS gave up: what it means first', () => {
  const rows = rowsOf({ ended: 'failed', why: 'Received a 403 status error: Access Denied' });
  expect(rows[1]).toBe(
    '  AWS accepted the request, but it failed: Received a 403 status error: Access Denied',
  );
  expect(rows[2]).toMatch(/^ {2}AWS does not say which policy/);
  expect(rows[3]).toMatch(/^ {2}What to do: Try again/);
});

test('what explains itself has no such row', () => {
  expect(rowsOf({ ended: 'lapsed' }).join('\n')).not.toContain('What to do');
});
