import { expect, test } from 'vitest';
import { howKnown } from '../../src/report/lines.ts';

const denied = 'Received a 403 status error: Access Denied.';
const boundary =
  'User: u is not authorized to perform: sso:CreateAccountAssignment because no permissions boundary allows it.';

test.each([
  howKnown({ ended: 'failed', why: denied }),
  howKnown({ ended: 'failed', why: 'An unexpected exception' }),
  howKnown({ ended: 'refused', code: 'AccessDeniedException', why: boundary, requestId: '' }),
  howKnown({ ended: 'refused', code: 'ServiceQuotaExceededException', why: 'Too many.', requestId: 'r-1' }),
])('sentences, each with one full stop: %s', (said) => {
  expect(said).not.toContain('..');
  expect(said).toMatch(/[a-z)]\. [A-Z].*\.$/);
});
