import { expect, test } from 'vitest';
import { inVain } from '../../../src/model/access/in-vain.ts';
import type { Outcome } from '../../../src/model/event.ts';
import type { AskOf } from '../../../src/presentation/ask.ts';
import { retryKeys } from '../../../src/presentation/retry-keys.ts';
import { fixture } from '../../fixture-runbook/index.ts';

const denied = (why: string): Outcome => ({
  ...{ ended: 'refused', code: 'AccessDeniedException', requestId: 'r-1' },
  why: `User: arn:aws:iam::111122223333:user/o is not authorized to perform: sso:CreatePermissionSet ${why}`,
});
const refused = (code: string, why = 'No.'): Outcome => ({ ended: 'refused', code, why, requestId: 'r-1' });

// What AWS says, and whether the same can succeed by itself.
const said: readonly (readonly [outcome: Outcome, why: ReturnType<typeof inVain>, first: string])[] = [
  [refused('ServiceQuotaExceededException'), 'quota', 'leave'],
  [refused('LimitExceededException'), 'quota', 'leave'],
  [refused('ConstraintViolationException', 'MAX_DELEGATED_SERVICES_FOR_ACCOUNT_EXCEEDED'), 'quota', 'leave'],
  [{ ended: 'failed', why: 'Role limit exceeded: LimitExceededException' }, 'quota', 'leave'],
  [denied('with an explicit deny in a service control policy'), 'organization', 'leave'],
  [denied('with an explicit deny in a resource control policy'), 'organization', 'leave'],
  [refused('OptInRequired'), 'organization', 'leave'],
  [refused('UnsupportedAPIEndpointException'), 'organization', 'leave'],
  [refused('AWSOrganizationsNotInUseException'), 'organization', 'leave'],
  [refused('AccessDeniedException', 'KMS_DisabledException: kms:Decrypt'), 'organization', 'leave'],
  [denied('because no identity-based policy allows the action'), 'credentials', 'switch'],
  [denied('with an explicit deny in an identity-based policy'), 'credentials', 'switch'],
  [denied('because no permissions boundary allows the action'), 'credentials', 'switch'],
  [denied('because no session policy allows the action'), 'credentials', 'switch'],
  [refused('AccessDeniedException', 'You may not.'), 'credentials', 'switch'],
  // AWS shows late what was just made, or is busy: the same may succeed by itself.
  [denied('because no resource-based policy allows access'), undefined, 'again'],
  [refused('ResourceNotFoundException'), undefined, 'again'],
  [refused('ConflictException'), undefined, 'again'],
  [refused('ThrottlingException'), undefined, 'again'],
  [refused('AccessDeniedException', 'KMS_ThrottlingException: kms:Decrypt'), undefined, 'again'],
  [{ ended: 'failed', why: 'Received a 404 status error: not found in directory' }, undefined, 'again'],
];

test.each(said)('%j: asking again comes first only where it can help', (outcome, why, first) => {
  expect(inVain(outcome)).toBe(why);
  const [step] = fixture.steps;
  if (!step) throw new Error('a runbook without steps');
  const ask = {
    is: 'failed',
    step,
    plan: { goals: [] },
    attempts: [{ outcome }],
  } as unknown as AskOf<'failed'>;
  const keys = retryKeys(ask);
  const replies = keys.map((one) => (one.to === 'reply' ? one.reply.do : one.to));
  expect(replies[0]).toBe(first);
  expect(keys[0]?.key).toBe('enter');
  // Both ways stay open: once it was seen to elsewhere, and with others' credentials, which are no way around a quota.
  expect(replies).toContain('again');
  expect(replies.includes('switch')).toBe(why !== 'quota');
});
