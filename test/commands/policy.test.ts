import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bench, user } from './bench.ts';

/** An organization with a delegated administrator: nothing but the policy is dangerous. */
async function opened() {
  const at = await bench('delegated');
  const more = { 'assign-administrator.target': at.account('Workloads Dev').id };
  const answers = { ...more, 'administrator-user.user': await user(at, more, []) };
  const confirmed = ['--confirm', 'Shared Services'];
  return { at, answers, confirmed, policy: (id: string) => ({ ...answers, 'permission-set.policy': id }) };
}

test('one that allows more than the document is told apart from it, and taken with its word only', async () => {
  const { at, policy, confirmed } = await opened();
  const chosen = policy('amazon-q-developer-2026');
  const refused = await at.run(chosen, []);
  expect(refused).toMatchObject({ code: 4 });
  expect(refused.err).toMatch(/^Source: Amazon Q Developer User Guide.* 2026/m);
  expect(refused.err).toMatch(
    /^Also allows user-subscriptions: CreateClaim, DeleteClaim.* on every resource$/m,
  );
  expect(refused.err).toMatch(/^Does not allow pricing:GetProducts on every resource$/m);
  expect(refused.err).toMatch(
    /^Dangerous\. Confirm it with --confirm 'Shared Services' or --confirm \d{12}/m,
  );
  expect(await at.effects()).toEqual([]);

  const done = await at.run(chosen, confirmed);
  expect(done, done.err).toMatchObject({ code: 0 });
  // What a word agrees to is said although the word was at hand.
  expect(done.out).toMatch(/^note +permission-set\.policy: Source: Amazon Q Developer User Guide/m);
  expect(done.out).toMatch(/^note +permission-set\.policy: Also allows user-subscriptions: CreateClaim/m);
  expect(done.out).toMatch(
    /^answered +permission-set\.policy = amazon-q-developer-2026 \(flag --confirm Shared Services\)$/m,
  );
  const log = await at.cli(['audit', 'export']);
  expect(log.out).toContain('Give CodeWhisperer\\_administrator AWS’s policy of 2026 for Amazon Q Developer');
  expect(log.out).toMatch(/Source: Amazon Q Developer User Guide[\s\S]*Does not allow pricing:GetProducts/);
  expect(log.out).toMatch(
    /After:\n\n- The set carries .*\n- Allows [\s\S]*- Allows iam:CreateServiceLinkedRole on arn:aws:iam/,
  );
});

test('another one in the file, later, is asked for again, and never taken over in silence', async () => {
  const { at, policy } = await opened();
  expect(await at.run(policy('documented'), [])).toMatchObject({ code: 0 });
  expect(await at.run(policy('legacy-profile-2026'), [])).toMatchObject({
    code: 4,
    err: expect.stringContaining('permission-set.policy is documented, and in the file legacy-profile-2026'),
  });
  const wider = await at.run(policy('legacy-profile-2026'), ['--confirm', 'permission-set.policy']);
  expect(wider).toMatchObject({ code: 4 });
  expect(wider.err).toContain('Also allows q:ListDashboardMetrics on every resource');
  expect((await at.effects()).filter((one) => one === 'sso:PutInlinePolicyToPermissionSet')).toHaveLength(1);
});

test('the earlier key still counts; both, and a policy that is not offered, do not', async () => {
  const { at, answers, policy } = await opened();
  expect(await at.run(policy('kiro'), [])).toMatchObject({
    code: 64,
    err: expect.stringContaining('Allowed: documented, '),
  });
  expect(await at.run({ ...policy('documented'), 'permission-set.customizations': 'no' }, [])).toMatchObject({
    code: 64,
    err: expect.stringContaining('has both'),
  });
  const file = join(at.home, 'old.json');
  const profiles = { management: 'management', 'delegated-administrator': 'delegated' };
  const earlier = {
    ...answers,
    'before-you-start.understood': 'attested',
    'session-duration.seen': 'skipped',
    'permission-set.customizations': 'no',
  };
  await writeFile(file, JSON.stringify({ profiles, answers: earlier }));
  const old = await at.cli(['run', '--yes', '--answers', file]);
  expect(old, old.err).toMatchObject({ code: 0 });
  expect(old.out).toMatch(/^answered +permission-set\.policy = documented \(answers file\)$/m);
});
