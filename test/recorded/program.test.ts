import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { writeProfiles } from '../../src/simulator/profiles.ts';
import type { Scenario } from '../../src/simulator/scenarios/scenarios.ts';
import { type Runner, runner } from '../commands/in-process.ts';
import { both, sampled, test } from '../more.ts';
import { type Exchange, type Members, recorded, titleOf } from './exchange.ts';
import { type Replay, replaying } from './replay.ts';

// The program, held against what AWS was recorded to answer: what it ends with, and says.

/** From now on the credentials lead to the record, and through it to the simulator. */
async function through(at: Runner): Promise<Replay> {
  const replay = await replaying(at.simulator.url);
  const folder = await mkdtemp(join(tmpdir(), 'cw-recorded-'));
  await writeProfiles(folder, { ...at.simulator, url: replay.url });
  process.env.AWS_CONFIG_FILE = join(folder, 'config');
  process.env.AWS_SHARED_CREDENTIALS_FILE = join(folder, 'credentials');
  return replay;
}
/** Why AWS gave up on what it had taken on: then the simulator gives up on it too. */
const failureIn = ({ answer }: Exchange): string | undefined =>
  /"FailureReason":("(?:[^"\\]|\\.)*")/.exec(JSON.stringify(answer) ?? '')?.[1];

/** Those of which nothing comes but the run's end are played together. */
const together = recorded.filter(({ answer, expect: wanted, play }) => answer && wanted?.exit === 0 && !play);
const asked = recorded.flatMap((row) =>
  row.expect && !together.includes(row) ? [[titleOf(row), row, row.expect] as const] : [],
);

both.each(sampled(asked, 6))('%s', async (_, row, wanted) => {
  const { scenario = 'fresh', undo, answers, confirm = [] } = row.play ?? {};
  const at = await runner(scenario as Scenario);
  const replay = await through(at);
  if (undo) expect(await at.run()).toMatchObject({ code: 0 });
  const failure = failureIn(row);
  if (failure)
    await at.order('_faults', { fault: 'async-failed', reason: JSON.parse(failure), times: 'always' });
  replay.play([row]);
  const ended = await (undo ? at.undo() : at.run(answers, {}, { confirm: [...at.confirmed, ...confirm] }));
  expect(replay.played, ended.said).toContain(row.operation);
  expect(ended, ended.said).toMatchObject({ code: wanted.exit });
  expect(ended.said).toMatch(new RegExp(wanted.says ?? '', 's'));
});

test('usual answers together, in one run: it comes to its end', async () => {
  const at = await runner();
  const replay = await through(at);
  replay.play(together);
  const ended = await at.run();
  expect(ended, ended.said).toMatchObject({ code: 0 });
  expect(new Set(replay.played)).toEqual(new Set(together.map(({ operation }) => operation)));
});

const begun = {
  ...{ Status: 'IN_PROGRESS', RequestId: '', TargetId: '', TargetType: 'AWS_ACCOUNT' },
  ...{ PermissionSetArn: '', PrincipalType: 'USER', PrincipalId: '' },
};
// No answers that were recorded, but forms that they can have: AWS’s answers of before, and null for what is absent.
const forms: Readonly<Record<string, readonly (readonly [operation: string, answer: Members])[]>> = {
  'answers of before: an empty text or list is absent, or an empty list is there; dates in replies': [
    ['sso:GetInlinePolicyForPermissionSet', { InlinePolicy: undefined }],
    ['sso:ListManagedPoliciesInPermissionSet', { AttachedManagedPolicies: undefined }],
    [
      'sso:ListCustomerManagedPolicyReferencesInPermissionSet',
      { CustomerManagedPolicyReferences: undefined },
    ],
    ['sso:ListAccountsForProvisionedPermissionSet', { AccountIds: undefined }],
    ['sso:CreateAccountAssignment', { AccountAssignmentCreationStatus: { ...begun, CreatedDate: 1.6e9 } }],
  ],
  'null for what is absent': [
    ['sso:GetInlinePolicyForPermissionSet', { InlinePolicy: null }],
    ['sso:ListManagedPoliciesInPermissionSet', { AttachedManagedPolicies: null, NextToken: null }],
    [
      'sso:ListCustomerManagedPolicyReferencesInPermissionSet',
      { CustomerManagedPolicyReferences: null, NextToken: null },
    ],
    ['sso:ListAccountAssignments', { AccountAssignments: null, NextToken: null }],
    ['sso:ListAccountsForProvisionedPermissionSet', { AccountIds: null, NextToken: null }],
    ['sso:ListApplications', { Applications: null, NextToken: null }],
  ],
  'instances without their Regions': [
    [
      'sso:ListInstances',
      {
        Instances: [
          {
            ...{ InstanceArn: '', IdentityStoreId: '', OwnerAccountId: '' },
            ...{ CreatedDate: 1_600_000_000.318, Status: 'ACTIVE' },
          },
        ],
      },
    ],
  ],
};
both.each(sampled(Object.entries(forms), 3))('%s: the run comes to its end', async (_, answers) => {
  const at = await runner();
  const replay = await through(at);
  replay.play(
    answers.map(
      ([operation, answer]) => ({ exchange: 1, operation, request: {}, answer }) satisfies Exchange,
    ),
  );
  const ended = await at.run();
  expect(ended, ended.said).toMatchObject({ code: 0 });
  expect(new Set(replay.played)).toEqual(new Set(answers.map(([operation]) => operation)));
});
