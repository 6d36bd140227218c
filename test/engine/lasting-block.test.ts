import { expect, test } from 'vitest';
import { change, met, wrong } from '../../src/model/plan.ts';
import { step } from '../../src/model/step.ts';
import { ADA, DEV, INSTANCE, otherPolicy } from './four-accounts.ts';
import { setup } from './process.ts';

/** A step that makes an assignment, and finds `after` from then on. */
const making = (PermissionSetArn: string, after: readonly ReturnType<typeof wrong>[]) =>
  step({
    ...{ id: 'make', title: 'Make', short: 'Make', document: { section: '', says: [] } },
    ...{ actor: 'delegated-administrator', observedBy: 'actor', dependsOn: {}, questions: {} },
    calls: ['sso:ListAccountAssignments', 'sso:CreateAccountAssignment'],
    observe: async (aws) => {
      for await (const page of aws.pages('sso:ListAccountAssignments', {
        ...{ InstanceArn: INSTANCE, AccountId: DEV, PermissionSetArn },
      }))
        if ((page.AccountAssignments ?? []).length > 0) return true;
      return false;
    },
    plan: (assigned) => ({
      goals: assigned
        ? [met('made', 'It is made', 'yes'), ...after]
        : [
            change('made', 'It is made', 'sso:CreateAccountAssignment', {
              ...{ InstanceArn: INSTANCE, TargetType: 'AWS_ACCOUNT', TargetId: DEV, PermissionSetArn },
              ...{ PrincipalType: 'USER', PrincipalId: ADA },
            }),
          ],
      gives: {},
    }),
  });
const passing = wrong('late', 'It is shown', 'AWS shows the old', 'Wait.', { soon: true });
const lasting = wrong('closed', 'It is open', 'it is closed', 'Open it.');

/** How long it is waited after AWS has shown what was made, in milliseconds. */
async function waited(after: readonly ReturnType<typeof wrong>[]): Promise<number> {
  const { p, w, clock } = setup({ region: 'us-east-1', settle: 0 }, {}, { delegated: true });
  const one = making(w.permSet('Made', otherPolicy).arn, after);
  expect(await p.all([one])).toBe('make: blocked');
  return clock.now - (p.run().attempts[0]?.endedAt ?? 0);
}

test('what only looks wrong after our own change is waited for; beside what is wrong for good nothing is', async () => {
  expect(await waited([passing])).toBeGreaterThanOrEqual(60_000);
  expect(await waited([lasting])).toBe(0);
  expect(await waited([passing, lasting])).toBe(0);
  expect(await waited([lasting, passing])).toBe(0);
});
