import { expect, test } from 'vitest';
import { driftOf } from '../../../src/model/drift.ts';
import type { Change, Plan } from '../../../src/model/plan.ts';

const planned = (tags: Readonly<Record<string, string>>): Plan & { readonly goals: readonly [Change] } => ({
  goals: [
    {
      ...{ is: 'change', id: 'set', says: 'Create the permission set', risk: 'routine', consequences: [] },
      call: {
        operation: 'sso:CreatePermissionSet',
        input: {
          ...{ InstanceArn: 'arn:aws:sso:::instance/ssoins-1', Name: 'Admin' },
          Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        },
      },
    } as unknown as Change,
  ],
  gives: {},
});

test('two plans that differ in the hash alone are one plan: it says when each was made', () => {
  const run = { 'cw-runbook:run': 'r' };
  const seen = planned({ ...run, 'cw-runbook:head': 'a'.repeat(64) });
  const drifts = (now: Plan) => driftOf(seen.goals, seen, now);
  expect(drifts(planned({ ...run, 'cw-runbook:head': 'b'.repeat(64) }))).toEqual([]);
  expect(drifts(planned(run))).toEqual([]); // where tags are planned without it
  expect(drifts(planned({ 'cw-runbook:run': 's', 'cw-runbook:head': 'a'.repeat(64) }))).toHaveLength(1);
});
