import { expect, test } from 'vitest';
import { change, met } from '../../src/model/plan.ts';
import { step } from '../../src/model/step.ts';
import { ADA, DEV, INSTANCE, otherPolicy, PROD } from './four-accounts.ts';
import { operations } from './in-process.ts';
import { setup } from './process.ts';

/** One user in two accounts: a step as the runbook may have one, with neighbours that are confirmed together. */
const both = (PermissionSetArn: string) =>
  step({
    id: 'both',
    title: 'Both',
    short: 'Both',
    document: { section: '', says: [] },
    actor: 'delegated-administrator',
    observedBy: 'actor',
    calls: ['sso:ListAccountAssignments', 'sso:CreateAccountAssignment'],
    dependsOn: {},
    questions: {},
    observe: async (aws) => {
      const has = async (AccountId: string) => {
        for await (const { AccountAssignments = [] } of aws.pages('sso:ListAccountAssignments', {
          InstanceArn: INSTANCE,
          AccountId,
          PermissionSetArn,
        }))
          if (AccountAssignments.length > 0) return [AccountId];
        return [];
      };
      return [...(await has(DEV)), ...(await has(PROD))];
    },
    plan: (assigned) => ({
      goals: [DEV, PROD].map((TargetId) =>
        assigned.includes(TargetId)
          ? met(TargetId, 'assigned', 'yes')
          : change(
              TargetId,
              'assign',
              'sso:CreateAccountAssignment',
              {
                InstanceArn: INSTANCE,
                TargetType: 'AWS_ACCOUNT',
                TargetId,
                PermissionSetArn,
                PrincipalType: 'USER',
                PrincipalId: ADA,
              },
              { batch: 'assign' },
            ),
      ),
      gives: {},
    }),
  });
const prepared = (options: Parameters<typeof setup>[0] = {}) => {
  const all = setup({ region: 'us-east-1', ...options }, {}, { delegated: true });
  const set = all.w.permSet('Both', otherPolicy);
  return { ...all, steps: [both(set.arn)] };
};

test('neighbours are confirmed together and sent in turn', async () => {
  const { p, w, steps } = prepared();
  expect(await p.all(steps)).toBe('finished');
  expect(p.asks.filter((ask) => ask === 'both: confirm')).toHaveLength(1);
  expect(w.effects).toHaveLength(2);
});

test('one that fails keeps its reason; the other is not touched by it; only it is planned again', async () => {
  const { p, w, steps } = prepared({ failIn: [DEV] });
  expect(await p.all(steps)).toBe('both: failed');
  expect(p.run().attempts.map(({ state }) => state)).toEqual(['failed', 'verified']);
  expect(p.run().attempts[0]?.outcome).toMatchObject({ why: expect.stringContaining('403') });
  w.options.failIn = [];
  expect(await p.all(steps)).toBe('finished');
  expect(w.sent).toHaveLength(3);
});

test('a refusal is one item’s own: the others are sent all the same', async () => {
  const { p, w, steps } = prepared({ denied: 'sso:CreateAccountAssignment' });
  expect(await p.all(steps)).toBe('both: failed');
  expect(operations(w.sent)).toEqual(['sso:CreateAccountAssignment', 'sso:CreateAccountAssignment']);
  expect(p.run().attempts.map(({ state }) => state)).toEqual(['refused', 'refused']);
});
